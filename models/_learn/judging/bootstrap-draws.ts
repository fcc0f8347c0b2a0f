import { permutation, type Random } from '../random.ts'
import { numberGroups } from './grouped-folds.ts'
import { type GroupedRows, rowsByGroup } from './rows-by-group.ts'
import { rowsWhere } from './splits.ts'

/** What is drawn together: rows, or groups of them, in strata that keep their number of units. */
export interface Units extends GroupedRows {
  /** The units of each stratum. */
  strata: readonly Int32Array[]
}

/**
 * @param groups any number for each row; each row is a unit of its own, unless given
 * @throws Error when a group has rows of two strata
 */
export function drawingUnits(rows: number, groups?: ArrayLike<number>, strata?: ArrayLike<number>): Units {
  if (rows === 0) throw new Error('there are no rows to draw')
  const everyRow = rowsWhere(rows, () => true)
  const { groupOf, count } = groups === undefined ? { groupOf: everyRow, count: rows } : numberGroups(groups)
  if (groupOf.length !== rows) throw new Error(`${rows} rows have ${groupOf.length} groups`)
  const grouped = rowsByGroup(groupOf, count)
  if (strata === undefined) return { ...grouped, strata: [rowsWhere(count, () => true)] }
  return { ...grouped, strata: unitsByStratum(groupOf, count, strata) }
}

function unitsByStratum(groupOf: Int32Array, units: number, strata: ArrayLike<number>): Int32Array[] {
  if (strata.length !== groupOf.length) throw new Error(`${groupOf.length} rows have ${strata.length} strata`)
  const { groupOf: stratumOf, count } = numberGroups(strata)
  const ofUnit = new Int32Array(units).fill(-1)
  groupOf.forEach((unit, row) => {
    const stratum = stratumOf[row] as number
    if (ofUnit[unit] !== -1 && ofUnit[unit] !== stratum)
      throw new Error(`the group of row ${row} has rows of two strata`)
    ofUnit[unit] = stratum
  })
  return Array.from({ length: count }, (_, stratum) => rowsWhere(units, (unit) => ofUnit[unit] === stratum))
}

/** The rows of as many units as there are in each stratum, drawn with replacement. */
export function drawRows(units: Units, random: Random): Int32Array {
  const drawn = new Int32Array(units.starts.length - 1)
  let filled = 0
  for (const stratum of units.strata)
    for (let i = 0; i < stratum.length; i++) drawn[filled++] = stratum[random.integer(stratum.length)] as number
  return rowsOfUnits(units, drawn)
}

/** All rows but those of a part of the units, for each of so many random parts; of each unit, if there are no more. */
export function* rowsWithoutParts(units: Units, parts: number, random: Random): Generator<Int32Array> {
  const order = permutation(units.starts.length - 1, random)
  const count = Math.min(parts, order.length)
  for (let part = 0; part < count; part++)
    yield rowsOfUnits(
      units,
      order.filter((_, i) => i % count !== part),
    )
}

function rowsOfUnits({ starts, rows }: Units, chosen: Int32Array): Int32Array {
  let size = 0
  for (const unit of chosen) size += (starts[unit + 1] as number) - (starts[unit] as number)
  const taken = new Int32Array(size)
  let filled = 0
  for (const unit of chosen)
    for (let i = starts[unit] as number; i < (starts[unit + 1] as number); i++) taken[filled++] = rows[i] as number
  return taken
}
