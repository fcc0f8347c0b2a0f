import { z } from '@hono/zod-openapi'
import type { Update } from 'grammy/types'

const Chat = z.looseObject({ id: z.number().int(), type: z.string() })
const Sender = z.looseObject({ id: z.number().int(), is_bot: z.boolean(), language_code: z.string().optional() })
const Message = z.looseObject({ message_id: z.number().int(), chat: Chat })

/** The kinds of updates that Telegram is asked for. */
export const updateKinds = ['message', 'callback_query', 'inline_query'] as const

/** Of an update, what the bot reads itself or relies on. */
const Known = z
  .looseObject({
    update_id: z.number().int(),
    message: Message.extend({
      from: Sender,
      text: z.string().optional(),
      entities: z
        .array(z.looseObject({ type: z.string(), offset: z.number().int(), length: z.number().int() }))
        .optional(),
    }).optional(),
    callback_query: z
      .looseObject({ id: z.string(), from: Sender, message: Message.optional(), data: z.string().optional() })
      .optional(),
    inline_query: z.looseObject({ id: z.string(), from: Sender, query: z.string(), offset: z.string() }).optional(),
  })
  .refine((update) => updateKinds.some((kind) => update[kind] !== undefined))

const KnownUpdate = z.custom<Update>((content) => Known.safeParse(content).success)

/** An update that the bot can work on, or undefined: Telegram may say more than anybody here understands. */
export function readUpdate(content: unknown): Update | undefined {
  const read = KnownUpdate.safeParse(content)
  return read.success ? read.data : undefined
}

/** The chat whose updates are worked on one by one; null where there is none. */
export function chatOf(update: Update | undefined): number | null {
  return (update?.message ?? update?.callback_query?.message)?.chat.id ?? null
}
