import type { TFunction } from 'i18next'
import { ApiError, NetworkError } from '../api/call.ts'

/** What happened, in the reader's language where the code is known, else in the server's words. */
export function describeError(t: TFunction, error: unknown): string {
  if (error instanceof NetworkError) return t('parts.errors.network')
  if (error instanceof ApiError) return t(`parts.errors.${error.code}`, { defaultValue: error.message })
  return t('parts.errors.unexpected')
}

export interface FieldFault {
  name: string
  errors: string[]
}

/** Faults of the body, for the fields of a form that are named as its members are. */
export function faultsByField(t: TFunction, error: unknown): FieldFault[] {
  if (!(error instanceof ApiError)) return []
  const byField = Map.groupBy(error.faults, ({ pointer }) => pointer.split('/')[1] ?? '')
  return [...byField].map(([name, faults]) => ({
    name,
    errors: faults.map(({ code, message }) => t(`parts.faults.${code}`, { message, defaultValue: message })),
  }))
}
