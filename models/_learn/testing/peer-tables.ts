import type { Matrix } from '../matrix.ts'
import { createRandom, normal, type Random } from '../random.ts'

/** A table on which a native library was trained with the same settings: see `trees/boosting-quality.test.ts`. */
export interface PeerTable {
  matrix: Matrix
  target: Float64Array
  /** Rows from here on are held out. */
  trainRows: number
  categorical?: readonly number[]
  groups?: Int32Array
}

const ROWS = 3000
const TRAIN_ROWS = 2000

/** Eight columns, one cell in fifty unknown, and a signal with waves, products and steps. */
function signal(random: Random) {
  const columns = Array.from({ length: 8 }, () =>
    Float64Array.from({ length: ROWS }, () => Math.fround(normal(random))),
  )
  const at = (column: number, row: number) => columns[column]?.[row] ?? 0
  const strength = Float64Array.from({ length: ROWS }, (_, row) => {
    const wave = 2 * Math.sin(2 * at(0, row)) + at(1, row) * at(2, row)
    return wave + (at(3, row) > 0.5 ? 1.5 : 0) + 0.5 * at(4, row) ** 2
  })
  for (const column of columns) for (let row = 0; row < ROWS; row++) if (random.next() < 0.02) column[row] = Number.NaN
  return { columns, strength }
}

function table(columns: Float64Array[], target: Float64Array): PeerTable {
  return { matrix: { rows: ROWS, columns }, target, trainRows: TRAIN_ROWS }
}

export const PEER_TABLES: Readonly<Record<string, () => PeerTable>> = {
  squared() {
    const random = createRandom(1)
    const { columns, strength } = signal(random)
    return table(
      columns,
      strength.map((value) => value + normal(random)),
    )
  },
  logistic() {
    const random = createRandom(2)
    const { columns, strength } = signal(random)
    return table(
      columns,
      strength.map((value) => Number(value - 1.2 + normal(random) > 0)),
    )
  },
  softmax() {
    const random = createRandom(3)
    const { columns, strength } = signal(random)
    const levels = [-0.5, 1, 2.5]
    return table(
      columns,
      strength.map((value) => levels.filter((level) => value + normal(random) > level).length),
    )
  },
  categories() {
    const random = createRandom(4)
    const { columns, strength } = signal(random)
    const codes = Float64Array.from({ length: ROWS }, () => Math.floor(30 * random.next() ** 1.5))
    const effects = Float64Array.from({ length: 30 }, () => 3 * normal(random))
    const target = strength.map((value, row) => value + (effects[codes[row] ?? 0] ?? 0) + normal(random))
    return { ...table([codes, ...columns], target), categorical: [0] }
  },
  lambdarank() {
    const random = createRandom(5)
    const { columns, strength } = signal(random)
    const target = strength.map((value) => [0.5, 2, 3.5, 5].filter((level) => value + normal(random) > level).length)
    return { ...table(columns, target), groups: Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 20)) }
  },
}
