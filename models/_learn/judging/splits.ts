import { createRandom, permutation, type Random } from '../random.ts'

/** Rows to learn from and rows to judge by, both ascending; no row is in both. */
export interface Split {
  train: Int32Array
  test: Int32Array
}

export interface Fold extends Split {
  repeat: number
  fold: number
}

export interface FoldOptions {
  folds: number
  repeats?: number
  seed: number
}

/** Repeated k-fold cross-validation: in each repeat every row is in one test set, and the test sets differ by one row at most. */
export function kFolds(rows: number, options: FoldOptions): Fold[] {
  checkFolds(rows, 'rows', options.folds)
  return dealRepeatedly(rows, options, (random) => dealInTurn(permutation(rows, random), options.folds))
}

/** Folds from the number of the fold that tests each row, drawn once a repeat. */
export function dealRepeatedly(
  rows: number,
  { folds, repeats = 1, seed }: FoldOptions,
  deal: (random: Random) => Int32Array,
): Fold[] {
  const random = createRandom(seed)
  return Array.from({ length: repeats }, (_, repeat) => {
    const foldOf = deal(random)
    return Array.from({ length: folds }, (_, fold) => ({
      repeat,
      fold,
      ...splitRows(rows, (row) => foldOf[row] === fold),
    }))
  }).flat()
}

/** The rows in this order go to fold 0, 1, ... in turn. */
export function dealInTurn(order: ArrayLike<number>, folds: number): Int32Array {
  const foldOf = new Int32Array(order.length)
  for (let i = 0; i < order.length; i++) foldOf[order[i] as number] = i % folds
  return foldOf
}

export function splitRows(rows: number, isTest: (row: number) => boolean): Split {
  return { train: rowsWhere(rows, (row) => !isTest(row)), test: rowsWhere(rows, isTest) }
}

export function rowsWhere(rows: number, isWanted: (row: number) => boolean): Int32Array {
  const wanted = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) if (isWanted(row)) wanted[count++] = row
  return wanted.slice(0, count)
}

export function checkFolds(count: number, of: string, folds: number) {
  if (!Number.isInteger(folds) || folds < 2 || folds > count)
    throw new Error(`${count} ${of} cannot be split into ${folds} folds`)
}
