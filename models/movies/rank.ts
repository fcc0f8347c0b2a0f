import { type Candidate, type Evidence, evidenceFor, type Frequencies } from './evidence.ts'
import type { Query } from './read-query.ts'

export interface Why {
  kind: 'meaning' | 'title' | 'words' | 'quote' | 'taste' | 'popular'
  detail: string
  terms?: string[] | undefined
}

export interface Ranked<T> {
  film: T
  /** 0 to 1, falling from film to film. */
  score: number
  why: Why
}

/**
 * Best first. Meaning decides the order, and words overrule it only where they leave no doubt: a title, a quotation, a
 * name. To add the two up would cost more than it gives (docs/movies.md has the numbers).
 */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  query: Query,
  frequencies: Frequencies,
  limit: number,
): Ranked<T>[] {
  const weighed = candidates.map((film) => ({ film, evidence: evidenceFor(film, query, frequencies) }))
  const ordered = weighed
    .toSorted(
      (a, b) =>
        (b.evidence?.tier ?? 0) - (a.evidence?.tier ?? 0) ||
        (b.evidence?.strength ?? 0) - (a.evidence?.strength ?? 0) ||
        b.film.cosine - a.film.cosine,
    )
    .slice(0, limit)
  return withScores(ordered)
}

interface Weighed<T> {
  film: T
  evidence: Evidence | undefined
}

/** From the last film up, so that what stands higher never has less. */
function withScores<T extends Candidate>(ordered: readonly Weighed<T>[]): Ranked<T>[] {
  let score = 0
  return ordered
    .toReversed()
    .map(({ film, evidence }) => {
      score = Math.max(score, evidence ? Math.min(1, 0.5 + 0.1 * evidence.tier) : clamp(film.cosine))
      return { film, score, why: whyOf(evidence) }
    })
    .toReversed()
}

function whyOf(evidence: Evidence | undefined): Why {
  if (!evidence) return { kind: 'meaning', detail: 'close in meaning' }
  const { kind, detail, terms } = evidence
  return { kind, detail, terms }
}

const clamp = (value: number) => Math.max(0, Math.min(1, value))
