import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'

/** Who asks for very much is asked for patience, once, and then waited for in silence. */
export const patience = new Composer<Conversation>()

const questions = { limit: 40, windowMs: 60_000 }
/** Asked anew with every few letters. */
const inlineQuestions = { limit: 120, windowMs: 60_000 }
const warnings = { limit: 1, windowMs: 60_000 }

patience.use(async (chat, next) => {
  const { limiter } = chat.system
  const who = String(chat.person.telegramId)
  const [name, rule] = chat.inlineQuery
    ? (['bot_inline', inlineQuestions] as const)
    : (['bot_questions', questions] as const)
  if ((await limiter.limit(name, who, rule)).allowed) return next()
  if (chat.chat && (await limiter.limit('bot_warnings', who, warnings)).allowed)
    await chat.tell(chat.t('problem.too_fast'))
})
