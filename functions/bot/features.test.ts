import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { reconcile } from '#functions/balance/reconcile.ts'
import { givenSearchableFilms } from '#functions/movies/testing/searchable-films.ts'
import { askInline, chooseInline } from '#infra/local/telegram/people.ts'
import { call } from '#shared/testing/call.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import bot from './index.ts'
import { makeLinkCode } from './make-link-code.ts'
import { bindings, double, givenLinkedPerson, givenPerson } from './testing/chat.ts'

/** A word that no film of another test has. */
const word = `q${crypto.randomUUID().slice(0, 8)}`
let filmIds: string[] = []

beforeAll(async () => {
  if (!hasServices) return
  filmIds = await givenSearchableFilms(
    Array.from({ length: 7 }, (_, i) => ({
      title: `Tom & <Jerry> ${word} ${i}`,
      titleRu: `Том и <Джерри> ${word} ${i}`,
      description: `A ${word} of the ${word} keeps ${word} ${'number '.repeat(i)} & <marks>. ${'Long story. '.repeat(60)}`,
      year: 1990 + i,
      genres: ['Drama', 'Crime'],
    })),
  )
})

describe.skipIf(!hasServices)('language', () => {
  test('is that of the person’s Telegram until they choose another, which is remembered', async () => {
    const person = givenPerson('ru-RU')
    expect(await person.ask('/start')).toContain('Здравствуйте')
    await person.press('English')
    expect(person.lastMessage().text).toContain('Hello')
    expect(person.buttons()).toEqual([['✓ English', 'Русский']])
    expect(await person.ask('/help')).toContain('Films for you')
    expect(await givenPerson('de').ask('/language')).toContain('Which language')
  })
})

describe.skipIf(!hasServices)('without an account', () => {
  test('films are found by title, with what linking would add', async () => {
    const person = givenPerson()
    const text = await person.ask(`jerry ${word} 3`)
    expect(text).toContain(`1. Tom & <Jerry> ${word} 3 (1993)`)
    expect(text).toContain('/link')
    expect(text.length).toBeLessThanOrEqual(4096)
    expect(await person.ask('zzzzqqqq xxxyyy wwwvvv')).toContain('no film')
  })

  test('similar films are free; likes and what is personal ask for a link', async () => {
    const person = givenPerson()
    await person.ask(`Tom & <Jerry> ${word} 2`)
    await person.press('similar:')
    expect(person.lastMessage().text).toContain('Films like Tom & <Jerry>')
    const toasts = person.toasts()
    await person.press('like:')
    expect(toasts).toEqual([{ text: expect.stringContaining('link your account'), isAlert: true }])
    for (const command of ['/foryou', '/history', '/profile']) expect(await person.ask(command)).toContain('/link')
    expect(await person.ask('/popular')).toContain('What others like')
  })
})

describe.skipIf(!hasServices)('linking', () => {
  test('takes a code once, as people write it, and shows whose account it is', async () => {
    const user = await givenUser({ credits: 7 })
    const { code } = await makeLinkCode(user.ctx)
    const person = givenPerson()
    expect(await person.ask(`/link ${code.slice(0, 4).toLowerCase()}-${code.slice(4)}`)).toContain(user.email)
    expect(await person.ask('/profile')).toContain('7 credits')
    expect(await givenPerson().ask(`/link ${code}`)).toContain('not good')
  })

  test('by a link that opens the chat; unlinked here or in the console, nothing is spent any more', async () => {
    const user = await givenUser({ credits: 7 })
    const { body } = await call(bot, 'POST', '/bot/link_codes', { token: await user.token(), bindings })
    expect(body).toMatchObject({ code: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{8}$/), bot_url: expect.any(String) })
    const { bot_url } = z.object({ bot_url: z.url() }).parse(body)
    const person = givenPerson()
    const start = new URL(bot_url).searchParams.get('start')
    const link = async () => (await call(bot, 'GET', '/bot/link', { token: await user.token(), bindings })).body
    expect(await link()).toEqual({ people: 0, linked_at: null })
    expect(await person.ask(`/start ${start}`)).toContain(user.email)
    expect(await link()).toEqual({ people: 1, linked_at: expect.any(String) })
    expect((await call(bot, 'DELETE', '/bot/link', { token: await user.token(), bindings })).status).toBe(204)
    expect(await link()).toEqual({ people: 0, linked_at: null })
    expect(await person.ask('/profile')).toContain('not linked')
    expect(await person.ask(`/start ${start}`)).toContain('not good')

    const other = await givenLinkedPerson({ credits: 1 })
    await other.ask('/unlink')
    expect(await other.ask('/profile')).toContain('not linked')
  })

  test('a new code replaces the one before; an old one is no good; guesses are counted', async () => {
    const user = await givenUser()
    const first = await makeLinkCode(user.ctx)
    const second = await makeLinkCode(user.ctx)
    const person = givenPerson()
    expect(await person.ask(`/link ${first.code}`)).toContain('not good')
    await testContext().db.execute(
      sql`update telegram_link_codes set expires_at = now() - interval '1 second' where user_id = ${user.userId}`,
    )
    expect(await person.ask(`/link ${second.code}`)).toContain('not good')
    const third = await makeLinkCode(user.ctx)
    for (let i = 0; i < 3; i++) await person.ask(`/link 0000000${i}`)
    expect(await person.ask(`/link ${third.code}`)).toContain('Too many')
  })
})

