import type { I18nProvider } from '@refinedev/core'
import type { Locale } from 'antd/es/locale'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language, speak } from './translations.ts'

/** The component library's own words. */
const componentTexts = {
  en: () => import('antd/locale/en_US'),
  ru: () => import('antd/locale/ru_RU'),
} satisfies Record<Language, () => Promise<{ default: Locale }>>

export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return LANGUAGES.find((language) => language === i18n.language) ?? 'en'
}

export function useLocale() {
  const { t } = useTranslation()
  const language = useLanguage()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    void componentTexts[language]().then((module) => setLocale(module.default))
  }, [language])
  const i18nProvider: I18nProvider = {
    translate: (key: string, options?: Record<string, unknown>) => t(key, options ?? {}),
    changeLocale: (tag: string) => speak(tag === 'ru' ? 'ru' : 'en'),
    getLocale: () => language,
  }
  return { locale, i18nProvider }
}
