import type { Locale } from 'antd/es/locale'
import english from 'antd/locale/en_US'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { keep, readKept } from '../shell/kept.ts'

export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

const KEPT_AS = 'language'

/** Texts are loaded one language at a time. */
const textsOf = {
  en: () => import('./en.ts'),
  ru: () => import('./ru.ts'),
} satisfies Record<Language, () => Promise<{ texts: object }>>

/** The component library's own words; it comes with the English ones. */
const componentTexts: Partial<Record<Language, Locale>> = { en: english }

/** There before the language is spoken: were they to come later, the whole page would be built anew for them. */
export const componentTextsOf = (language: Language): Locale => componentTexts[language] ?? english

export async function startTranslations() {
  await i18next.use(initReactI18next).init({ fallbackLng: 'en', interpolation: { escapeValue: false }, resources: {} })
  await speak(preferredLanguage())
}

/** Switches the whole console to a language, and keeps the choice. */
export async function speak(language: Language) {
  const [{ texts }] = await Promise.all([textsOf[language](), loadComponentTexts(language)])
  i18next.addResourceBundle(language, 'translation', texts, true, true)
  await i18next.changeLanguage(language)
  keep(KEPT_AS, language)
  document.documentElement.lang = language
}

async function loadComponentTexts(language: Language) {
  if (language === 'ru') componentTexts.ru ??= (await import('antd/locale/ru_RU')).default
}

function preferredLanguage(): Language {
  const wanted = [readKept(KEPT_AS), ...navigator.languages]
  const spoken = wanted.map((tag) => LANGUAGES.find((language) => tag?.startsWith(language)))
  return spoken.find((language) => language !== undefined) ?? 'en'
}
