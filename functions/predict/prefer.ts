import { z } from '@hono/zod-openapi'

const longestWaitSeconds = 60

/** `Prefer: wait=10` (RFC 7240): the answer may take that long, if it then holds the result. */
export const preferHeader = z.object({
  prefer: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'How many seconds to wait for the end of the job, at most 60', example: 'wait=10' }),
})

/** @returns milliseconds; 0 when nothing that we honour was preferred, since preferences may be ignored */
export function waitMsOf(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait=(\d{1,6})(?:$|[,;\s])/.exec(prefer ?? '')?.[1]
  return Math.min(Number(seconds ?? 0), longestWaitSeconds) * 1000
}
