import { sql } from 'drizzle-orm'
import type { Encoders } from '#functions/encode/encoders.ts'
import { releaseJob } from '#functions/infer/claim-job.ts'
import { endJobs } from '#functions/predict/end-job.ts'
import { jobMessage } from '#functions/predict/job-message.ts'
import type { PredictorCatalogue } from '#functions/predict/predictor-catalogue.ts'
import { publishDeliveries } from '#functions/predict/publish-deliveries.ts'
import { reserveJob } from '#functions/predict/reserve-job.ts'
import { searchManifest } from '#models/movies/manifest.ts'
import type { UserContext } from '#shared/context.ts'
import type { Idempotency } from '#shared/idempotency.ts'
import { errorFields } from '#shared/log.ts'
import type { Queue } from '#shared/queue.ts'
import { type FilmQuery, type Found, findFilms } from './find-films.ts'
import type { RankedFilm } from './ranked-film.ts'
import { readRecommendation } from './read-recommendation.ts'
import { recordSearch } from './record-search.ts'
import { resultOf, toJobInput } from './search-job.ts'

/** Nobody waits longer at a page: what takes more goes to the queue. */
const patienceMs = 2_000
/** Longer than patience: a job whose holder died is taken up by the sweep after it. */
const leaseSeconds = 10

export type RecommendContext = UserContext & { encoders: Encoders; queue: Queue; predictors: PredictorCatalogue }

export interface RecommendInput extends FilmQuery {
  idempotency?: Idempotency | undefined
}

export type Recommended =
  | { kind: 'answered'; predictionId: string; cost: number; films: RankedFilm[]; replayed: boolean }
  /** Not in time: it runs as any job, and its films are read by its id. */
  | { kind: 'queued'; jobId: string; replayed: boolean }

/**
 * A paid search, answered at once where that is possible: its price is reserved while the films are looked for, and taken
 * with the answer. What fails, or takes too long, becomes an ordinary job of the queue; what dies on the way is found by
 * the sweep. Nothing found costs nothing.
 *
 * @throws InsufficientCredits
 * @throws Problem `idempotency_key_reused`
 */
export async function recommend(ctx: RecommendContext, input: RecommendInput): Promise<Recommended> {
  const startedMs = ctx.clock.now().getTime()
  const predictor = await ctx.predictors.find(ctx.db, searchManifest.name)
  const searching = findFilms(ctx, input)
  // Whether there is money is known first, or not at all: a search that failed meanwhile is looked at later.
  searching.catch(() => {})
  const { jobId, replayed, leaseToken } = await reserveJob(ctx, {
    predictorName: predictor.name,
    versionId: predictor.versionId,
    artefactSha256: predictor.artefactSha256,
    input: toJobInput(input),
    rowCount: 1,
    priceCredits: predictor.priceCredits,
    idempotency: input.idempotency,
    leaseSeconds,
  })
  if (replayed || leaseToken === undefined) return replay(ctx, jobId)
  const leftMs = patienceMs - (ctx.clock.now().getTime() - startedMs)
  const found = await inTime(ctx, searching, leftMs)
  if (!found || !(await settle(ctx, { jobId, leaseToken, startedMs, input }, found)))
    return leaveToQueue(ctx, jobId, leaseToken)
  const cost = found.films.length > 0 ? predictor.priceCredits : 0
  return { kind: 'answered', predictionId: jobId, cost, films: found.films, replayed: false }
}

/** @returns undefined when it failed, or was not there in time */
async function inTime(ctx: RecommendContext, searching: Promise<Found>, leftMs: number): Promise<Found | undefined> {
  const tooLate = ctx.clock.sleep(Math.max(0, leftMs)).then(() => undefined)
  try {
    return await Promise.race([searching, tooLate])
  } catch (error) {
    ctx.log('error', 'search_failed', errorFields(error))
    return undefined
  }
}

interface Running {
  jobId: string
  leaseToken: string
  startedMs: number
  input: RecommendInput
}

/** @returns whether this call ended the job, as far as is known */
async function settle(ctx: RecommendContext, { jobId, leaseToken, startedMs, input }: Running, found: Found) {
  const durationMs = ctx.clock.now().getTime() - startedMs
  try {
    const ended = await endJobs(
      ctx,
      sql`id = ${jobId} and status = 'running' and lease_token = ${leaseToken}`,
      { status: 'finished', results: [resultOf(found.films)], runMs: durationMs },
      recordSearch({ query: input.query, scope: input.scope, found, durationMs }),
    )
    ctx.defer(publishDeliveries(ctx, ended))
    return ended.length > 0
  } catch (error) {
    ctx.log('error', 'search_not_settled', errorFields(error))
    return false
  }
}

/** Where the job has ended after all, nothing is left to be done, and its films are there when they are asked for. */
async function leaveToQueue(ctx: RecommendContext, jobId: string, leaseToken: string): Promise<Recommended> {
  await releaseJob(ctx, jobId, leaseToken)
  ctx.defer(ctx.queue.publish([jobMessage(jobId)]))
  return { kind: 'queued', jobId, replayed: false }
}

/** What the same key was answered with before, or will be. */
async function replay(ctx: RecommendContext, jobId: string): Promise<Recommended> {
  const earlier = await readRecommendation(ctx, jobId)
  if (!earlier) return { kind: 'queued', jobId, replayed: true }
  return { kind: 'answered', predictionId: jobId, cost: earlier.cost, films: earlier.films, replayed: true }
}
