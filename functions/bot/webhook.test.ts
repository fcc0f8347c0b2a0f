import { describe, expect, test } from 'vitest'
import { say } from '#infra/local/telegram/people.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { hasServices } from '#shared/testing/world.ts'
import { secretHeader } from './sent-by-telegram.ts'
import { double, givenPerson, post, rowOf, work } from './testing/chat.ts'

const nothing = { update_id: Number.MAX_SAFE_INTEGER - 5 }

describe.skipIf(!hasServices)('the webhook', () => {
  test.each<Record<string, string>>([
    {},
    { [secretHeader]: '' },
    { [secretHeader]: 'wrong' },
    { [secretHeader]: 'a-secret-of-test' },
    { [secretHeader]: 'a-secret-of-tests!' },
    { authorization: 'Bearer a-secret-of-tests' },
  ])('refuses who does not know the secret, and keeps nothing: %j', async (headers) => {
    expectRefusal(await post(nothing, headers), { status: 401 })
    expect(await rowOf(nothing.update_id)).toBeUndefined()
  })

  test('takes an update once, however often it is sent, and answers it once', async () => {
    const person = givenPerson()
    const [update = { update_id: 0 }] = await person.happened(() => say(double(), person.id, '/start'))
    const id = update.update_id
    const answers = await Promise.all([post(update), post(update), post(update)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(answers.filter(({ body }) => JSON.stringify(body).includes('"is_new":true'))).toHaveLength(1)
    await Promise.all([work(id), work(id)])
    await post(update)
    await work(id)
    expect(person.chat.messages.filter(({ from }) => from.is_bot)).toHaveLength(1)
    expect(await rowOf(id)).toMatchObject({ is_done: true, attempts: 1, is_empty: true })
  })

  const chat = { id: 1, type: 'private', first_name: 'x' }
  const from = { id: 1, is_bot: false, first_name: 'x' }
  test.each<object>([
    {},
    { message: null },
    { message: 'text' },
    { message: { message_id: 1, chat, date: 1 } },
    { message: { message_id: 1, chat: { id: 'one' }, from, date: 1, text: 'x' } },
    { message: { message_id: 1, chat, from, date: 1, text: 7 } },
    { message: { message_id: 1, chat, from, date: 1, text: '/start', entities: 'many' } },
    { callback_query: { id: 1, from, data: 'like:film_' } },
    { inline_query: { id: 'x', from, query: 4 } },
    { chat_member: { chat, from, date: 1 } },
    { __proto_: {}, message: { constructor: 1 } },
  ])('keeps what it does not understand, and does nothing with it: %j', async (content) => {
    const update = { update_id: Math.floor(Math.random() * 2 ** 50), ...content }
    expect((await post(update)).status).toBe(200)
    expect((await work(update.update_id)).body).toMatchObject({ outcome: 'done' })
    expect(await rowOf(update.update_id)).toMatchObject({ is_done: true, attempts: 1 })
  })

  test.each([{ update_id: -1 }, { update_id: 1.5 }, { update_id: '1' }, {}, { update_id: 2 ** 60 }])(
    'refuses what has no id: %j',
    async (update) => {
      expectRefusal(await post(update), { status: 422 })
    },
  )

  test.each([
    '<b>bold</b> & <script>alert(1)</script>',
    "'; drop table films; --",
    '<'.repeat(1_000),
    '\u202Eevil\u0007 \uFFFF 👩‍👩‍👧‍👦 ﷽',
    '/link <b>',
    '/start link_&lt;',
    '/nonsense@other_bot',
    '%_\\',
  ])('answers hostile text as any other: %j', async (text) => {
    expect(await givenPerson('en', '<b>&"</b>').say(text)).toHaveLength(1)
  })

  test('greets by name whoever has marks in it', async () => {
    expect(await givenPerson('en', '<b>&"</b>').ask('/start')).toContain('Hello, <b>&"</b>!')
  })
})
