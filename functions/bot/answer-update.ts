import type { Update } from 'grammy/types'
import { answers } from './answers.ts'
import { beginConversation } from './conversation.ts'
import type { BotSystem } from './services.ts'

const nothingMore = async () => {}

/** Does what somebody asked for, and answers in their chat. */
export async function answerUpdate(system: BotSystem, update: Update): Promise<void> {
  await answers(await beginConversation(system, update), nothingMore)
}

/** Says that something went wrong for good, with the id by which the log knows it. */
export async function apologise(system: BotSystem, update: Update): Promise<void> {
  const conversation = await beginConversation(system, update)
  await conversation.tell(conversation.t('problem.internal', { request_id: system.requestId }))
}
