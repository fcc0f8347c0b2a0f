import { z } from '@hono/zod-openapi'
import { type SQL, sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { reconcile } from '#functions/balance/reconcile.ts'
import { createInferApp } from '#functions/infer/app.ts'
import movies from '#functions/movies/index.ts'
import predict from '#functions/predict/index.ts'
import { ModelError } from '#models/_runtime/model-error.ts'
import type { ModelRuntime } from '#models/_runtime/model-runtime.ts'
import { type Answer, call, signedDelivery } from './call.ts'
import type { TestUser } from './users.ts'
import { testBindings } from './world.ts'

/** What a model does with a job: answer, fail in a way that may pass, or fail for good. */
export type ModelMood = 'answers' | 'stumbles' | 'refuses'

/** A model runtime that does as it is told. */
export function moodyModels() {
  const state = { mood: 'answers' as ModelMood, runs: 0, beforeAnswer: async () => {} }
  const runtime: ModelRuntime = {
    async predict(_artefact, manifest, columns) {
      state.runs++
      const { mood } = state
      await state.beforeAnswer()
      if (mood !== 'answers') throw new ModelError(`it ${mood}`, { retryable: mood === 'stumbles' })
      const rows = columns[manifest.features[0]?.name ?? '']?.length ?? 0
      const row = { value: 1, interval: { lower: 0, upper: 2, coverage: 0.9 }, contributions: { x: 1 } }
      return { rows: Array.from({ length: rows }, () => row), timings: { cold: false, loadMs: 0, runMs: 1 } }
    },
    release: async () => {},
  }
  return { state, app: createInferApp(runtime) }
}

export type InferApp = ReturnType<typeof createInferApp>

/** The bindings of one test file: one isolate, as in production. Made late, since a project may have no services. */
let made: ReturnType<typeof testBindings> | undefined
function bindings() {
  made ??= testBindings()
  return made
}

export function submit(token: string, predictorName: string, headers: Record<string, string> = {}, rows = 1) {
  const body = { model_name: predictorName, data: { x: Array.from({ length: rows }, (_, row) => row % 10) } }
  return call(predict, 'POST', '/predict', { token, headers, body, bindings: bindings() })
}

export function search(token: string, headers: Record<string, string> = {}) {
  return call(movies, 'POST', '/recommend', { token, headers, body: { query: 'a heist' }, bindings: bindings() })
}

export function cancel(token: string, jobId: string): Promise<Answer> {
  return call(predict, 'POST', `/predict/${jobId}/cancel`, { token, bindings: bindings() })
}

/** Delivers a job as the queue does; by hand, so as often and in such an order as a test likes. */
export async function deliver(app: InferApp, jobId: string, retried = 0): Promise<Answer> {
  const delivery = await signedDelivery({ path: '/infer', body: { job_id: jobId }, retried })
  return call(app, 'POST', '/infer', { ...delivery, bindings: bindings() })
}

/** Runs the cron; what it defers is awaited, too. */
export async function sweep(): Promise<void> {
  const deferred: Promise<unknown>[] = []
  await predict.scheduled({}, bindings(), { waitUntil: (work: Promise<unknown>) => void deferred.push(work) })
  await Promise.all(deferred)
}

/** Lets time pass for one user's open jobs, in the database, whose clock alone decides. */
export async function age({ ctx, userId }: TestUser, what: 'leases' | 'deadlines' | 'messages'): Promise<void> {
  const changes: Record<typeof what, SQL> = {
    leases: sql`lease_expires_at = lease_expires_at - interval '1 hour'`,
    deadlines: sql`deadline_at = deadline_at - interval '1 day'`,
    messages: sql`updated_at = updated_at - interval '1 day'`,
  }
  await ctx.db.execute(
    sql`update jobs set ${changes[what]} where user_id = ${userId} and status in ('queued', 'running')`,
  )
}

const Job = z.object({
  id: z.string(),
  status: z.string(),
  attempts: z.number(),
  price: z.coerce.number(),
  /** All columns as one text, to see whether anything has changed. */
  snapshot: z.string(),
})
export type JobState = z.infer<typeof Job>

/** The user's jobs, oldest first. */
export async function jobsOf({ ctx, userId }: TestUser): Promise<JobState[]> {
  const { rows } = await ctx.db.execute(
    sql`select id, status, attempts, price_credits as price, jobs::text as snapshot from jobs where user_id = ${userId} order by id`,
  )
  return z.array(Job).parse(rows)
}

export const isFinal = ({ status }: { status: string }) => ['finished', 'failed', 'cancelled'].includes(status)

export async function expectSound({ ctx, userId }: TestUser): Promise<void> {
  expect((await reconcile(ctx, userId)).violations).toEqual([])
}
