import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../../locales/locale.ts'
import type { Language } from '../../locales/translations.ts'

interface Told {
  title: string
  title_ru?: string | undefined
  description?: string
  description_ru?: string | undefined
}

export interface FilmTexts {
  title: string
  /** In the other language, where it is another. */
  otherTitle: string | undefined
  description: string
}

/** What a film says in the reader's language, or in the one that it has. */
export function filmTexts(film: Told, language: Language): FilmTexts {
  const { title, title_ru, description = '', description_ru } = film
  const titles = language === 'ru' ? [title_ru ?? title, title] : [title, title_ru ?? title]
  const [shown = title, other] = titles
  return {
    title: shown,
    otherTitle: other === shown ? undefined : other,
    description: language === 'ru' ? (description_ru ?? description) : description,
  }
}

export function useFilmTexts(film: Told): FilmTexts {
  return filmTexts(film, useLanguage())
}

/** A genre in the reader's language; one that nobody has translated stays as it is. */
export function genreText(t: TFunction, genre: string): string {
  return t(`movies.genres.${genre.toLowerCase().replaceAll(/\W+/g, '_')}`, { defaultValue: genre })
}

export function useGenreText() {
  const { t } = useTranslation()
  return (genre: string) => genreText(t, genre)
}
