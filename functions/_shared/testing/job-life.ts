import { expect } from 'vitest'
import type { Answer } from './call.ts'
import {
  age,
  cancel,
  deliver,
  expectSound,
  isFinal,
  type JobState,
  jobsOf,
  type ModelMood,
  moodyModels,
  search,
  submit,
  sweep,
} from './jobs.ts'
import { givenUser, type TestUser } from './users.ts'
import { type Fault, onWire, type Traffic, wasBrokenByTest } from './wire.ts'

/** What can happen to the jobs of a user. Jobs are named by their place in line. */
export type Happening =
  | { kind: 'submit'; rows: number; key?: string | undefined; hasDeadline: boolean }
  | { kind: 'search'; key?: string | undefined }
  | { kind: 'deliver'; job: number; atOnce: number; retried: number; mood: ModelMood }
  | { kind: 'cancel'; job: number }
  | { kind: 'pass'; what: 'leases' | 'deadlines' | 'messages' }
  | { kind: 'sweep' }

/** What the model does for the rest of time; `dies` takes its Worker with it. */
export type Fate = ModelMood | 'dies'

/** Enough for every job to be given up, though other tests' sweeps take up some of ours and lose their messages. */
const maximumRounds = 40
/** The Worker takes the job and is never heard of again. */
const deathAfterClaim: Fault = { call: 1, lost: 'request', isFatal: true }

export async function givenJobLife(predictorName: string, credits: number) {
  const user = await givenUser({ credits })
  return new JobLife(user, await user.token(), predictorName, credits)
}

/** The jobs of one user, all that can happen to them, and what must be true of them after anything. */
export class JobLife {
  readonly models = moodyModels()
  readonly user: TestUser
  readonly #token: string
  readonly #predictorName: string
  readonly #credits: number
  #known = new Map<string, JobState>()
  #deliveries = 0

  constructor(user: TestUser, token: string, predictorName: string, credits: number) {
    this.user = user
    this.#token = token
    this.#predictorName = predictorName
    this.#credits = credits
  }

  /** Lets something happen, with or without a fault, and checks that all is well whatever came of it. */
  async after(happening: Happening, fault?: Fault): Promise<Traffic> {
    let answers: Answer[] = []
    const traffic = await onWire(async () => {
      answers = await this.#perform(happening)
    }, fault)
    if (traffic.error !== undefined && !wasBrokenByTest(traffic.error)) throw traffic.error
    // On a sound wire a delivery may be told to come again; nothing else is ever our fault.
    const faulty = answers.filter(({ status }) => status >= 500 && !(happening.kind === 'deliver' && status === 503))
    if (fault === undefined) expect(faulty).toEqual([])
    await this.check()
    return traffic
  }

  async #perform(happening: Happening): Promise<Answer[]> {
    switch (happening.kind) {
      case 'submit': {
        const { key, rows, hasDeadline } = happening
        const headers = { ...(key && { 'idempotency-key': key }), ...(hasDeadline && { 'cancel-after': '1h' }) }
        return [await submit(this.#token, this.#predictorName, headers, rows)]
      }
      case 'search':
        // It starts its job itself.
        this.#deliveries++
        return [await search(this.#token, happening.key ? { 'idempotency-key': happening.key } : {})]
      case 'deliver': {
        const { atOnce, retried, mood } = happening
        const id = this.#jobAt(happening.job)
        this.models.state.mood = mood
        return id ? Promise.all(Array.from({ length: atOnce }, () => this.#deliver(id, retried))) : []
      }
      case 'cancel': {
        const id = this.#jobAt(happening.job)
        return id ? [await cancel(this.#token, id)] : []
      }
      case 'pass':
        await age(this.user, happening.what)
        return []
      case 'sweep':
        await sweep()
        return []
    }
  }

  #jobAt(place: number): string | undefined {
    const ids = [...this.#known.keys()]
    return ids[place % ids.length]
  }

  #deliver(jobId: string, retried: number) {
    this.#deliveries++
    return deliver(this.models.app, jobId, retried)
  }

  /** Money is exact, what ended has not changed since, and no job was started more often than it was delivered. */
  async check(): Promise<JobState[]> {
    const jobs = await jobsOf(this.user)
    await expectSound(this.user)
    for (const job of jobs) {
      const before = this.#known.get(job.id)
      if (before && isFinal(before)) expect(job).toEqual(before)
      expect(job.attempts).toBeGreaterThanOrEqual(before?.attempts ?? 0)
    }
    expect(jobs.reduce((sum, job) => sum + job.attempts, 0)).toBeLessThanOrEqual(this.#deliveries)
    this.#known = new Map(jobs.map((job) => [job.id, job]))
    return jobs
  }

  /**
   * Time passes, the cron runs, the queue delivers what was published, and nothing else happens any more: until every
   * job has ended, and the wallet is what it was, less what finished.
   */
  async end(fate: Fate): Promise<JobState[]> {
    for (let round = 0; round < maximumRounds; round++) {
      const jobs = await this.check()
      if (jobs.every(isFinal)) return this.#checkBill(jobs)
      await age(this.user, 'leases')
      await age(this.user, 'messages')
      const { messages } = await onWire(sweep)
      const ids = messages.flatMap(({ body }) => (body.job_id && this.#known.has(body.job_id) ? [body.job_id] : []))
      for (const id of ids) await this.#deliverAsQueueDoes(id, fate)
    }
    throw new Error(`after ${maximumRounds} rounds some jobs have not ended`)
  }

  async #checkBill(jobs: JobState[]): Promise<JobState[]> {
    const paid = jobs.filter(({ status }) => status === 'finished').reduce((sum, { price }) => sum + price, 0)
    expect(await this.user.balance()).toBe(this.#credits - paid)
    expect(await this.user.held()).toBe(0)
    return jobs
  }

  /** Until an answer says that it is done, or the last attempt. */
  async #deliverAsQueueDoes(jobId: string, fate: Fate) {
    this.models.state.mood = fate === 'dies' ? 'answers' : fate
    for (let retried = 0, status = 500; retried <= 3 && status >= 500; retried++) {
      await onWire(
        async () => {
          status = (await this.#deliver(jobId, retried)).status
        },
        fate === 'dies' ? deathAfterClaim : undefined,
      )
    }
  }
}
