import type { KMeansModel } from './k-means.ts'
import { type Axis, widthOf } from './mixed-space.ts'

/** The mean of a numeric column in a cluster, or the share of each category of a categorical one: NaN where gamma is 0. */
export type CentreValue = number | ReadonlyMap<number, number>

/** The centres in the units of the table: cluster by cluster a value a column. */
export function describeCentres({ clusters, space, centres }: KMeansModel): CentreValue[][] {
  return Array.from({ length: clusters }, (_, k) => {
    const values = new Array<CentreValue>(space.columns).fill(Number.NaN)
    let first = k * space.dimensions
    for (const axis of space.axes) {
      const places = centres.subarray(first, first + widthOf(axis))
      values[axis.column] = describe(axis, places)
      first += places.length
    }
    return values
  })
}

function describe(axis: Axis, places: Float32Array): CentreValue {
  if (axis.kind === 'numeric') return (places[0] ?? Number.NaN) / axis.scale + axis.offset
  return new Map(Array.from(axis.categories, (code, i) => [code, (places[i] ?? Number.NaN) / axis.size]))
}
