/** Vectors of one width, row by row, as a frozen model gave them. */
export interface Embeddings {
  rows: number
  width: number
  /** rows x width numbers. */
  values: Float32Array
}

/** Refuses what has no direction: rows of zeros, NaN or infinities, and shapes that do not fit. */
export function checkEmbeddings({ rows, width, values }: Embeddings, name: string) {
  if (rows === 0 || width === 0) throw new Error(`there are no ${name}`)
  if (values.length !== rows * width)
    throw new Error(`${rows} ${name} of ${width} numbers have ${values.length} numbers`)
  for (let row = 0; row < rows; row++) {
    const length = lengthOf(values, row * width, width)
    if (!(length > 0 && length < Number.POSITIVE_INFINITY))
      throw new Error(`row ${row} of the ${name} has the length ${length}: it points nowhere`)
  }
}

/** The rows at the given places. */
export function takeEmbeddings({ width, values }: Embeddings, rows: ArrayLike<number>): Embeddings {
  const taken = new Float32Array(rows.length * width)
  for (let i = 0; i < rows.length; i++) {
    const start = (rows[i] ?? 0) * width
    taken.set(values.subarray(start, start + width), i * width)
  }
  return { rows: rows.length, width, values: taken }
}

/** The rows scaled to length 1, so that a product of two is the cosine of their angle. */
export function normaliseEmbeddings({ rows, width, values }: Embeddings): Embeddings {
  const normalised = values.slice()
  for (let row = 0; row < rows; row++) normaliseRow(normalised, row * width, width)
  return { rows, width, values: normalised }
}

/** Scales one row to length 1 in place; a row of zeros stays. Returns the length that it had. */
export function normaliseRow(values: Float32Array, start: number, width: number): number {
  const length = lengthOf(values, start, width)
  if (length > 0) for (let j = start; j < start + width; j++) values[j] = (values[j] as number) / length
  return length
}

function lengthOf(values: Float32Array, start: number, width: number): number {
  let squares = 0
  for (let j = start; j < start + width; j++) squares += (values[j] as number) ** 2
  return Math.sqrt(squares)
}
