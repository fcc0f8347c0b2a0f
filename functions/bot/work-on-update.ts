import { GrammyError, HttpError } from 'grammy'
import type { Update } from 'grammy/types'
import { errorFields } from '#shared/log.ts'
import { trackError } from '#shared/track-error.ts'
import { answerUpdate, apologise } from './answer-update.ts'
import { type ClaimedUpdate, finishUpdate, putOffUpdate } from './claim-update.ts'
import type { BotSystem } from './services.ts'
import { readUpdate, updateKinds } from './update.ts'
import { updateCounter } from './update-measures.ts'

/** What fails this often is told to the person as failed. */
const maximumAttempts = 4
const pauseAfterFailureSeconds = 2

/** What Telegram says when nobody is there to be answered any more, or when the answer comes too late. */
const pointless = /chat not found|user is deactivated|message to edit not found|query is too old/i

/**
 * Works on an update and writes down what came of it.
 *
 * @returns how long to wait before it is tried again, or undefined when it is over
 */
export async function workOnUpdate(ctx: BotSystem, claimed: ClaimedUpdate): Promise<number | undefined> {
  const update = readUpdate(claimed.content)
  const kind = updateKinds.find((it) => update?.[it] !== undefined) ?? 'other'
  const count = (outcome: string) => ctx.metrics.add(updateCounter, { kind, outcome })
  try {
    if (update) await answerUpdate(ctx, update)
    count('done')
  } catch (error) {
    const pauseSeconds = await whatNext(ctx, claimed, update, error)
    count(pauseSeconds === undefined ? 'given_up' : 'put_off')
    if (pauseSeconds !== undefined) {
      await putOffUpdate(ctx, claimed, pauseSeconds)
      return pauseSeconds
    }
  }
  await finishUpdate(ctx, claimed)
  return undefined
}

/** @returns a pause, or undefined where it is not tried again */
async function whatNext(
  ctx: BotSystem,
  { update_id, attempts }: ClaimedUpdate,
  update: Update | undefined,
  error: unknown,
): Promise<number | undefined> {
  if (error instanceof GrammyError) {
    // Telegram asks for a pause: nothing has failed, however often it asks.
    if (error.parameters.retry_after !== undefined) return error.parameters.retry_after
    if (error.error_code === 403 || pointless.test(error.description)) {
      ctx.log('info', 'nobody_to_answer', { update_id, reason: error.description })
      return undefined
    }
  }
  ctx.log('error', 'update_failed', { update_id, attempt: attempts, ...errorFields(error) })
  ctx.defer(trackError(ctx, { functionName: 'bot', event: 'update_failed', error }))
  if (attempts < maximumAttempts) return pauseAfterFailureSeconds
  const isTelegramAway = error instanceof GrammyError || error instanceof HttpError
  if (update && !isTelegramAway) await apologise(ctx, update).catch(() => undefined)
  return undefined
}
