import { createRandom, permutation } from '../random.ts'

export interface Fold {
  repeat: number
  fold: number
  train: Int32Array
  test: Int32Array
}

interface FoldOptions {
  folds: number
  repeats?: number
  seed: number
}

/** Repeated k-fold cross-validation: in each repeat every row is in one test set, and the test sets differ by one row at most. */
export function kFolds(rows: number, { folds, repeats = 1, seed }: FoldOptions): Fold[] {
  if (folds < 2 || folds > rows) throw new Error(`${rows} rows cannot be split into ${folds} folds`)
  const random = createRandom(seed)
  return Array.from({ length: repeats }, (_, repeat) => {
    const order = permutation(rows, random)
    return Array.from({ length: folds }, (_, fold) => ({
      repeat,
      fold,
      train: order.filter((_, i) => i % folds !== fold).sort(),
      test: order.filter((_, i) => i % folds === fold).sort(),
    }))
  }).flat()
}
