import type { Arena, Block } from '../kernels/arena.ts'

/** Rows in a kernel's memory, in tiles of eight. */
export interface TiledRows {
  arena: Arena
  rows: number
  tiles: number
  dimensions: number
  values: Block<Float32Array>
  /** One a row; 0 where the last tile is only filled up. */
  weights: Block<Float32Array>
}

export function allocateRows(
  arena: Arena,
  rows: number,
  dimensions: number,
  weights = arena.float32(8 * Math.ceil(rows / 8)),
): TiledRows {
  const tiles = Math.ceil(rows / 8)
  return { arena, rows, tiles, dimensions, values: arena.float32(8 * tiles * dimensions), weights }
}

export function copyRow({ values, dimensions }: TiledRows, row: number, target: Float32Array, at: number) {
  const first = (row >> 3) * dimensions * 8 + (row & 7)
  for (let c = 0; c < dimensions; c++) target[at + c] = values.values[first + 8 * c] as number
}

/** A part of a table that fits a processor's cache. `tile` is its first. */
export interface TileRange {
  index: number
  tile: number
  count: number
}

export const RANGE_TILES = 512

/** The table in ranges, so that work may go from one to the next together, or be shared by threads. */
export function rangesOf({ tiles }: TiledRows): TileRange[] {
  return Array.from({ length: Math.ceil(tiles / RANGE_TILES) }, (_, index) => {
    const tile = index * RANGE_TILES
    return { index, tile, count: Math.min(RANGE_TILES, tiles - tile) }
  })
}
