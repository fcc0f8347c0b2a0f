import { Composer, InlineKeyboard } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { setLanguage } from '../person.ts'
import { type Language, languages, textsIn } from '../texts.ts'

/** `/language`, and the buttons that choose one. */
export const language = new Composer<Conversation>()

const names: Record<Language, string> = { en: 'English', ru: 'Русский' }

export function languageButtons({ person }: Pick<Conversation, 'person'>): InlineKeyboard {
  return languages.reduce(
    (row, code) => row.text(`${code === person.language ? '✓ ' : ''}${names[code]}`, `language:${code}`),
    new InlineKeyboard(),
  )
}

language.command('language', (chat) => chat.tell(chat.t('language.choose'), languageButtons(chat)))

language.callbackQuery(/^language:(en|ru)$/, async (chat) => {
  const chosen: Language = chat.match[1] === 'ru' ? 'ru' : 'en'
  const person = { ...chat.person, language: chosen }
  await setLanguage(chat.system, person)
  const t = textsIn(chosen)
  await chat.answerCallbackQuery(t('language.chosen'))
  await chat.change(t('start.welcome', { name: chat.from.first_name }), languageButtons({ person }))
})