describe.skipIf(!hasServices)('with an account', () => {
  test('a search is paid once; pages and likes change the message in place', async () => {
    const person = await givenLinkedPerson({ credits: 3 })
    const text = await person.ask(`${word} keeps ${word}`)
    expect(text).toContain(`${word}`)
    expect(text).toContain('1 credit')
    expect(await person.user.balance()).toBe(2)
    const { message_id } = person.lastMessage()
    expect(person.buttons()[0]).toEqual(['1 👍', '1 👎', 'Similar'])
    const toasts = person.toasts()
    await person.press('1 👍')
    expect(person.buttons()[0]).toEqual(['1 👍 ✓', '1 👎', 'Similar'])
    await person.press('1 👎')
    expect(person.buttons()[0]).toEqual(['1 👍', '1 👎 ✓', 'Similar'])
    await person.press('1 👎')
    expect(person.buttons()[0]).toEqual(['1 👍', '1 👎', 'Similar'])
    expect(toasts.map(({ text }) => text)).toEqual([
      'I will remember that you like it',
      'I will remember that you do not like it',
      'Forgotten',
    ])
    await person.press('1 👍')
    await person.press('▶')
    expect(person.lastMessage()).toMatchObject({ message_id, text: expect.stringMatching(/^6\. /) })
    expect(person.buttons().at(-1)).toContain('◀')
    await person.press('◀')
    expect(person.lastMessage().text).toMatch(/^1\. /)
    expect(person.buttons()[0]).toEqual(['1 👍 ✓', '1 👎', 'Similar'])
    expect(await person.user.balance()).toBe(2)
    expect((await reconcile(person.user.ctx, person.user.userId)).violations).toEqual([])
  })

  test('an empty wallet is told with what is needed and what is there, in the person’s language', async () => {
    const person = await givenLinkedPerson({ language: 'ru' })
    expect(await person.ask('что-нибудь про море')).toMatch(/Это стоит 1, а у вас кредитов: 0/)
  })

  test('history shows what was found again, for free; recommendations are for the person; films speak their language', async () => {
    const person = await givenLinkedPerson({ credits: 3, language: 'ru' })
    expect(await person.ask('/history')).toContain('ещё ничего не искали')
    await person.ask(`${word} keeps`)
    expect(await person.ask('/history')).toContain(`«${word} keeps»`)
    await person.press('↻ 1')
    expect(person.lastMessage().text).toContain(`Том и <Джерри> ${word}`)
    await person.press('1 👍')
    const forMe = await person.ask('/foryou')
    expect(forMe).toContain('1. ')
    expect(await person.user.balance()).toBe(2)
    const profile = await person.ask('/profile')
    expect(profile).toContain('2 кредита')
    expect(profile).toContain('1 поиск')
    expect(profile).toContain('драма')
  })

  test('nobody reads the pages of somebody else', async () => {
    const [owner, stranger] = [await givenLinkedPerson({ credits: 1 }), await givenLinkedPerson()]
    await owner.ask(`${word} keeps ${word}`)
    const data = owner.lastMessage().reply_markup?.inline_keyboard.at(-1)?.at(-1)?.callback_data ?? ''
    expect(data).toMatch(/^page:/)
    await stranger.ask('/start')
    stranger.lastMessage().reply_markup = { inline_keyboard: [[{ text: 'x', callback_data: data }]] }
    const toasts = stranger.toasts()
    await stranger.press('x')
    expect(toasts).toEqual([{ text: expect.stringContaining('Not ready'), isAlert: true }])
    expect(stranger.lastMessage().text).not.toContain(word)
  })

  test('who asks without end is asked for patience once', async () => {
    const person = givenPerson()
    const said: string[] = []
    for (let i = 0; i < 43; i++) said.push(...(await person.say('/nonsense')).map(({ text = '' }) => text))
    expect(said.slice(0, 40)).toEqual(Array(40).fill(expect.stringContaining('/help')))
    expect(said.slice(40)).toEqual([expect.stringContaining('One thing at a time')])
  })

  test('a message that is too long, and one that is no text, are told so', async () => {
    const person = await givenLinkedPerson({ credits: 1 })
    expect(await person.ask('x'.repeat(1_001))).toContain('1000')
    expect(await person.ask('/search')).toContain('own words')
    expect(await person.ask('/nonsense')).toContain('/help')
    expect(await person.user.balance()).toBe(1)
  })
})

describe.skipIf(!hasServices)('inline mode', () => {
  test('finds films by title for everybody, and what is chosen is written', async () => {
    const person = givenPerson('ru')
    const found: Record<string, unknown>[] = []
    double().world.watch((happening) => {
      if (happening.personId === person.id && happening.kind === 'inline') found.push(happening)
    })
    await person.through(() => askInline(double(), person.id, `Tom & <Jerry> ${word} 4`))
    const [answer] = found
    expect(answer?.results).toMatchObject([
      { id: filmIds[4], title: `Том и <Джерри> ${word} 4 (1994)` },
      {},
      {},
      {},
      {},
      {},
      {},
    ])
    const written = chooseInline(double(), person.id, String(answer?.queryId), filmIds[4] ?? '')
    expect(written.text).toContain('драма, криминал')
    await person.through(() => askInline(double(), person.id, ''))
    expect(found).toHaveLength(2)
  })
})
