import { permutation, type Random } from '../random.ts'
import { countClasses } from './check-scored.ts'
import { checkFolds, dealRepeatedly, type Fold, type FoldOptions } from './splits.ts'

interface GroupedOptions extends FoldOptions {
  /** A class 0, 1, ... for each row: folds get like shares of each, as far as the groups allow. */
  classes?: ArrayLike<number>
}

/**
 * Folds where no group is in two test sets, nor in a train and its test set. Groups go, the largest first and like sizes
 * in random order, to the fold with the fewest rows, so that test sets differ by the largest group at most; with
 * classes, to the fold with the fewest rows of the group's classes.
 *
 * @param groups any number for each row, not NaN
 */
export function groupedKFolds(groups: ArrayLike<number>, { classes, ...options }: GroupedOptions): Fold[] {
  const { groupOf, count } = numberGroups(groups)
  checkFolds(count, 'groups', options.folds)
  if (classes !== undefined && classes.length !== groups.length)
    throw new Error(`${groups.length} rows have ${classes.length} classes`)
  const table = countByGroup(groupOf, count, classes ?? new Uint8Array(groups.length))
  return dealRepeatedly(groups.length, options, (random) => {
    const foldOfGroup = dealGroups(table, options.folds, random)
    return groupOf.map((group) => foldOfGroup[group] as number)
  })
}

/** Numbers the groups from 0, as they come. */
export function numberGroups(groups: ArrayLike<number>): { groupOf: Int32Array; count: number } {
  const numbers = new Map<number, number>()
  const groupOf = new Int32Array(groups.length)
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number
    if (Number.isNaN(group)) throw new Error(`the group of row ${row} is NaN`)
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    groupOf[row] = number
  }
  return { groupOf, count: numbers.size }
}

interface GroupTable {
  /** Rows of each group. */
  sizes: Int32Array
  /** Rows of each class in each group, group by group. */
  byClass: Int32Array
  /** Rows of each class. */
  classSizes: Int32Array
}

function countByGroup(groupOf: Int32Array, count: number, classes: ArrayLike<number>): GroupTable {
  const width = countClasses('class', classes)
  const sizes = new Int32Array(count)
  const byClass = new Int32Array(count * width)
  const classSizes = new Int32Array(width)
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row] as number
    const code = classes[row] as number
    sizes[group] = (sizes[group] as number) + 1
    byClass[group * width + code] = (byClass[group * width + code] as number) + 1
    classSizes[code] = (classSizes[code] as number) + 1
  }
  return { sizes, byClass, classSizes }
}

function dealGroups({ sizes, byClass, classSizes }: GroupTable, folds: number, random: Random): Int32Array {
  const width = classSizes.length
  const order = permutation(sizes.length, random).sort((a, b) => (sizes[b] as number) - (sizes[a] as number))
  const filled = new Float64Array(folds * width) // shares of each class, fold by fold
  const foldOf = new Int32Array(sizes.length)
  for (const group of order) {
    const counts = byClass.subarray(group * width, (group + 1) * width)
    const fold = leastCrowded(counts, filled, folds)
    foldOf[group] = fold
    for (let code = 0; code < width; code++) {
      const cell = fold * width + code
      filled[cell] = (filled[cell] as number) + (counts[code] as number) / Math.max(1, classSizes[code] as number)
    }
  }
  return foldOf
}

/** The fold with the least of what a group has: with the classes weighted by its counts. */
function leastCrowded(counts: Int32Array, filled: Float64Array, folds: number): number {
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (let fold = 0; fold < folds; fold++) {
    let crowding = 0
    for (let code = 0; code < counts.length; code++)
      crowding += (counts[code] as number) * (filled[fold * counts.length + code] as number)
    if (crowding < least) {
      best = fold
      least = crowding
    }
  }
  return best
}
