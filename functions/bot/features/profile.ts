import { eq } from 'drizzle-orm'
import { Composer } from 'grammy'
import { users } from '#db/schema/users.ts'
import { readBalance } from '#functions/balance/read-balance.ts'
import { readTaste } from '#functions/movies/read-taste.ts'
import type { Conversation } from '../conversation.ts'
import { escapeHtml, genreIn } from '../texts.ts'
import { consoleButton } from './link.ts'

/** `/profile`: who somebody is here, and what they have. */
export const profile = new Composer<Conversation>()

const favouriteGenres = 3

profile.command('profile', async (chat) => {
  const { account, t, person } = chat
  if (!account) return chat.tell(`${t('profile.guest', { name: chat.from?.first_name ?? '' })}\n\n${t('link.hint')}`)
  const { userId } = account.actor
  const [[user], balance, taste] = await Promise.all([
    account.db.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, userId)),
    readBalance(account, userId),
    readTaste(account),
  ])
  const genres = taste.genres.slice(0, favouriteGenres).map(({ genre }) => escapeHtml(genreIn(person.language, genre)))
  const lines = [
    t('profile.who', { name: user?.name ?? '', email: user?.email ?? '' }),
    t('profile.balance', { count: balance.availableCredits }),
    t('profile.searches', { count: taste.searches }),
    t('profile.verdicts', { likes: taste.likes, dislikes: taste.dislikes }),
    ...(genres.length > 0 ? [`${t('profile.genres')} ${genres.join(', ')}`] : []),
    '',
    t('profile.top_up', { url: `${chat.system.publicUrl}/console/wallet` }),
  ]
  await chat.tell(lines.join('\n'), consoleButton(chat))
})
