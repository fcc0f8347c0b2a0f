const parts = 3

/**
 * Every third value, from another one on for each turn: where the same code handles all operations, each is sent a part,
 * and every value comes to many of them.
 */
export function sharedOut<T>(values: readonly T[], turn: number): T[] {
  return values.filter((_, i) => (i + turn) % parts === 0)
}

/** A turn that a name always has. */
export function turnOf(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
}
