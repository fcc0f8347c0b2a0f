import { z } from '@hono/zod-openapi'

/** Credits are whole numbers; a bound far below 2^53 keeps every sum exact. */
export const Credits = z.number().int().min(0).max(1_000_000_000_000)

export const Amount = z.object({
  amount: z.number().int().openapi({ description: 'Credits that can be spent', example: 100 }),
  held: z.number().int().openapi({ description: 'Credits reserved by open jobs', example: 0 }),
})
