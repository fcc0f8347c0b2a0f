import i18next from 'i18next'
import en from './locales/en.json' with { type: 'json' }
import ru from './locales/ru.json' with { type: 'json' }

type WithoutForm<Name extends string> = Name extends `${infer Stem}_${'one' | 'few' | 'many' | 'other'}` ? Stem : Name
type KeysOf<Node, Before extends string = ''> = {
  [Name in keyof Node & string]: Node[Name] extends string
    ? `${Before}${Name | WithoutForm<Name>}`
    : KeysOf<Node[Name], `${Before}${Name}.`>
}[keyof Node & string]

/** Of the English texts, plural forms or not. (Told to i18next for all, it would be the console's keys, too.) */
type TextKey = KeysOf<typeof en>

export const languages = ['en', 'ru'] as const
export type Language = (typeof languages)[number]

/** Texts of one language. What is put into them is escaped, for they are HTML. */
export type Texts = (key: TextKey, values?: Record<string, unknown>) => string

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
  const text = texts.getFixedT(language)
  return (key, values = {}) => text(key, values)
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
  return /^ru\b/i.test(tag ?? '') ? 'ru' : 'en'
}
