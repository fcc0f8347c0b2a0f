import type { GraphBuilder, Value } from './graph-builder.ts'
import { addNumberLookup, addStringLookup } from './key-lookup.ts'

type Levels = { kind: 'string'; values: readonly string[] } | { kind: 'number'; values: readonly number[] }

/** Levels become their places 0, 1, ... */
interface LevelPlaces {
  levels: Levels
  /** What stands for all other levels, and for the empty string or NaN. */
  unknown: number
  missing: number
}

/** Adds the places of the levels of `input [N, 1]`, strings or floats as the levels are: `[N, 1]`. */
export function addOrdinal(graph: GraphBuilder, input: Value, { levels, unknown, missing }: LevelPlaces): Value {
  if (levels.kind === 'string') {
    const places = new Map(levels.values.map((level, place) => [level, place]))
    return addStringLookup(graph, input, { values: places.set('', missing), fallback: unknown })
  }
  const places = new Map(levels.values.map((level, place) => [level, place]))
  const found = addNumberLookup(graph, input, { values: places, fallback: unknown })
  const gap = graph.constant('missing', { type: 'float', shape: [1, 1], values: [missing] })
  return graph.node('Where', [graph.node('IsNaN', [input]), gap, found])
}
