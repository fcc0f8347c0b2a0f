import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { reconcile } from '#functions/balance/reconcile.ts'
import { givenSearchableFilms } from '#functions/movies/testing/searchable-films.ts'
import { askInline, press, say } from '#infra/local/telegram/people.ts'
import { searchPriceCredits } from '#models/movies/manifest.ts'
import { testContext } from '#shared/testing/users.ts'
import { type Fault, onWire, wasBrokenByTest } from '#shared/testing/wire.ts'
import { hasServices } from '#shared/testing/world.ts'
import { bindings, double, givenLinkedPerson, givenPerson, post, rowOf, sweep, work } from './testing/chat.ts'

const word = `w${crypto.randomUUID().slice(0, 8)}`
const credits = 20

type Step =
  | { kind: 'post' | 'work'; update: number; atOnce: number; fault: Fault | undefined }
  | { kind: 'pass' }
  | { kind: 'sweep' }
  | { kind: 'flood' }

const fault = fc.option(
  fc.record({
    call: fc.nat({ max: 14 }),
    lost: fc.constantFrom('request' as const, 'answer' as const),
    isFatal: fc.boolean(),
  }),
  { nil: undefined },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom('post' as const, 'work' as const, 'work' as const),
      update: fc.nat({ max: 3 }),
      atOnce: fc.integer({ min: 1, max: 3 }),
      fault,
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ kind: 'pass' }, { kind: 'sweep' }, { kind: 'flood' }) },
)

/** As if leases and pauses were over, and a while had passed. */
const timePasses = (ids: readonly number[]) =>
  testContext().db.execute(sql`
    update telegram_updates set created_at = created_at - interval '40 seconds',
      lease_expires_at = lease_expires_at - interval '1 hour', not_before = not_before - interval '1 hour'
    where update_id = any(${`{${ids.join(',')}}`}::bigint[])`)

async function perform(step: Step, updates: readonly { update_id: number }[], ids: readonly number[]) {
  if (step.kind === 'pass') return void (await timePasses(ids))
  if (step.kind === 'sweep') return sweep()
  if (step.kind === 'flood') {
    double().flood.limit = { messages: 1, perMs: 1_000 }
    return
  }
  const chosen = updates[step.update]
  const act = step.kind === 'post' ? () => post(chosen) : () => work(chosen?.update_id ?? 0)
  const { error } = await onWire(() => Promise.all(Array.from({ length: step.atOnce }, act)), step.fault)
  if (error !== undefined && !wasBrokenByTest(error)) throw error
}

/** Nothing goes wrong any more: what was said is repeated until it is kept, and worked on until it is done. */
async function comeToRest(updates: readonly { update_id: number }[]) {
  double().flood.limit = undefined
  for (const one of updates) await post(one)
  const ids = updates.map(({ update_id }) => update_id)
  for (let round = 0; round < 8; round++) {
    await timePasses(ids)
    for (const id of ids) await work(id)
    const rows = await Promise.all(ids.map(rowOf))
    if (rows.every((row) => row?.is_done)) return rows
  }
  throw new Error('some updates are never done')
}

