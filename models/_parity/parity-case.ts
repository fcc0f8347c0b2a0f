import type { Feed } from '../_runtime/encode-feeds.ts'

/** An artefact and what its TypeScript predictor says of the same rows. */
export interface ParityCase {
  name: string
  make(): Promise<MadeCase>
}

export interface MadeCase {
  artefact: Uint8Array
  feeds: readonly Feed[]
  /** By the name of the output, row by row. NaN and infinities must come out as they are here. */
  expected: Readonly<Record<string, ArrayLike<number>>>
}
