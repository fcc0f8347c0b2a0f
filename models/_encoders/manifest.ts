import { z } from 'zod'

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A file of an encoder: whoever keeps it may keep it under its hash. */
export const EncoderFile = z.object({ name: z.string(), sha256: Sha256, sizeBytes: z.int().positive() })
export type EncoderFile = z.infer<typeof EncoderFile>

const EncoderBase = {
  name: z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/),
  /** Of its vectors. */
  dimensions: z.int().min(1).max(2_000),
  /** Languages whose texts land near those of the same meaning: `en`, `ru`, or `*` for all. */
  languages: z.array(z.string()).min(1),
  /** Longer texts are cut. */
  maximumTokens: z.int().positive(),
  /** Put before what is searched for and before what is found, where a model was trained so. */
  prefixes: z.object({ query: z.string(), document: z.string() }).default({ query: '', document: '' }),
}

/** Runs in the Worker: graph and weights apart, so that the weights are in memory once. */
export const OnnxEncoder = z.object({
  ...EncoderBase,
  kind: z.literal('onnx'),
  files: z.object({ graph: EncoderFile, weights: EncoderFile, tokenizer: EncoderFile }),
})
export type OnnxEncoder = z.infer<typeof OnnxEncoder>

/** Runs elsewhere, behind an OpenAI-compatible `POST /embeddings`. */
export const HostedEncoder = z.object({ ...EncoderBase, kind: z.literal('hosted'), model: z.string(), url: z.url() })
export type HostedEncoder = z.infer<typeof HostedEncoder>

/** What makes vectors of texts: another model is another manifest. */
export const EncoderManifest = z.discriminatedUnion('kind', [OnnxEncoder, HostedEncoder])
export type EncoderManifest = z.infer<typeof EncoderManifest>

/** What every vector names: two encoders with the same id make the same vectors. */
export interface EncoderDescription {
  /** `name@version`. */
  id: string
  name: string
  version: string
  dimensions: number
  languages: readonly string[]
}

/** Whether texts of a language may go to it as they are. */
export function reads(encoder: Pick<EncoderDescription, 'languages'>, language: string): boolean {
  return encoder.languages.includes('*') || encoder.languages.includes(language)
}

/** A text to encode: whether it is searched for or found matters to some encoders. */
export interface EncoderInput {
  text: string
  purpose: 'query' | 'document'
}
