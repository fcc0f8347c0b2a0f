import type { TFunction } from 'i18next'
import { ApiError } from '../../api/call.ts'
import { describeError } from '../../parts/describe-error.ts'

const own = new Set(['wrong_credentials', 'already_registered'])

/** Why somebody was not let in, in their language, and when they may try again. */
export function describeRefusal(t: TFunction, error: unknown, language: string): string {
  if (!(error instanceof ApiError)) return describeError(t, error)
  if (own.has(error.code)) return t(`entrance.${error.code}`)
  if (error.code === 'rate_limited' && error.retryAfterSeconds !== undefined)
    return t('entrance.rate_limited', { when: whenAgain(error.retryAfterSeconds, language) })
  return describeError(t, error)
}

/** "in 45 seconds", "in 5 minutes": never sooner than it is. */
export function whenAgain(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language)
  return seconds < 100 ? format.format(seconds, 'second') : format.format(Math.ceil(seconds / 60), 'minute')
}
