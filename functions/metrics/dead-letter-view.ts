import { z } from '@hono/zod-openapi'
import type { DeadLetter } from '#shared/dead-letters.ts'
import { NotFound } from '#shared/problem.ts'

const excerptLength = 500

export const DeadLetterView = z
  .object({
    id: z.string(),
    path: z.string().openapi({ description: 'The address of ours that it was to be delivered to' }),
    job_id: z.string().nullable().openapi({ description: 'The job that was to be run' }),
    delivery_id: z.string().nullable().openapi({ description: 'The webhook message that was to be sent' }),
    response_status: z.number().int().nullable().openapi({ description: 'Of the last answer, if there was one' }),
    response_body: z
      .string()
      .nullable()
      .openapi({ description: `Its first ${excerptLength} characters` }),
    created_at: z.iso.datetime().openapi({ description: 'When it was published' }),
  })
  .openapi('DeadLetter')

const Body = z.object({ job_id: z.string().nullable().catch(null), delivery_id: z.string().nullable().catch(null) })
const nothing = { job_id: null, delivery_id: null }

export function toDeadLetterView({ body, ...letter }: DeadLetter): z.infer<typeof DeadLetterView> {
  return {
    id: letter.id,
    path: letter.path,
    ...(Body.safeParse(parsed(body)).data ?? nothing),
    response_status: letter.responseStatus,
    response_body: letter.responseBody?.slice(0, excerptLength) ?? null,
    created_at: letter.createdAt.toISOString(),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const deadLetterParams = z.object({
  dead_letter_id: z.string().max(100).openapi({ example: '1767225600000-1' }),
})

/** @throws NotFound for what is no id of the queue's, so that it is never asked for it */
export function assertDeadLetterId(id: string) {
  if (!/^\d{1,15}-\d{1,15}$/.test(id)) throw new NotFound('dead letter')
}
