/** Refuses rows that cannot be scored: none, sides of different lengths, or numbers that are not finite. */
export function checkPairs(truth: Float64Array, predicted: Float64Array) {
  if (truth.length === 0 || predicted.length !== truth.length)
    throw new Error(`${truth.length} truths and ${predicted.length} predictions`)
  checkFinite('truth', truth)
  checkFinite('prediction', predicted)
}

export function checkFinite(name: string, values: Float64Array) {
  for (let row = 0; row < values.length; row++)
    if (!Number.isFinite(values[row])) throw new Error(`the ${name} of row ${row} is ${values[row]}`)
}

/** The number of classes: 1 + the largest code. Codes are whole numbers from 0. */
export function countClasses(name: string, codes: ArrayLike<number>): number {
  let largest = -1
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (!Number.isInteger(code) || code < 0)
      throw new Error(`the ${name} of row ${row} is ${code}, not a class 0, 1, ...`)
    if (code > largest) largest = code
  }
  return largest + 1
}

/** Refuses truths other than 0 and 1. */
export function checkBinary(name: string, values: ArrayLike<number>) {
  for (let row = 0; row < values.length; row++)
    if (values[row] !== 0 && values[row] !== 1)
      throw new Error(`the ${name} of row ${row} is ${values[row]}, not 0 or 1`)
}
