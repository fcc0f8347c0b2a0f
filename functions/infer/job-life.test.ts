import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Fate, givenJobLife, type Happening } from '#shared/testing/job-life.ts'
import type { ModelMood } from '#shared/testing/jobs.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import type { Fault } from '#shared/testing/wire.ts'
import { hasServices } from '#shared/testing/world.ts'

const mood = fc.constantFrom<ModelMood>('answers', 'stumbles', 'refuses')
const fate = fc.constantFrom<Fate>('answers', 'stumbles', 'refuses', 'dies')
const job = fc.nat({ max: 5 })

const fault: fc.Arbitrary<Fault | undefined> = fc.option(
  fc.record({ call: fc.nat({ max: 7 }), lost: fc.constantFrom('request', 'answer'), isFatal: fc.boolean() }),
  { nil: undefined, freq: 3 },
)

const submission = fc
  .record({
    rows: fc.integer({ min: 1, max: 3 }),
    key: fc.constantFrom('a', 'b', undefined),
    hasDeadline: fc.boolean(),
  })
  .map(({ key, rows, hasDeadline }) => ({ kind: 'submit' as const, rows, hasDeadline, key: key && `${key}-${rows}` }))
const delivery = fc.record({
  kind: fc.constant('deliver' as const),
  job,
  atOnce: fc.integer({ min: 1, max: 3 }),
  retried: fc.nat({ max: 3 }),
  mood,
})
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: submission },
  { weight: 6, arbitrary: delivery },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), job }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      what: fc.constantFrom('leases', 'deadlines', 'messages'),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: 'sweep' as const }) },
)

describe.skipIf(!hasServices)('the life of a job', () => {
  let predictorName: string
  beforeAll(async () => {
    predictorName = (await givenPredictor({ priceCredits: 3 })).predictorName
  })
  // Broken calls are logged as the errors that they are.
  beforeEach(() => {
    for (const level of ['log', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
  })

  test('whatever happens, in any order: money is exact at every step, what ended stays, and every job ends', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(happening, fault), { minLength: 3, maxLength: 18 }),
        fate,
        async (happenings, end) => {
          const life = await givenJobLife(predictorName, 20)
          for (const [it, broken] of happenings) await life.after(it, broken)
          await life.end(end)
        },
      ),
      { numRuns: 12 },
    ))

  test.each([
    ['answers', 'finished', 1],
    ['refuses', 'failed', 1],
    ['stumbles', 'failed', 4],
    ['dies', 'failed', 5],
  ] as const)('a job whose model always %s is %s, started at most %i times', async (end, status, attempts) => {
    const life = await givenJobLife(predictorName, 20)
    await life.after({ kind: 'submit', rows: 2, hasDeadline: false })
    const [ended] = await life.end(end)
    expect(ended).toMatchObject({ status, price: 6 })
    expect(ended?.attempts).toBeLessThanOrEqual(attempts)
  })
})
