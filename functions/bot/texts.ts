import i18next, { type TFunction } from 'i18next'
import en from './locales/en.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }

declare module 'i18next' {
  interface CustomTypeOptions {
    /** Every key is checked against the English texts. */
    resources: { translation: typeof en }
  }
}

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Texts of one language. What is put into them is escaped, for they are HTML. */
export type Texts = TFunction

const texts = i18next.createInstance()
// Without a language to wait for, this is done when the call returns.
void texts.init({
  initAsync: false,
  resources: { en: { translation: en }, ru: { translation: ru } },
  fallbackLng: 'en',
  returnNull: false,
  interpolation: { escape: escapeHtml },
})

export function textsIn(language: Language): Texts {
  return texts.getFixedT(language)
}

/** For what is no HTML: buttons, and what Telegram shows over the chat. */
export const plain = { interpolation: { escapeValue: false } } as const

/** What Telegram's HTML asks for, and no more. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

const genres: Record<Language, Readonly<Record<string, string>>> = { en: {}, ru: ru.genres }

/** A genre's name; one that nobody has translated stays as the catalogue has it. */
export function genreIn(language: Language, genre: string): string {
  return genres[language][genre] ?? genre
}

/** @param tag a language tag of a person's Telegram, such as `ru` or `pt-br` */
export function languageOf(tag: string | undefined): Language {
  // Those who most likely read Russian rather than English.
  return /^(ru|be|uk|kk)\b/i.test(tag ?? '') ? 'ru' : 'en'
}
