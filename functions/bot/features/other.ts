import { Composer } from 'grammy'
import type { Conversation } from '../conversation.ts'
import { plain } from '../texts.ts'

/** What no other feature is for: unknown commands, pictures, buttons of another time. */
export const other = new Composer<Conversation>()

other.on('message:text', (chat) => chat.tell(chat.t('other.command')))
other.on('message', (chat) => chat.tell(chat.t('other.no_text')))
other.on('callback_query', (chat) => chat.answerCallbackQuery(chat.t('other.old_button', plain)))
