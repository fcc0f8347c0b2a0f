import type { I18nProvider } from '@refinedev/core'
import type { Locale } from 'antd/es/locale'
import { useTranslation } from 'react-i18next'
import { componentTextsOf, LANGUAGES, type Language, speak } from './translations.ts'

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return LANGUAGES.find((language) => language === i18n.language) ?? 'en'
}

/** The language of the moment, for the component library and for Refine. */
export function useLocale(): { locale: Locale; i18nProvider: I18nProvider } {
  const { t } = useTranslation()
  const language = useLanguage()
  const i18nProvider: I18nProvider = {
    translate: (key: string, options?: Record<string, unknown>) => t(key, options ?? {}),
    changeLocale: (tag: string) => speak(tag === 'ru' ? 'ru' : 'en'),
    getLocale: () => language,
  }
  return { locale: componentTextsOf(language), i18nProvider }
}
