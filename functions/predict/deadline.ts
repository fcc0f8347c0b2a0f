import { z } from '@hono/zod-openapi'

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const
const pattern = /^([1-9]\d{0,4})(s|m|h)$/

/** `Cancel-After: 30s`: what has not ended by then is cancelled and costs nothing. */
export const deadlineHeader = {
  'cancel-after': z
    .string()
    .regex(pattern, 'must be a number of seconds, minutes or hours, such as 30s, 5m or 1h')
    .optional()
    .openapi({
      description: 'Give up, and give the price back, when the job has not ended after this long',
      example: '5m',
    }),
}

/** @param header a value that the schema above has let through */
export function deadlineMsOf(header: string | undefined): number | undefined {
  const [, count, unit] = pattern.exec(header ?? '') ?? []
  if (unit !== 's' && unit !== 'm' && unit !== 'h') return undefined
  return Number(count) * unitMs[unit]
}
