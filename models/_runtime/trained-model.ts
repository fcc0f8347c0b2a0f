import { z } from 'zod'
import { Manifest } from './manifest.ts'

/** What is known about a trained model besides its bytes: the file that training leaves beside each artefact. */
export const TrainedModelRecord = z.object({
  manifest: Manifest,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().positive(),
  /** By cross-validation, unless the name says otherwise. */
  metrics: z.record(z.string(), z.number()),
  /** What the recipe and its learner were told. */
  parameters: z.record(z.string(), z.unknown()),
  dataSha256: z.string(),
  seed: z.int(),
  /** For one row. */
  priceCredits: z.int().min(1),
})
export type TrainedModelRecord = z.infer<typeof TrainedModelRecord>

export interface TrainedModel extends TrainedModelRecord {
  /** The ONNX file that `sha256` names. */
  artefact: Uint8Array
}
