import { z } from '@hono/zod-openapi'
import { HostedEncoder } from '#models/_encoders/manifest.ts'
import { json, recordingEnv } from '#shared/env.ts'
import { serviceBinding } from '#shared/service-binding.ts'

/** The part of an R2 bucket that is used. */
export interface Bucket {
  get(key: string): Promise<{ arrayBuffer(): Promise<ArrayBuffer> } | null>
}

const bucket = z.custom<Bucket>((value) => typeof value === 'object' && value !== null && 'get' in value)

export const encodeEnv = z.object({
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']),
  /** The encoders' files, as `scripts/encoders.ts` leaves them. */
  ASSETS: serviceBinding,
  /** The same files in R2, by the same names: asked instead where it is bound. */
  ENCODERS: bucket.optional(),
  /** Manifest of an encoder elsewhere, as JSON: listed after the one that is built in. */
  HOSTED_ENCODER: z.preprocess((text) => text || undefined, json.pipe(HostedEncoder).optional()),
  HOSTED_ENCODER_TOKEN: z.string().optional(),
  ...recordingEnv.shape,
})

export type EncodeEnv = z.infer<typeof encodeEnv>
