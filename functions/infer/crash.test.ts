import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { givenSearchableFilms } from '#functions/movies/testing/searchable-films.ts'
import { givenJobLife, type Happening, type JobLife } from '#shared/testing/job-life.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import type { Fault } from '#shared/testing/wire.ts'
import { hasServices } from '#shared/testing/world.ts'

const submission = { kind: 'submit', rows: 1, hasDeadline: true } as const
const delivery = { kind: 'deliver', job: 0, atOnce: 1, retried: 0, mood: 'answers' } as const
const lastDelivery = { ...delivery, retried: 3 } as const
const leasesPass = { kind: 'pass', what: 'leases' } as const
/** Delivered to a Worker that dies with it. */
const lostDelivery = [delivery, { call: 1, lost: 'request', isFatal: true }] as const

type Step = Happening | readonly [Happening, Fault]

/** Every path of a job: what comes before, and the step whose every call is cut in turn. */
const paths: Record<string, { before: readonly Step[]; cut: Happening }> = {
  'a submission': { before: [], cut: submission },
  'a submission with a key': { before: [], cut: { ...submission, key: 'k' } },
  'a run that succeeds': { before: [submission], cut: delivery },
  'a run that succeeds at the last attempt': { before: [submission], cut: lastDelivery },
  'a run that may succeed later': { before: [submission], cut: { ...delivery, mood: 'stumbles' } },
  'a run that fails at the last attempt': { before: [submission], cut: { ...lastDelivery, mood: 'stumbles' } },
  'a run that can never succeed': { before: [submission], cut: { ...delivery, mood: 'refuses' } },
  'two runs at once': { before: [submission], cut: { ...delivery, atOnce: 2 } },
  'a run after its holder died': { before: [submission, lostDelivery, leasesPass], cut: delivery },
  'a run after its deadline': { before: [submission, { kind: 'pass', what: 'deadlines' }], cut: delivery },
  'a search that is answered at once': { before: [], cut: { kind: 'search' } },
  'a search with a key': { before: [], cut: { kind: 'search', key: 'k' } },
  'a cancellation': { before: [submission], cut: { kind: 'cancel', job: 0 } },
  'a sweep of what was never published': {
    before: [submission, { kind: 'pass', what: 'messages' }],
    cut: { kind: 'sweep' },
  },
  'a sweep of what a dead holder left': { before: [submission, lostDelivery, leasesPass], cut: { kind: 'sweep' } },
  'a sweep of what is overdue': { before: [submission, { kind: 'pass', what: 'deadlines' }], cut: { kind: 'sweep' } },
}

const faultsAt = (call: number): Fault[] =>
  (['request', 'answer'] as const).flatMap((lost) => [
    { call, lost, isFatal: false },
    { call, lost, isFatal: true },
  ])

describe.skipIf(!hasServices)('a crash between any two steps', () => {
  let predictorName: string
  beforeAll(async () => {
    predictorName = (await givenPredictor({ priceCredits: 3 })).predictorName
    await givenSearchableFilms()
  })
  // Broken calls are logged as the errors that they are.
  beforeEach(() => {
    for (const level of ['log', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => {})
  })

  async function givenPath(before: readonly Step[]): Promise<JobLife> {
    const life = await givenJobLife(predictorName, 10)
    for (const step of before) await ('kind' in step ? life.after(step) : life.after(...step))
    return life
  }

  /** A client that was not answered asks again, if its key makes that safe. */
  async function askAgain(life: JobLife, cut: Happening) {
    if ((cut.kind !== 'submit' && cut.kind !== 'search') || cut.key === undefined) return
    await life.after(cut)
    expect(await life.check()).toHaveLength(1)
  }

  test.each(Object.entries(paths))(
    '%s: whichever call is lost, the job ends and is charged once or not at all',
    async (_name, path) => {
      const { calls } = await (await givenPath(path.before)).after(path.cut)
      expect(calls).toBeGreaterThan(0)
      const faults = Array.from({ length: Math.min(calls, 10) }, (_, call) => faultsAt(call)).flat()
      const lives: JobLife[] = []
      // One at a time: the wire is one for all.
      for (const fault of faults) {
        const life = await givenPath(path.before)
        await life.after(path.cut, fault)
        await askAgain(life, path.cut)
        lives.push(life)
      }
      for (const life of lives) await life.end('answers')
    },
  )
})
