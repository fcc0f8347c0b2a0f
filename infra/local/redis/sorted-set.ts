import type { Bytes } from './reply.ts'

export interface ScoredMember {
  readonly member: Bytes
  readonly score: number
}

/** Order of Redis: by score, equal scores by the bytes of the member. */
export function compareScored(a: ScoredMember, b: ScoredMember): number {
  if (a.score !== b.score) return a.score < b.score ? -1 : 1
  return a.member === b.member ? 0 : a.member < b.member ? -1 : 1
}

/** A map from member to score that is also kept in order, so that ranks and ranges are binary searches. */
export class SortedSet {
  readonly #scores = new Map<Bytes, number>()
  readonly #ordered: ScoredMember[] = []

  get size(): number {
    return this.#ordered.length
  }

  /** All members in ascending order. */
  get ordered(): readonly ScoredMember[] {
    return this.#ordered
  }

  score(member: Bytes): number | undefined {
    return this.#scores.get(member)
  }

  set(member: Bytes, score: number): void {
    const known = this.#scores.get(member)
    if (known === score) return
    if (known !== undefined) this.#ordered.splice(this.#position({ member, score: known }), 1)
    const entry = { member, score: score === 0 ? 0 : score } // there is one zero
    this.#scores.set(member, entry.score)
    this.#ordered.splice(this.#position(entry), 0, entry)
  }

  delete(member: Bytes): boolean {
    const score = this.#scores.get(member)
    if (score === undefined) return false
    this.#ordered.splice(this.#position({ member, score }), 1)
    return this.#scores.delete(member)
  }

  rank(member: Bytes): number | undefined {
    const score = this.#scores.get(member)
    return score === undefined ? undefined : this.#position({ member, score })
  }

  clone(): SortedSet {
    const copy = new SortedSet()
    for (const { member, score } of this.#ordered) copy.set(member, score)
    return copy
  }

  /** Index of the first entry that is not before this one. */
  #position(entry: ScoredMember): number {
    let low = 0
    let high = this.#ordered.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const candidate = this.#ordered[middle]
      if (candidate && compareScored(candidate, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
