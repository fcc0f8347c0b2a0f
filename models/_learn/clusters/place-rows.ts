import type { Matrix } from '../matrix.ts'
import type { Column, ColumnFeed } from './column-feed.ts'
import { type CategoricalAxes, type MixedSpace, widthOf } from './mixed-space.ts'
import type { TiledRows } from './tiled-rows.ts'

/**
 * Writes where the rows lie into a table that is as long or longer. What is missing counts as the space says.
 *
 * @throws Error that names a number that is infinite in 32 bits; `first` is the number of the first row
 */
export function placeRows(feed: ColumnFeed, space: MixedSpace, { columns }: Matrix, table: TiledRows, first = 0) {
  if (space.axes.some(({ kind }) => kind === 'categorical')) table.values.values.fill(0)
  let dimension = 0
  for (const axis of space.axes) {
    const column = columns[axis.column] ?? new Float64Array()
    if (axis.kind === 'categorical') placeCategories(axis, column, table, dimension)
    else if (!feed.place(column, axis.offset, axis.scale, table, dimension)) {
      const row = column.findIndex((value: number) => Math.abs(Math.fround(value)) === Infinity)
      throw new Error(`row ${first + row} of column ${axis.column} is ${column[row]}`)
    }
    dimension += widthOf(axis)
  }
}

function placeCategories({ categories, mode, size }: CategoricalAxes, column: Column, table: TiledRows, first: number) {
  const tiles = table.values.values
  const dimensionOf = new Map(Array.from(categories, (code, k) => [code, first + k]))
  for (let i = 0; i < column.length; i++) {
    const code = column[i] as number
    const dimension = dimensionOf.get(Number.isNaN(code) ? mode : code)
    if (dimension !== undefined) tiles[((i >> 3) * table.dimensions + dimension) * 8 + (i & 7)] = size
  }
}