describe.skipIf(!hasServices)('whatever comes twice, late, in another order, or dies on the way', () => {
  beforeAll(async () => {
    await givenSearchableFilms([{ title: `Film ${word}`, description: `The ${word} of ${word}`, genres: ['Drama'] }])
  })
  // Broken calls are logged as the errors that they are.
  beforeEach(() => {
    for (const level of ['log', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
    return () => {
      double().flood.limit = undefined
    }
  })

  test('a search is paid at most once, a like is what it was set to, and every update ends', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const person = await givenLinkedPerson({ credits })
        await person.ask(`${word} itself`)
        const asked = person.lastMessage()
        const like = asked.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? ''
        const filmId = like.replace('like:', '')
        const updates = await person.happened(() => {
          say(double(), person.id, `${word} once`)
          press(double(), person.id, asked.message_id, like)
          say(double(), person.id, '/help')
          say(double(), person.id, `${word} again`)
        })
        const ids = updates.map(({ update_id }) => update_id)
        for (const one of steps) await perform(one, updates, ids)
        const rows = await comeToRest(updates)

        const { db } = person.user.ctx
        const { rows: jobs } = await db.execute(sql`select status from jobs where user_id = ${person.user.userId}`)
        const neverGaveUp = rows.every((row) => Number(row?.attempts) < 4)
        if (neverGaveUp) {
          expect(jobs).toHaveLength(3)
          const { rows: verdicts } = await db.execute(
            sql`select verdict from film_verdicts where user_id = ${person.user.userId} and film_id = ${filmId}`,
          )
          expect(verdicts).toEqual([{ verdict: 1 }])
        } else expect(jobs.length).toBeLessThanOrEqual(3)
        const spent = credits - (await person.user.balance())
        expect(spent).toBe(jobs.filter(({ status }) => status !== 'failed').length * searchPriceCredits)
        expect((await reconcile(person.user.ctx, person.user.userId)).violations).toEqual([])
        if (steps.every((one) => one.kind !== 'flood' && !('fault' in one && one.fault)))
          expect(rows.map((row) => row?.attempts)).toEqual([1, 1, 1, 1])
      }),
      { numRuns: 6 },
    ),
  )

  test('a chat is answered in the order in which it was written, whoever is called first', async () => {
    const person = givenPerson()
    const texts = ['/start', '/help', '/language', '/link', '/history']
    const updates = await person.happened(() => texts.map((text) => say(double(), person.id, text)))
    for (const one of updates.toReversed()) await post(one)
    const answers = await Promise.all(updates.toReversed().map(({ update_id }) => work(update_id)))
    // Who comes for the very update that another is at work on, is told to come again.
    expect(answers.filter(({ status }) => status !== 200 && status !== 503)).toEqual([])
    const begin = person.chat.messages.filter(({ from }) => from.is_bot).map(({ text = '' }) => text.slice(0, 12))
    expect(begin).toEqual(['Hello, Ada! ', 'Write what y', 'Which langua', 'To link your', 'I remember s'])
  })

  test('what belongs to no chat is worked on by one delivery, however many come at once', async () => {
    const person = givenPerson()
    const updates = await person.happened(() => {
      for (const text of ['a', 'b', 'c']) askInline(double(), person.id, text)
    })
    for (const one of updates) await post(one)
    await Promise.all(updates.flatMap(({ update_id: id }) => [work(id), work(id), work(id)]))
    for (const { update_id } of updates) expect(await rowOf(update_id)).toMatchObject({ is_done: true, attempts: 1 })
  })

  test('what was never published, or left by a worker that died, is taken up by the sweep', async () => {
    const person = givenPerson()
    const [update = { update_id: 0 }] = await person.happened(() => say(double(), person.id, '/help'))
    await onWire(() => post(update), { call: 1, lost: 'request', isFatal: true })
    await onWire(() => work(update.update_id), { call: 1, lost: 'request', isFatal: true })
    expect(await rowOf(update.update_id)).toMatchObject({ is_done: false, attempts: 1 })
    await timePasses([update.update_id])
    const { messages } = await onWire(sweep)
    const mine = messages.filter(({ body }) => body.update_id === String(update.update_id))
    expect(mine).toEqual([
      {
        path: '/bot/updates',
        body: { update_id: String(update.update_id) },
        deduplicationId: `telegram-${update.update_id}-1`,
      },
    ])
    await work(update.update_id)
    expect(await rowOf(update.update_id)).toMatchObject({ is_done: true, attempts: 2 })
  })

  test('what is old is ended, then forgotten', async () => {
    const person = givenPerson()
    const [update = { update_id: 0 }] = await person.happened(() => say(double(), person.id, '/help'))
    await post(update)
    const age = (interval: string) =>
      testContext().db.execute(sql`
        update telegram_updates set created_at = now() - ${interval}::interval, done_at = done_at - ${interval}::interval
        where update_id = ${update.update_id}`)
    await age('2 hours')
    await sweep()
    expect(await rowOf(update.update_id)).toMatchObject({ is_done: true, is_empty: true, attempts: 0 })
    await age('3 days')
    await sweep()
    expect(await rowOf(update.update_id)).toBeUndefined()
  })
})

describe.skipIf(!hasServices)('when Telegram refuses, or something of ours is away', () => {
  beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => {}))

  async function given(text: string) {
    const person = givenPerson()
    const [update = { update_id: 0 }] = await person.happened(() => say(double(), person.id, text))
    await post(update)
    return { person, id: update.update_id, answers: () => person.chat.messages.filter(({ from }) => from.is_bot) }
  }

  test('who writes too fast waits as long as Telegram asks, and the queue is told so', async () => {
    const { id, answers, person } = await given('/help')
    double().flood.limit = { messages: 1, perMs: 30_000 }
    double().flood.count(person.id)
    const answer = await work(id)
    double().flood.limit = undefined
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
    const early = await work(id)
    expect([early.status, answers()]).toEqual([503, []])
    await timePasses([id])
    expect((await work(id)).status).toBe(200)
    expect(answers()).toHaveLength(1)
  })

  test('who has blocked the bot is left alone', async () => {
    const { id, person } = await given('/help')
    person.chat.isBlocked = true
    expect((await work(id)).status).toBe(200)
    expect(await rowOf(id)).toMatchObject({ is_done: true, attempts: 1 })
  })

  test('what fails again and again is told with the number that the log has', async () => {
    const { id, answers } = await given('/help')
    const broken = { ...bindings, UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9' }
    for (const status of [503, 503, 503, 200]) {
      expect((await work(id, { on: broken })).status).toBe(status)
      await timePasses([id])
    }
    expect(answers().map(({ text }) => text)).toEqual([expect.stringMatching(/went wrong[\s\S]*request_[0-9a-f]{32}/)])
  })

  test('when Telegram cannot be reached, the answer comes later', async () => {
    const { id, answers } = await given('/help')
    expect((await work(id, { on: { ...bindings, TELEGRAM_API_ROOT: 'http://127.0.0.1:9' } })).status).toBe(503)
    await timePasses([id])
    expect((await work(id)).status).toBe(200)
    expect(answers()).toHaveLength(1)
  })
})
