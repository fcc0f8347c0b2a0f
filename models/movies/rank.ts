import { asWritten, type Candidate, coverage, type Evidence, evidenceFor, type Frequencies } from './evidence.ts'
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
 * What the words of a query add to its meaning, in terms of cosine. Squared, so that a few words in common, which chance
 * gives, count for next to nothing, and many for much: measured on the development queries, see docs/movies.md.
 */
const weightOfWords = 0.35
/** From here on words are named among the reasons. */
const tellingCoverage = 0.3

/**
 * Best first. Meaning decides the order, helped by words that a film has in common with the query; they overrule it where
 * they leave no doubt: a title, a quotation, a name.
 */
export function rank<T extends Candidate>(
  candidates: readonly T[],
  query: Query,
  frequencies: Frequencies,
  limit: number,
): Ranked<T>[] {
  const weighed = candidates.map((film) => {
    const covered = coverage(film, frequencies)
    const fit = film.cosine + weightOfWords * covered ** 2
    return { film, covered, fit, evidence: evidenceFor(film, query, frequencies) }
  })
  return withScores(weighed.toSorted(byEvidence).slice(0, limit), query)
}

interface Weighed<T> {
  film: T
  evidence: Evidence | undefined
  /** Of what the query's words say, the share that the film has. */
  covered: number
  /** Meaning and words together. */
  fit: number
}

function byEvidence(a: Weighed<unknown>, b: Weighed<unknown>): number {
  const tiers = (b.evidence?.tier ?? 0) - (a.evidence?.tier ?? 0)
  return tiers || (b.evidence?.strength ?? 0) - (a.evidence?.strength ?? 0) || b.fit - a.fit
}

/** From the last film up, so that what stands higher never has less. */
function withScores<T extends Candidate>(ordered: readonly Weighed<T>[], query: Query): Ranked<T>[] {
  let score = 0
  return ordered
    .toReversed()
    .map((weighed) => {
      const { film, evidence, fit } = weighed
      score = Math.max(score, evidence ? Math.min(1, 0.5 + 0.1 * evidence.tier) : Math.max(0, Math.min(1, fit)))
      return { film, score, why: whyOf(weighed, query) }
    })
    .toReversed()
}

function whyOf({ film, evidence, covered }: Weighed<Candidate>, query: Query): Why {
  if (evidence) return { kind: evidence.kind, detail: evidence.detail, terms: evidence.terms }
  if (covered < tellingCoverage) return { kind: 'meaning', detail: 'close in meaning' }
  return { kind: 'words', detail: 'close in meaning, and has these words', terms: asWritten(film.matched, query) }
}
