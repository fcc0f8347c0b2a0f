import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../locales/locale.ts'
import type { Value } from './job-facts.ts'

/** How what a model takes and gives is written. */
export interface NumberTexts {
  /** With as many digits as matter at its size. */
  measure(value: number, unit?: string): string
  /** The same with its sign. */
  effect(value: number, unit?: string): string
  share(value: number): string
  duration(ms: number): string
  value(value: Value | undefined, unit?: string): string
  /** Of an axis: what it shows, and in what. */
  axis(label: string, unit: string): string
}

export function useNumberTexts(): NumberTexts {
  const { t } = useTranslation()
  const language = useLanguage()
  return useMemo(() => {
    const write = (value: number, options: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(language, options).format(value)
    const withUnit = (text: string, unit = '') => (unit === '' ? text : t('jobs.with_unit', { value: text, unit }))
    const measure = (value: number, unit?: string) => withUnit(write(value, digitsFor(value)), unit)
    return {
      measure,
      effect: (value, unit) => withUnit(write(value, { ...digitsFor(value), signDisplay: 'exceptZero' }), unit),
      share: (value) => write(value, { style: 'percent', maximumFractionDigits: 1 }),
      axis: (label, unit) => (unit === '' ? label : t('jobs.axis', { label, unit })),
      duration: (ms) =>
        ms < 1_000 ? write(Math.round(ms), inUnit('millisecond')) : write(ms / 1_000, inUnit('second')),
      value: (value, unit) => {
        if (value === null || value === undefined) return t('jobs.not_known')
        return typeof value === 'number' ? measure(value, unit) : value
      },
    }
  }, [t, language])
}

const inUnit = (unit: string): Intl.NumberFormatOptions => ({ style: 'unit', unit, maximumFractionDigits: 1 })

function digitsFor(value: number): Intl.NumberFormatOptions {
  const size = Math.abs(value)
  if (size >= 1_000) return { maximumFractionDigits: 0 }
  return size >= 1 ? { maximumFractionDigits: 2 } : { maximumSignificantDigits: 3 }
}
