import { Composer } from 'grammy'
import type { Conversation } from './conversation.ts'
import { forYou } from './features/for-you.ts'
import { help } from './features/help.ts'
import { history } from './features/history.ts'
import { inline } from './features/inline.ts'
import { language } from './features/language.ts'
import { link } from './features/link.ts'
import { other } from './features/other.ts'
import { pages } from './features/pages.ts'
import { patience } from './features/patience.ts'
import { popular } from './features/popular.ts'
import { problems } from './features/problems.ts'
import { profile } from './features/profile.ts'
import { search } from './features/search.ts'
import { similar } from './features/similar.ts'
import { start } from './features/start.ts'
import { verdicts } from './features/verdicts.ts'

const bot = new Composer<Conversation>()
// Balances and histories are nobody else's business: in groups it says nothing.
bot.filter(
  (chat) => chat.chat === undefined || chat.chat.type === 'private',
  problems,
  patience,
  start,
  help,
  language,
  link,
  profile,
  forYou,
  popular,
  history,
  pages,
  verdicts,
  similar,
  inline,
  search,
  other,
)

/** Everything that the bot can do, each feature a file. The first that an update is meant for has it. */
export const answers = bot.middleware()
