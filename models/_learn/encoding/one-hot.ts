import {
  type CategoryColumn,
  fitLevels,
  type LevelOptions,
  type Levels,
  levelCodes,
  MISSING,
  UNKNOWN,
} from './levels.ts'

/** One column a level, then one for what is not known and one for unknown levels, where they are asked for. */
export interface OneHotEncoding {
  levels: Levels
  /** The code of each column: the place of a level, `MISSING` or `UNKNOWN`. */
  codes: Int32Array
}

interface OneHotOptions extends LevelOptions {
  /** Do rows that say nothing get zeros in all columns, as by default, or a column of their own? */
  missing?: 'zeros' | 'column'
  /** Likewise for levels that the training rows did not have, or not often enough. */
  unknown?: 'zeros' | 'column'
}

export function fitOneHot(column: CategoryColumn, options: OneHotOptions = {}): OneHotEncoding {
  const levels = fitLevels(column, options)
  const codes = [
    ...levels.values.keys(),
    ...(options.missing === 'column' ? [MISSING] : []),
    ...(options.unknown === 'column' ? [UNKNOWN] : []),
  ]
  return { levels, codes: Int32Array.from(codes) }
}

/** One column of zeros and ones a code. */
export function applyOneHot({ levels, codes }: OneHotEncoding, column: CategoryColumn): Float64Array[] {
  const rows = levelCodes(levels, column)
  return Array.from(codes, (code) => Float64Array.from(rows, (own) => Number(own === code)))
}
