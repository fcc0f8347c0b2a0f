import { bestOf, type Measurements } from './measurement.ts'
import type { ScalingSpec } from './rows.ts'

export interface ScalingLine {
  name: string
  points: { rows: number; seconds: number }[]
}

/** The points that were measured. */
export function scalingOf(specs: readonly ScalingSpec[], measurements: Measurements): ScalingLine[] {
  return specs.map(({ name, points }) => ({
    name,
    points: points.flatMap(({ rows, key }) => {
      const best = bestOf(measurements[key])
      return best === undefined ? [] : [{ rows, seconds: best.seconds }]
    }),
  }))
}
