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

export async function startTranslations() {
  await i18next.use(initReactI18next).init({ fallbackLng: 'en', interpolation: { escapeValue: false }, resources: {} })
  await speak(preferredLanguage())
}

/** Switches the whole console to a language, and keeps the choice. */
export async function speak(language: Language) {
  const { texts } = await textsOf[language]()
  i18next.addResourceBundle(language, 'translation', texts, true, true)
  await i18next.changeLanguage(language)
  keep(KEPT_AS, language)
  document.documentElement.lang = language
}

function preferredLanguage(): Language {
  const wanted = [readKept(KEPT_AS), ...navigator.languages]
  const spoken = wanted.map((tag) => LANGUAGES.find((language) => tag?.startsWith(language)))
  return spoken.find((language) => language !== undefined) ?? 'en'
}
