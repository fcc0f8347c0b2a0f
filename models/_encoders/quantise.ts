const greatest = 127

export interface QuantisedRows {
  values: Int8Array
  /** One a row. */
  scales: Float32Array
}

/** Rows of numbers as integers from -127 to 127 times a scale of the row. */
export function quantiseRows(values: Float32Array, columns: number): QuantisedRows {
  const scales = new Float32Array(values.length / columns)
  const integers = new Int8Array(values.length)
  for (let row = 0; row < scales.length; row++) {
    const numbers = values.subarray(row * columns, (row + 1) * columns)
    let largest = 0
    for (const number of numbers) largest = Math.max(largest, Math.abs(number))
    const scale = Math.fround(largest / greatest) || 1
    scales[row] = scale
    for (let i = 0; i < columns; i++) integers[row * columns + i] = Math.round((numbers[i] ?? 0) / scale)
  }
  return { values: integers, scales }
}

/** `rows x columns` -> `columns x rows`. */
export function transpose(values: Int8Array, columns: number): Int8Array {
  const rows = values.length / columns
  const turned = new Int8Array(values.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) turned[column * rows + row] = values[row * columns + column] ?? 0
  return turned
}
