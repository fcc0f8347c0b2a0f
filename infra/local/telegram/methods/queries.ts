import { z } from 'zod'
import { flag, type Method, method, structured } from '../method.ts'
import { badRequest } from '../telegram-error.ts'
import { format } from './messages.ts'

const tooLate = () => badRequest('query is too old and response timeout expired or query ID is invalid')
const maximumToastLength = 200
const maximumResults = 50

const answerCallbackQuery = method(
  z.object({
    callback_query_id: z.string(),
    text: z.string().max(maximumToastLength, 'MESSAGE_TOO_LONG').optional(),
    show_alert: flag.optional(),
    url: z.string().optional(),
  }),
  ({ callback_query_id, text, show_alert }, { double }) => {
    const personId = double.takeQuery(callback_query_id)
    if (personId === undefined) throw tooLate()
    double.world.tell({ personId, kind: 'toast', text: text ?? '', isAlert: show_alert ?? false })
    return true
  },
)

export const InlineArticle = z.looseObject({
  type: z.literal('article'),
  id: z.string().min(1).max(64),
  title: z.string().min(1),
  description: z.string().optional(),
  input_message_content: z.looseObject({ message_text: z.string(), parse_mode: z.string().optional() }),
})

const answerInlineQuery = method(
  z.object({
    inline_query_id: z.string(),
    results: structured(z.array(InlineArticle).max(maximumResults, 'RESULTS_TOO_MUCH')),
    cache_time: z.coerce.number().int().min(0).default(300),
    is_personal: flag.optional(),
    next_offset: z.string().max(64).optional(),
  }),
  ({ inline_query_id, results, next_offset }, { double }) => {
    if (new Set(results.map(({ id }) => id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE')
    for (const { input_message_content: content } of results) format(content.message_text, content.parse_mode)
    const personId = double.takeQuery(inline_query_id)
    if (personId === undefined) throw tooLate()
    double.inlineResults.set(inline_query_id, results)
    const shown = results.map(({ id, title, description }) => ({ id, title, description }))
    double.world.tell({ personId, kind: 'inline', queryId: inline_query_id, results: shown, nextOffset: next_offset })
    return true
  },
)

export const queryMethods: Readonly<Record<string, Method>> = { answerCallbackQuery, answerInlineQuery }
