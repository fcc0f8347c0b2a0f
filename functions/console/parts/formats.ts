import { useMemo } from 'react'
import { useLanguage } from '../locales/locale.ts'
import type { Language } from '../locales/translations.ts'

export interface Formats {
  number(value: number): string
  /** With its sign, also above zero. */
  change(value: number): string
  moment(at: Date | string): string
  day(at: Date | string): string
  /** The time of day. */
  clock(at: Date | string): string
  /** To the second, for what is watched while it happens. */
  time(at: Date | string): string
}

/** How numbers and moments are written in a language, in the time zone of the browser. */
function formatsOf(language: Language): Formats {
  const number = new Intl.NumberFormat(language)
  const change = new Intl.NumberFormat(language, { signDisplay: 'exceptZero' })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' })
  return {
    number: (value) => number.format(value),
    change: (value) => change.format(value),
    moment: (at) => moment.format(new Date(at)),
    day: (at) => day.format(new Date(at)),
    clock: (at) => clock.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
  }
}

export function useFormats(): Formats {
  const language = useLanguage()
  return useMemo(() => formatsOf(language), [language])
}
