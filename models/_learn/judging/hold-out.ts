import { createRandom, permutation } from '../random.ts'
import { numberGroups } from './grouped-folds.ts'
import { type Split, splitRows } from './splits.ts'
import { orderByClass } from './stratified-folds.ts'

interface HoldOutOptions {
  /** Of the rows that are held out, between 0 and 1. */
  share: number
  seed: number
}

/** Holds out a share of the rows, drawn at random. */
export function holdOut(rows: number, { share, seed }: HoldOutOptions): Split {
  return takeEvenly(permutation(rows, createRandom(seed)), share)
}

/** Holds out the same share of each class, but for one row. */
export function holdOutStratified(classes: ArrayLike<number>, { share, seed }: HoldOutOptions): Split {
  return takeEvenly(orderByClass(classes, createRandom(seed)), share)
}

/** Holds out whole groups, in random order, until the share is reached; one group at least is left. */
export function holdOutGroups(groups: ArrayLike<number>, { share, seed }: HoldOutOptions): Split {
  const { groupOf, count } = numberGroups(groups)
  const wanted = heldOutRows(groups.length, share)
  if (count < 2) throw new Error(`${count} groups cannot be split in two`)
  const sizes = new Int32Array(count)
  for (const group of groupOf) sizes[group] = (sizes[group] as number) + 1
  const isHeldOut = new Uint8Array(count)
  let held = 0
  for (const group of permutation(count, createRandom(seed)).subarray(1)) {
    if (held >= wanted) break
    isHeldOut[group] = 1
    held += sizes[group] as number
  }
  return splitRows(groups.length, (row) => isHeldOut[groupOf[row] as number] === 1)
}

/** Every so-manieth row of an order, so that each stretch of it gives its share. */
function takeEvenly(order: Int32Array, share: number): Split {
  const rows = order.length
  const wanted = heldOutRows(rows, share)
  const isHeldOut = new Uint8Array(rows)
  order.forEach((row, i) => {
    isHeldOut[row] = Math.floor(((i + 1) * wanted) / rows) - Math.floor((i * wanted) / rows)
  })
  return splitRows(rows, (row) => isHeldOut[row] === 1)
}

function heldOutRows(rows: number, share: number): number {
  if (!(share > 0 && share < 1)) throw new Error(`the share must lie between 0 and 1, got ${share}`)
  if (rows < 2) throw new Error(`${rows} rows cannot be split in two`)
  return Math.min(rows - 1, Math.max(1, Math.round(share * rows)))
}
