import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { peersFolder, pythonOf } from '../systems.ts'
import { tablesFolder } from './read-table.ts'

const tables = [
  'friedman_100k_10',
  'friedman_1m_20',
  'multilabel_200k_20_24',
  'anomaly_100k_8',
  'blobs_500k_8',
  'als_100k_20k',
]

/** Has the peers' program make the tables that are not there; what it says goes to standard error. */
export function makeTables() {
  const missing = tables.filter((name) => !existsSync(join(tablesFolder, `${name}.json`)))
  if (missing.length === 0) return
  console.error(`Making ${missing.join(', ')} ...`)
  const env = { ...process.env, PEERS_DATA: tablesFolder }
  const program = join(peersFolder, 'make_data.py')
  const { status } = spawnSync(pythonOf(peersFolder), [program, ...missing], { env, stdio: ['ignore', 2, 2] })
  if (status !== 0) console.error('The tables could not be made: what needs them will fail.')
}
