import { expect, test } from 'vitest'
import { countsByDay } from './usage-days.ts'

test('searches are not counted twice, as searches and as predictions', () => {
  const day = { active_users: 1, new_users: 0, credits_spent: 7, credits_topped_up: 0 }
  const predictions = { movie_search: 3, random_forest: 2 }
  const counts = countsByDay([{ ...day, day: '2026-01-31', searches: 3, predictions }])
  expect(counts.map(({ kind, count }) => [kind, count])).toEqual([
    ['predictions', 2],
    ['searches', 3],
  ])
  expect(counts[0]?.day.toISOString()).toBe('2026-01-31T00:00:00.000Z')
})
