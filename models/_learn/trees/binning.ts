import type { Arena, Block } from '../kernels/arena.ts'
import { rangeOf, soloTeam, type Team } from '../kernels/team.ts'
import type { Matrix } from '../matrix.ts'
import { createRandom } from '../random.ts'

/** The bin of what is not known. */
export const MISSING_BIN = 255
/** The bin of categories that are too rare for one of their own: it always goes right, as categories do that were never seen. */
export const RARE_BIN = 254
/** One bin a byte, the two above aside. */
const MAX_BINS = 255
const SAMPLED_ROWS = 50_000

/** How the values of one column fall into at most 255 bins. */
export type BinnedColumn =
  /** A value's bin is the number of cuts below it. Cuts ascend and are exact in 32 bits. */
  | { kind: 'number'; bins: number; cuts: Float32Array }
  /** The code of each bin, the most frequent first. */
  | { kind: 'category'; bins: number; codes: Int32Array }

/** A training table with one byte a value, row by row: what a split needs of a row lies together. */
export interface BinnedTable {
  rows: number
  columns: readonly BinnedColumn[]
  /** Bytes from one row to the next: the number of columns, rounded up to a multiple of 4. */
  stride: number
  bins: Block<Uint8Array>
}

export interface BinningOptions {
  /** Columns that hold whole, non-negative codes of categories. */
  categorical?: readonly number[] | undefined
  /** At most this many bins a column, 2 to 255. */
  maxBins?: number | undefined
}

/**
 * Bins a checked matrix by quantiles (of 50,000 rows, if there are more), each distinct value apart where there are few.
 * Columns are rounded to 32 bits, as ONNX runtimes compare.
 *
 * @throws Error for categories that are not whole, non-negative numbers
 */
export function binTable(
  arena: Arena,
  { rows, columns }: Matrix,
  options: BinningOptions = {},
  team: Team = soloTeam(arena),
): BinnedTable {
  const { categorical = [], maxBins = MAX_BINS } = options
  if (!(maxBins >= 2 && maxBins <= MAX_BINS)) throw new Error(`maxBins must lie between 2 and ${MAX_BINS}`)
  const unknown = categorical.find((column) => columns[column] === undefined)
  if (unknown !== undefined) throw new Error(`categorical column ${unknown} does not exist`)
  const stride = Math.ceil(columns.length / 4) * 4
  const bins = arena.bytes(rows * stride)
  const scratch = { values: arena.float32(rows), cuts: arena.float32(MAX_BINS) }
  const sample = sampleRows(rows)
  const binned = columns.map((column, j): BinnedColumn => {
    if (categorical.includes(j)) return binCategories(column, j, bins.values.subarray(j), stride)
    scratch.values.values.set(column)
    const cuts = findCuts(scratch.values.values, sample, maxBins)
    scratch.cuts.values.fill(Number.POSITIVE_INFINITY).set(cuts)
    team.run('binColumn', (member) => {
      const { first, count } = rangeOf(team, member, rows)
      const values = scratch.values.pointer + 4 * first
      return [values, count, scratch.cuts.pointer, bins.pointer + first * stride + j, stride]
    })
    return { kind: 'number', bins: cuts.length + 1, cuts }
  })
  return { rows, columns: binned, stride, bins }
}

/** Rows by which quantiles are judged; undefined for all. */
function sampleRows(rows: number): Int32Array | undefined {
  if (rows <= SAMPLED_ROWS) return undefined
  const random = createRandom(rows)
  const step = rows / SAMPLED_ROWS
  return Int32Array.from({ length: SAMPLED_ROWS }, (_, i) => Math.floor((i + random.next()) * step))
}

function findCuts(column: Float32Array, sample: Int32Array | undefined, maxBins: number): Float32Array {
  const sorted = sample === undefined ? column.slice() : pick(column, sample)
  sorted.sort() // NaN last
  let known = sorted.length
  while (known > 0 && Number.isNaN(sorted[known - 1])) known--
  return cutsOf(sorted.subarray(0, known), maxBins)
}

function pick(column: Float32Array, rows: Int32Array): Float32Array {
  const picked = new Float32Array(rows.length)
  for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i] as number] as number
  return picked
}

/** Cuts between distinct values, so that about the same number of values falls between any two. */
function cutsOf(sorted: Float32Array, maxBins: number): Float32Array {
  const distinct = countDistinct(sorted)
  const cuts: number[] = []
  let binSize = distinct <= maxBins ? 0 : sorted.length / maxBins
  let start = 0
  for (let i = 1; i < sorted.length && cuts.length < maxBins - 1; i++) {
    if (sorted[i] === sorted[i - 1] || i - start < binSize) continue
    cuts.push(middle(sorted[i - 1] as number, sorted[i] as number))
    start = i
    if (binSize > 0) binSize = (sorted.length - i) / (maxBins - cuts.length)
  }
  return Float32Array.from(cuts)
}

function countDistinct(sorted: Float32Array): number {
  let count = Math.min(sorted.length, 1)
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) count++
  return count
}

/** Between two numbers of 32 bits, and one itself: low <= middle < high. */
export function middle(low: number, high: number): number {
  const between = Math.fround(low + (high - low) / 2)
  return between < high ? between : low
}

function binCategories(
  column: Float64Array | Float32Array,
  index: number,
  bins: Uint8Array,
  stride: number,
): BinnedColumn {
  const codes = frequentCodes(column, index)
  const binOf = new Map(Array.from(codes, (code, bin) => [code, bin]))
  for (let row = 0; row < column.length; row++) {
    const code = column[row] as number
    bins[row * stride] = Number.isNaN(code) ? MISSING_BIN : (binOf.get(code) ?? RARE_BIN)
  }
  return { kind: 'category', bins: codes.length, codes }
}

/** The 254 most frequent codes; equally frequent ones in ascending order. */
function frequentCodes(column: Float64Array | Float32Array, index: number): Int32Array {
  const counts = new Map<number, number>()
  for (let row = 0; row < column.length; row++) {
    const code = column[row] as number
    if (Number.isNaN(code)) continue
    if (!(Number.isInteger(code) && code >= 0 && code < 2 ** 24))
      throw new Error(
        `row ${row} of categorical column ${index} is ${code}: codes are whole numbers from 0 to 2^24 - 1`,
      )
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const sorted = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)
  return Int32Array.from(sorted.slice(0, RARE_BIN), ([code]) => code)
}
