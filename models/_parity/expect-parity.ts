import { expect } from 'vitest'

type Outputs = Readonly<Record<string, ArrayLike<number>>>

/**
 * Every number is the expected one within `tolerance`, relative to its own size or to the median size in its output,
 * whichever is larger: 32 bits cannot tell what is nearly nothing beside its neighbours.
 */
export function expectParity(actual: Outputs, expected: Outputs, tolerance = 1e-5) {
  for (const [name, wanted] of Object.entries(expected)) {
    const given = actual[name]
    if (given === undefined) throw new Error(`output ${name} is missing: there are ${Object.keys(actual).join(', ')}`)
    expect(given, name).toHaveLength(wanted.length)
    const scale = medianSize(wanted)
    for (let i = 0; i < wanted.length; i++) {
      const one = wanted[i] ?? Number.NaN
      const other = given[i] ?? Number.NaN
      if (Object.is(one, other)) continue
      if (Number.isFinite(one) && Math.abs(one - other) <= tolerance * Math.max(Math.abs(one), scale)) continue
      throw new Error(`number ${i} of output ${name} is ${other}, not ${one} (scale ${scale})`)
    }
  }
}

function medianSize(values: ArrayLike<number>): number {
  const sizes = Float64Array.from(values, Math.abs).filter(Number.isFinite).sort()
  return sizes[sizes.length >> 1] ?? 0
}
