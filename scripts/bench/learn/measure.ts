import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { peersFolder, pythonOf } from '../systems.ts'
import { type Key, Run } from './measurement.ts'
import { tablesFolder } from './read-table.ts'
import { runResult } from './run-result.ts'
import { measureInWorkerd } from './workerd/measure-in-workerd.ts'

/** As the peers' program prints it. */
const PeerRun = z
  .object({
    fit_s: z.number(),
    rss_peak_mb: z.number(),
    rss_before_mb: z.number(),
    predict_s: z.number().optional(),
    predict_rows_per_s: z.number().optional(),
    quality: z.record(z.string(), z.number()),
  })
  .transform(
    ({ fit_s, rss_peak_mb, rss_before_mb, predict_s, predict_rows_per_s, quality }): Run => ({
      seconds: fit_s,
      peakMb: rss_peak_mb,
      beforeMb: rss_before_mb,
      quality,
      predictSeconds: predict_s,
      predictRows: predict_s && predict_rows_per_s && Math.round(predict_s * predict_rows_per_s),
    }),
  )

/** Trains once, in a process of its own. */
export function measure({ side, name, threads }: Key): Promise<Run> {
  const count = String(threads)
  if (side === 'workerd') return measureInWorkerd()
  if (side === 'auspex')
    return runResult(Run, process.execPath, [
      ...noWarnings,
      join(import.meta.dirname, 'ours/train-once.ts'),
      name,
      count,
    ])
  const program = side === 'peers' ? join(peersFolder, 'train_bench.py') : join(import.meta.dirname, 'more_peers.py')
  return runResult(
    PeerRun,
    pythonOf(peersFolder),
    [program, '--child', name, '--threads', count],
    peerEnvironment(name, count),
  )
}

const noWarnings = ['--disable-warning=ExperimentalWarning']

/** As the peers' program sets it for its own children. */
function peerEnvironment(name: string, threads: string) {
  return {
    AUSPEX_PEERS: peersFolder,
    PEERS_DATA: tablesFolder,
    OMP_NUM_THREADS: threads,
    MKL_NUM_THREADS: threads,
    NUMEXPR_NUM_THREADS: threads,
    OPENBLAS_NUM_THREADS: name.startsWith('als') ? '1' : threads,
  }
}

export function peersAreHere(): boolean {
  return existsSync(join(peersFolder, 'train_bench.py')) && existsSync(pythonOf(peersFolder))
}
