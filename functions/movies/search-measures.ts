import type { Context } from '#shared/context.ts'
import { counter, histogram } from '#shared/measures.ts'
import { Problem } from '#shared/problem.ts'

export const searchCounter = counter(
  'auspex_searches_total',
  'Searches for films, by outcome: found, nothing, failed',
  ['kind', 'outcome'],
)
export const searchSeconds = histogram(
  'auspex_search_duration_seconds',
  'Searches for films, whole and by part: encode (the query’s vector), words (films by words, meanwhile), find (all candidates)',
  ['kind', 'part'],
  [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
)
export const searchResults = histogram(
  'auspex_search_results',
  'Films that a search found',
  ['kind'],
  [0, 1, 3, 5, 10, 20, 50],
)

export type SearchKind = 'query' | 'personal' | 'similar'
export type SearchPart = 'encode' | 'words' | 'find' | 'whole'

/** Times a part of a search, whether it succeeds or not. */
export async function timedPart<T>(
  { metrics, clock }: Pick<Context, 'metrics' | 'clock'>,
  kind: SearchKind,
  part: SearchPart,
  work: () => Promise<T>,
): Promise<T> {
  const startedMs = clock.now().getTime()
  try {
    return await work()
  } finally {
    metrics.observe(searchSeconds, { kind, part }, (clock.now().getTime() - startedMs) / 1000)
  }
}

/** Counts a search and what it found, and times the whole of it. One that was refused was none. */
export async function measuredSearch<T extends readonly unknown[] | { films: readonly unknown[] }>(
  ctx: Pick<Context, 'metrics' | 'clock'>,
  kind: SearchKind,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const found = await timedPart(ctx, kind, 'whole', work)
    const number = 'films' in found ? found.films.length : found.length
    ctx.metrics.add(searchCounter, { kind, outcome: number > 0 ? 'found' : 'nothing' })
    ctx.metrics.observe(searchResults, { kind }, number)
    return found
  } catch (error) {
    const isRefused = error instanceof Problem && error.status < 500
    if (!isRefused) ctx.metrics.add(searchCounter, { kind, outcome: 'failed' })
    throw error
  }
}
