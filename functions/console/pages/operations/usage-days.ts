import { searchManifest } from '#models/movies/manifest.ts'
import type { Usage } from './operations-api.ts'

/** One bar of the chart. */
export interface DayCount {
  day: Date
  kind: 'searches' | 'predictions'
  count: number
}

/** What was asked for on each day: searches are predictions, too, and are told apart. */
export function countsByDay(days: Usage['days']): DayCount[] {
  return days.flatMap(({ day, searches, predictions }) => {
    const all = Object.values(predictions).reduce((sum, count) => sum + count, 0)
    const at = new Date(day)
    return [
      { day: at, kind: 'predictions', count: Math.max(0, all - (predictions[searchManifest.name] ?? 0)) },
      { day: at, kind: 'searches', count: searches },
    ] as const
  })
}
