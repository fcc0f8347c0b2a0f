import { breathe } from '../control.ts'
import type { Arena, Block } from '../kernels/arena.ts'
import type { Pointer } from '../kernels/kernels.ts'
import type { Team } from '../kernels/team.ts'
import type { Interactions } from './als-interactions.ts'

/** Users or items, with whom they met. A row of factors is filled up with zeros to a multiple of four. */
export interface AlsSide {
  rows: number
  starts: Pointer
  columns: Pointer
  confidences: Pointer
  factors: Block<Float32Array>
  /** The first rows of parts that are about as much work, and the end. */
  bounds: Uint32Array
}

/** Rows whose factors are multiplied with each other in one go. */
const GRAM_ROWS = 512
/** Interactions that are solved in one go; a row counts like some, for what it costs without any. */
const PART_COST = 32_768
const ROW_COST = 16
/** Parts before others get a turn. */
const BREATH = 16

/** What a thread writes to: nobody else does. */
interface Workspace {
  scratch: Pointer
  panel: Pointer
  gram: Block<Float32Array>
}

/** Solves the factors of one side for those of the other; any number of threads gives the same. */
export class AlsSolver {
  readonly #team: Team
  readonly #workspaces: Workspace[]
  readonly #gram: Block<Float32Array>
  readonly #width: number
  readonly #regularization: number
  readonly #steps: number

  constructor(arena: Arena, team: Team, options: { factors: number; regularization: number; steps: number }) {
    this.#team = team
    this.#width = padded(options.factors)
    this.#regularization = options.regularization
    this.#steps = options.steps
    this.#gram = arena.float32(this.#width ** 2)
    this.#workspaces = Array.from({ length: team.size }, () => ({
      scratch: arena.allocate(4 * 3 * this.#width),
      panel: arena.allocate(4 * 8 * GRAM_ROWS),
      gram: arena.float32(this.#width ** 2),
    }))
  }

  /** @throws the signal's reason when it was aborted */
  async solve(side: AlsSide, others: AlsSide, signal?: AbortSignal) {
    this.#setGram(others)
    const parts = side.bounds.length - 1
    for (let part = 0, turn = 0; part < parts; part += this.#team.size, turn++) {
      if (turn % BREATH === 0) await breathe(signal)
      this.#team.run('solveFactors', (member) => this.#argumentsOf(part + member, member, side, others))
    }
  }

  #argumentsOf(part: number, member: number, side: AlsSide, others: AlsSide) {
    const bytes = 4 * this.#width
    const last = side.bounds[part + 1] ?? side.rows
    const first = side.bounds[part] ?? last
    return [
      ...([side.starts + 4 * first, last - first, side.columns, side.confidences] as const),
      ...([side.factors.pointer + bytes * first, others.factors.pointer, this.#gram.pointer] as const),
      ...([bytes, this.#steps, this.#workspaces[member]?.scratch ?? 0] as const),
    ] as const satisfies Parameters<Arena['kernels']['solveFactors']>
  }

  /** The products of the columns of the factors, summed in 64 bits, and the regularisation on the diagonal. */
  #setGram({ rows, factors }: AlsSide) {
    const width = this.#width
    const sums = new Float64Array(width * width)
    for (let i = 0; i < width; i++) sums[i * width + i] = this.#regularization
    for (let first = 0; first < rows; first += GRAM_ROWS * this.#team.size) {
      this.#team.run('multiplyMatrices', (member) => {
        const own = first + GRAM_ROWS * member
        const block = factors.pointer + 4 * width * own
        const { gram, panel } = this.#workspaces[member] ?? { gram: this.#gram, panel: 0 }
        const inner = Math.max(0, Math.min(GRAM_ROWS, rows - own))
        return [block, 1, width, block, width, 1, gram.pointer, width, inner, width, panel]
      })
      for (const { gram } of this.#workspaces)
        for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (gram.values[i] as number)
    }
    this.#gram.values.set(sums)
  }
}

/** The rows of interactions as a side, with factors to start from. */
export function createSide(
  arena: Arena,
  { users: rows, starts, itemOf, counts }: Interactions,
  alpha: number,
  factors: number,
  start: Float32Array,
): AlsSide {
  if (start.length !== rows * factors)
    throw new Error(`${rows} rows of ${factors} factors start from ${start.length} numbers`)
  const offsets = arena.int32(starts.length)
  const columns = arena.int32(itemOf.length)
  const confidences = arena.float32(counts.length)
  offsets.values.set(starts)
  columns.values.set(itemOf)
  for (let i = 0; i < counts.length; i++) confidences.values[i] = alpha * (counts[i] as number)
  const block = arena.float32(rows * padded(factors))
  for (let row = 0; row < rows; row++)
    block.values.set(start.subarray(row * factors, (row + 1) * factors), row * padded(factors))
  return {
    rows,
    starts: offsets.pointer,
    columns: columns.pointer,
    confidences: confidences.pointer,
    factors: block,
    bounds: equalParts(starts),
  }
}

/** The factors of a side without what they are filled up with. */
export function factorsOf({ rows, factors: block }: AlsSide, factors: number): Float32Array {
  const values = new Float32Array(rows * factors)
  for (let row = 0; row < rows; row++) {
    const at = row * padded(factors)
    values.set(block.values.subarray(at, at + factors), row * factors)
  }
  return values
}

function equalParts(starts: Uint32Array): Uint32Array {
  const bounds = [0]
  let cost = 0
  for (let row = 0; row < starts.length - 1; row++) {
    cost += ROW_COST + (starts[row + 1] as number) - (starts[row] as number)
    if (cost < PART_COST) continue
    bounds.push(row + 1)
    cost = 0
  }
  if (bounds[bounds.length - 1] !== starts.length - 1) bounds.push(starts.length - 1)
  return Uint32Array.from(bounds)
}

function padded(factors: number): number {
  return 4 * Math.ceil(factors / 4)
}
