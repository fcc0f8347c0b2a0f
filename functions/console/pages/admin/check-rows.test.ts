import { expect, test } from 'vitest'
import { checkRows } from './check-rows.ts'

test('what is down comes first', () => {
  const up = { status: 'up', latency_ms: 1 } as const
  const down = { status: 'down', latency_ms: 3000 } as const
  const rows = checkRows({ status: 'down', checks: { database: up, redis: down, queue: up } })
  expect(rows.map(({ service }) => service)).toEqual(['redis', 'database', 'queue'])
})
