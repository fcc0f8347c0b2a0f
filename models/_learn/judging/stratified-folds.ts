import { permutation, type Random } from '../random.ts'
import { countClasses } from './check-scored.ts'
import { checkFolds, dealInTurn, dealRepeatedly, type Fold, type FoldOptions } from './splits.ts'

/**
 * Folds whose test sets differ by one row at most, in all and in each class.
 *
 * @param classes 0, 1, ... for each row
 */
export function stratifiedKFolds(classes: ArrayLike<number>, options: FoldOptions): Fold[] {
  checkFolds(classes.length, 'rows', options.folds)
  return dealRepeatedly(classes.length, options, (random) => dealInTurn(orderByClass(classes, random), options.folds))
}

/** The rows class by class, in random order within each. */
export function orderByClass(classes: ArrayLike<number>, random: Random): Int32Array {
  const next = new Int32Array(countClasses('class', classes) + 1)
  for (let row = 0; row < classes.length; row++) {
    const after = (classes[row] as number) + 1
    next[after] = (next[after] as number) + 1
  }
  for (let code = 1; code < next.length; code++) next[code] = (next[code] as number) + (next[code - 1] as number)
  const order = new Int32Array(classes.length)
  for (const row of permutation(classes.length, random)) {
    const code = classes[row] as number
    const place = next[code] as number
    order[place] = row
    next[code] = place + 1
  }
  return order
}
