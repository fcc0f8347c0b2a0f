import type { EncoderInput } from './manifest.ts'

export interface Encoding {
  /** Of length 1 (L2). */
  vector: ArrayLike<number>
  /** Of the text as it was read: what was cut is not among them. */
  tokens: number
}

/** Something that turns texts into vectors. */
export interface RunningEncoder {
  /**
   * One encoding a text, in their order.
   *
   * @throws ModelError
   */
  encode(inputs: readonly EncoderInput[]): Promise<Encoding[]>
}
