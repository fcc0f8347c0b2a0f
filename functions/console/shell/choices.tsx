import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../locales/locale.ts'
import { LANGUAGES, type Language, speak } from '../locales/translations.ts'
import { APPEARANCES, type Appearance, choose, useAppearance } from './appearance.ts'

const nameOf: Record<Language, string> = { en: 'English', ru: 'Русский' }

/** Languages are named in themselves: who cannot read this one finds theirs. */
export function LanguageChoice() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Segmented<Language>
      aria-label={t('shell.language')}
      name="language"
      value={language}
      options={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{nameOf[value]}</span> }))}
      onChange={(value) => void speak(value)}
    />
  )
}

export function AppearanceChoice() {
  const { t } = useTranslation()
  const { appearance } = useAppearance()
  return (
    <Segmented<Appearance>
      aria-label={t('shell.appearance.title')}
      name="appearance"
      value={appearance}
      options={APPEARANCES.map((value) => ({ value, label: t(`shell.appearance.${value}`) }))}
      onChange={choose}
    />
  )
}
