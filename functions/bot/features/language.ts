import { Composer, InlineKeyboard } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { setLanguage } from '../person.ts'
import { type Language, languages, plain, textsIn } from '../texts.ts'

/** `/language`, and the buttons that choose one. */
export const language = new Composer<Conversation>()

const names: Record<Language, string> = { en: 'English', ru: 'Русский' }

export function languageButtons(current: Language): InlineKeyboard {
  return languages.reduce(
    (row, code) => row.text(`${code === current ? '✓ ' : ''}${names[code]}`, `language:${code}`),
    new InlineKeyboard(),
  )
}

language.command('language', (chat) => chat.tell(chat.t('language.choose'), languageButtons(chat.person.language)))

language.callbackQuery(/^language:(en|ru)$/, async (chat) => {
  const chosen: Language = chat.match[1] === 'ru' ? 'ru' : 'en'
  await setLanguage(chat.system, { ...chat.person, language: chosen })
  const t = textsIn(chosen)
  await chat.change(t('start.welcome', { name: chat.from.first_name }), languageButtons(chosen))
  await chat.answerCallbackQuery(t('language.chosen', plain))
})
