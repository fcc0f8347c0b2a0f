import { z } from 'zod'
import type { Double } from './double.ts'
import { badRequest } from './telegram-error.ts'

export interface Upload {
  bytes: Uint8Array
  type: string
}

export interface Call {
  double: Double
  parameters: Record<string, unknown>
  /** Of a multipart request, by the name of the part. */
  uploads: ReadonlyMap<string, Upload>
}

/** One method of the Bot API: what it answers, or a TelegramError. */
export type Method = (call: Call) => unknown

/** In forms everything is text, and what is no text is JSON. */
export const structured = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === 'string' ? parsed(value) : value), schema)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const chatId = z.coerce.number().int()
export const messageId = z.coerce.number().int()
export const flag = z.preprocess((value) => value === true || value === 'true', z.boolean())

/**
 * A method from what it takes and what it does.
 *
 * @throws TelegramError 400 that names the parameter
 */
export function method<S extends z.ZodType>(schema: S, answer: (given: z.infer<S>, call: Call) => unknown): Method {
  return (call) => {
    const result = schema.safeParse(call.parameters)
    if (result.success) return answer(result.data, call)
    const [issue] = result.error.issues
    const name = issue?.path.join('.') ?? ''
    if (name === 'chat_id') throw badRequest('chat_id is empty')
    if (name.startsWith('reply_markup'))
      throw badRequest(`can't parse reply keyboard markup JSON object: ${issue?.message}`)
    throw badRequest(`parameter "${name}" is wrong: ${issue?.message}`)
  }
}
