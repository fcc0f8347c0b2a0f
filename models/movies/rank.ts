/** A film that a search has to place. */
export interface Candidate {
  id: string
  title: string
  titleRu: string | null
  description: string
  descriptionRu: string | null
  year: number
  /** Of the query's vector and the film's nearest one; -1 to 1. */
  cosine: number
}

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

/** Best first: by meaning, the nearest vector before all others. */
export function rank<T extends Candidate>(candidates: readonly T[], limit: number): Ranked<T>[] {
  return candidates
    .toSorted((a, b) => b.cosine - a.cosine)
    .slice(0, limit)
    .map((film) => ({
      film,
      score: Math.max(0, Math.min(1, film.cosine)),
      why: { kind: 'meaning', detail: 'close in meaning' },
    }))
}
