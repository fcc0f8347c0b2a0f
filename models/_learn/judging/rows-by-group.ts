/** Rows group by group: those of a group lie from `starts[group]` to `starts[group + 1]`. */
export interface GroupedRows {
  starts: Int32Array
  rows: Int32Array
}

/**
 * Sorts rows by their group, in time proportional to their number.
 *
 * @param groupOf 0, 1, ..., count - 1 for each row
 * @param order of the rows within a group: that in which they are given; ascending, unless given
 */
export function rowsByGroup(groupOf: ArrayLike<number>, count: number, order?: ArrayLike<number>): GroupedRows {
  const starts = new Int32Array(count + 1)
  for (let row = 0; row < groupOf.length; row++) {
    const after = (groupOf[row] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let group = 0; group < count; group++)
    starts[group + 1] = (starts[group + 1] as number) + (starts[group] as number)
  const next = starts.slice()
  const rows = new Int32Array(groupOf.length)
  for (let i = 0; i < groupOf.length; i++) {
    const row = order === undefined ? i : (order[i] as number)
    const group = groupOf[row] as number
    const place = next[group] as number
    rows[place] = row
    next[group] = place + 1
  }
  return { starts, rows }
}
