import { type CategoryColumn, fitLevels, type LevelOptions, type Levels, levelCodes, UNKNOWN } from './levels.ts'

/** Levels become their places 0, 1, ... */
export interface OrdinalEncoding {
  levels: Levels
  /** What stands for unknown levels, and for what is not known. */
  unknown: number
  missing: number
}

interface OrdinalOptions extends LevelOptions {
  /** The levels in the order that means something; those of the training rows, sorted, by default. */
  order?: Levels
  /** NaN by default. */
  unknown?: number
  /** NaN by default. */
  missing?: number
}

export function fitOrdinal(column: CategoryColumn, options: OrdinalOptions = {}): OrdinalEncoding {
  const { order, unknown = Number.NaN, missing = Number.NaN } = options
  return { levels: order === undefined ? fitLevels(column, options) : ordered(order), unknown, missing }
}

export function applyOrdinal({ levels, unknown, missing }: OrdinalEncoding, column: CategoryColumn): Float64Array {
  return Float64Array.from(levelCodes(levels, column), (code) => {
    if (code >= 0) return code
    return code === UNKNOWN ? unknown : missing
  })
}

function ordered(order: Levels): Levels {
  const levels: Levels = order.kind === 'number' ? { ...order, values: order.values.map(Math.fround) } : order
  const values: readonly (string | number)[] = levels.values
  if (values.some((value) => value === '' || Number.isNaN(value)))
    throw new Error('what is not known cannot be a level')
  const repeated = values.find((value, place) => values.indexOf(value) < place)
  if (repeated !== undefined) throw new Error(`the level ${repeated} is there twice`)
  return levels
}
