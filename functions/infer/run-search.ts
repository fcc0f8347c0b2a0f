import type { SQL } from 'drizzle-orm'
import type { JobResult } from '#db/schema/jobs.ts'
import { findFilms } from '#functions/movies/find-films.ts'
import { recordSearch } from '#functions/movies/record-search.ts'
import { fromJobInput, resultOf } from '#functions/movies/search-job.ts'
import type { Columns } from '#models/_runtime/manifest.ts'
import { ModelError } from '#models/_runtime/model-error.ts'
import type { Context } from '#shared/context.ts'
import { InvalidRequest } from '#shared/problem.ts'
import type { InferServices } from './services.ts'

/** What a run gives: one result a row, how long it took, and what else is to be kept when it ends the job. */
export interface Run {
  results: readonly JobResult[]
  runMs: number
  record?: SQL
}

/**
 * Runs a job of the film search.
 *
 * @throws ModelError that will not pass when the catalogue has no such genre any more
 */
export async function runSearch(ctx: Context & InferServices, columns: Columns): Promise<Run> {
  const startedMs = ctx.clock.now().getTime()
  const search = await fromJobInput(ctx, columns).catch((cause: unknown) => {
    if (!(cause instanceof InvalidRequest)) throw cause
    throw new ModelError('the catalogue has nothing of what is asked for', { retryable: false, cause })
  })
  const found = await findFilms(ctx, search)
  const runMs = ctx.clock.now().getTime() - startedMs
  return { results: [resultOf(found.films)], runMs, record: recordSearch({ ...search, found, durationMs: runMs }) }
}
