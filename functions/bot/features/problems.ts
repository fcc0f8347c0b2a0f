import { Composer } from 'grammy'
import { Problem } from '#shared/problem.ts'
import type { Conversation } from '../conversation.ts'
import { plain } from '../texts.ts'

/** Around all others: a refusal is told in the person's words. What may pass, or is our fault, is left to the queue. */
export const problems = new Composer<Conversation>()

problems.use(async (chat, next) => {
  try {
    await next()
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error
    chat.system.log('info', 'refused', { code: error.code })
    await tellRefusal(chat, error)
  }
})

async function tellRefusal(chat: Conversation, problem: Problem): Promise<void> {
  const { system, t } = chat
  if (chat.inlineQuery) return
  const { needed_credits: needed, available_credits: available } = problem.options.extra ?? {}
  const told = { needed, available, url: `${system.publicUrl}/console/wallet`, request_id: system.requestId }
  const key = keyOf(problem)
  if (chat.callbackQuery) {
    const text = t(`${key}_short`, { ...told, ...plain })
    return void (await chat.answerCallbackQuery({ text, show_alert: true }))
  }
  await chat.tell(t(key, told))
}

function keyOf({ code }: Problem) {
  if (code === 'insufficient_credits') return 'problem.credits'
  if (code === 'not_found') return 'problem.not_found'
  return 'problem.refused'
}
