import type { TFunction } from 'i18next'
import type { Delivery } from './admin-api.ts'

type Answer = NonNullable<Delivery['last_answer']>

/** What an attempt came to: the status of the answer, or why there was none. */
export function answerText(t: TFunction, { status, reason }: Pick<Answer, 'status' | 'reason'>): string {
  if (status !== null) return t('webhooks.answer.status', { status })
  const known = reason ?? 'unknown'
  return t(`webhooks.answer.${known}`, { defaultValue: known })
}
