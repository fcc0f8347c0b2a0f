const MAX_CLASSES = 1_000

/** How many classes the codes 0 .. k - 1 tell apart. */
export function checkClasses(codes: Float64Array): number {
  const wrong = codes.findIndex((code) => !(Number.isInteger(code) && code >= 0 && code < MAX_CLASSES))
  if (wrong >= 0)
    throw new Error(
      `the class of row ${wrong} is ${codes[wrong]}: classes are whole numbers from 0 to ${MAX_CLASSES - 1}`,
    )
  const classes = codes.reduce((most, code) => Math.max(most, code), 0) + 1
  if (classes < 2) throw new Error('all rows are of class 0: there is nothing to tell apart')
  return classes
}
