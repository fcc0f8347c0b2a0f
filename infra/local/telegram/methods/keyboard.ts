import { z } from 'zod'
import { structured } from '../method.ts'
import { badRequest } from '../telegram-error.ts'
import type { Keyboard } from '../world.ts'

const Button = z.object({
  text: z.string(),
  callback_data: z.string().optional(),
  url: z.string().optional(),
  switch_inline_query_current_chat: z.string().optional(),
})

export const ReplyMarkup = structured(z.object({ inline_keyboard: z.array(z.array(Button)) })).optional()

const maximumDataBytes = 64
const maximumButtons = 100

/** @throws TelegramError 400 for buttons that Telegram would not show */
export function checkKeyboard(keyboard: Keyboard | undefined): Keyboard | undefined {
  const buttons = keyboard?.inline_keyboard.flat() ?? []
  if (buttons.length > maximumButtons) throw badRequest('reply markup is too long')
  for (const { text, callback_data, url, switch_inline_query_current_chat } of buttons) {
    if (text.trim() === '') throw badRequest('text buttons are unallowed in the inline keyboard')
    const kinds = [callback_data, url, switch_inline_query_current_chat].filter((kind) => kind !== undefined)
    if (kinds.length !== 1) throw badRequest('Text buttons are unallowed in the inline keyboard')
    const bytes = Buffer.byteLength(callback_data ?? '-')
    if (bytes < 1 || bytes > maximumDataBytes) throw badRequest('BUTTON_DATA_INVALID')
    if (url !== undefined && URL.parse(url) === null) throw badRequest('BUTTON_URL_INVALID')
  }
  return buttons.length > 0 ? keyboard : undefined
}
