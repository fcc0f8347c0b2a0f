import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { peersFolder } from '../systems.ts'

/** Where `make_data.py` of the peers puts its tables. */
export const tablesFolder = process.env.PEERS_DATA ?? join(peersFolder, '../../peers-data')

const TableInfo = z.object({
  rows: z.number(),
  cols: z.number(),
  dtype: z.enum(['float32', 'uint32']),
  train_rows: z.number().optional(),
  users: z.number().optional(),
  items: z.number().optional(),
  k: z.number().optional(),
  labels: z.number().optional(),
})

export type TableInfo = z.infer<typeof TableInfo>

export function readTableInfo(name: string): TableInfo {
  const file = join(tablesFolder, `${name}.json`)
  if (!existsSync(file))
    throw new Error(`the table ${name} is not here: make_data.py of the peers makes it, PEERS_DATA is its folder`)
  return TableInfo.parse(JSON.parse(readFileSync(file, 'utf8')))
}

/** Some rows of a table, by columns; read in small pieces, so that its file is never in memory as a whole. */
export function readColumns<Column extends Float32Array | Uint32Array>(
  name: string,
  create: new (length: number) => Column,
  from: number,
  to: number,
): Column[] {
  const { cols } = readTableInfo(name)
  const columns = Array.from({ length: cols }, () => new create(to - from))
  const piece = new create(4096 * cols)
  const file = openSync(join(tablesFolder, `${name}.bin`), 'r')
  for (let start = from; start < to; start += 4096) {
    const count = Math.min(4096, to - start)
    const bytes = new Uint8Array(piece.buffer, 0, 4 * count * cols)
    if (readSync(file, bytes, 0, bytes.length, 4 * start * cols) < bytes.length) throw new Error(`${name} is cut off`)
    columns.forEach((column, j) => {
      for (let i = 0; i < count; i++) column[start - from + i] = piece[i * cols + j] as number
    })
  }
  closeSync(file)
  return columns
}

/** Features and targets of the rows to train on, or of those held out. The last `targets` columns are the targets. */
export function readSupervised(name: string, part: 'train' | 'held out', targets = 1, limit = Infinity) {
  const { rows, cols, train_rows: trainRows = rows } = readTableInfo(name)
  const [from, to] = part === 'train' ? [0, Math.min(trainRows, limit)] : [trainRows, Math.min(rows, trainRows + limit)]
  const columns = readColumns(name, Float32Array, from, to)
  return {
    matrix: { rows: to - from, columns: columns.slice(0, cols - targets) },
    targets: columns.slice(cols - targets).map((column) => Float64Array.from(column)),
  }
}
