import { permutation, type Random } from '../random.ts'
import { countClasses } from './check-scored.ts'
import { rowsByGroup } from './rows-by-group.ts'
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
  return rowsByGroup(classes, countClasses('class', classes), permutation(classes.length, random)).rows
}
