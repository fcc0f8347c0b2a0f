/** How often users met items, in compressed rows: those of a user lie from `starts[user]` to `starts[user + 1]`. */
export interface Interactions {
  users: number
  items: number
  /** One more than there are users. */
  starts: Uint32Array
  /** Ascending in each user's part, each item once. */
  itemOf: Uint32Array
  /** Positive. */
  counts: Float32Array
}

/** One meeting an entry, in any order. */
export interface Triplets {
  users: ArrayLike<number>
  items: ArrayLike<number>
  /** 1 each by default. */
  counts?: ArrayLike<number>
}

/**
 * Sorts meetings by user and item, and adds up what comes twice.
 *
 * @throws Error that names the entry that is wrong
 */
export function sortInteractions(users: number, items: number, triplets: Triplets): Interactions {
  const { length } = triplets.users
  if (triplets.items.length !== length || (triplets.counts?.length ?? length) !== length)
    throw new Error(`${length} users met ${triplets.items.length} items ${triplets.counts?.length ?? length} times`)
  checkIndices('user', triplets.users, users)
  checkIndices('item', triplets.items, items)
  const counts = Float32Array.from({ length }, (_, i) => triplets.counts?.[i] ?? 1)
  const wrong = counts.findIndex((count) => !(count > 0 && count < Infinity))
  if (wrong >= 0) throw new Error(`entry ${wrong} has the count ${triplets.counts?.[wrong]}, which is not positive`)
  const byItem = groupBy(triplets.items, triplets.users, counts, items)
  return mergeRepeated(transposeRows(byItem, users), users, items)
}

/** The same interactions by item: `itemOf` then holds users. */
export function transposeInteractions({ users, items, starts, itemOf, counts }: Interactions): Interactions {
  const byItem = transposeRows({ starts, columns: itemOf, values: counts }, items)
  return { users: items, items: users, starts: byItem.starts, itemOf: byItem.columns, counts: byItem.values }
}

/** @throws Error that names the user whose part is not as it must be */
export function checkInteractions({ users, items, starts, itemOf, counts }: Interactions) {
  if (users === 0 || items === 0 || itemOf.length === 0) throw new Error('there are no interactions to learn from')
  if (starts.length !== users + 1 || starts[0] !== 0 || starts[users] !== itemOf.length)
    throw new Error(`the parts of ${users} users must begin at 0 and end at ${itemOf.length}`)
  if (counts.length !== itemOf.length) throw new Error(`${itemOf.length} interactions have ${counts.length} counts`)
  for (let user = 0; user < users; user++) {
    if ((starts[user + 1] as number) < (starts[user] as number)) throw new Error(`user ${user} ends before it begins`)
  }
  checkIndices('item', itemOf, items)
  const wrong = counts.findIndex((count) => !(count > 0 && count < Infinity))
  if (wrong >= 0) throw new Error(`entry ${wrong} has the count ${counts[wrong]}, which is not positive`)
}

interface SparseRows {
  starts: Uint32Array
  columns: Uint32Array
  values: Float32Array
}

function checkIndices(kind: string, indices: ArrayLike<number>, count: number) {
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i] as number
    if (!(index >= 0 && index < count && Number.isInteger(index)))
      throw new Error(`entry ${i} is of ${kind} ${index}, but there are ${count}`)
  }
}

/** Entries by row, in the order in which they came. */
function groupBy(
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
  values: Float32Array,
  rowCount: number,
): SparseRows {
  const next = startsOf(rows, rowCount)
  const starts = next.slice()
  const sorted = { starts, columns: new Uint32Array(rows.length), values: new Float32Array(rows.length) }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const at = next[row] as number
    next[row] = at + 1
    sorted.columns[at] = columns[i] as number
    sorted.values[at] = values[i] as number
  }
  return sorted
}

function startsOf(rows: ArrayLike<number>, rowCount: number): Uint32Array {
  const starts = new Uint32Array(rowCount + 1)
  for (let i = 0; i < rows.length; i++) {
    const after = (rows[i] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let row = 0; row < rowCount; row++) starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  return starts
}

function transposeRows({ starts, columns, values }: SparseRows, columnCount: number): SparseRows {
  const rows = new Uint32Array(columns.length)
  for (let row = 0; row < starts.length - 1; row++) rows.fill(row, starts[row], starts[row + 1])
  return groupBy(columns, rows, values, columnCount)
}

function mergeRepeated({ starts, columns, values }: SparseRows, users: number, items: number): Interactions {
  const merged = new Uint32Array(users + 1)
  let size = 0
  for (let user = 0; user < users; user++) {
    const first = size
    for (let at = starts[user] as number; at < (starts[user + 1] as number); at++) {
      const repeated = size > first && columns[size - 1] === columns[at]
      if (!repeated) columns[size++] = columns[at] as number
      values[size - 1] = repeated ? (values[size - 1] as number) + (values[at] as number) : (values[at] as number)
    }
    merged[user + 1] = size
  }
  return { users, items, starts: merged, itemOf: columns.slice(0, size), counts: values.slice(0, size) }
}
