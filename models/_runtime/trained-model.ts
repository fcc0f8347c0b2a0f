import { z } from 'zod'
import { Manifest } from './manifest.ts'

/** What is known about a trained model besides its bytes: the file that training leaves beside each artefact. */
export const TrainedModelRecord = z.object({
  manifest: Manifest,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().positive(),
  /** By cross-validation, unless the name says otherwise; of an imported model on the rows that it was checked with. */
  metrics: z.record(z.string(), z.number()),
  /** What the recipe and its learner were told. */
  parameters: z.record(z.string(), z.unknown()),
  /** Of the file of the training data; of an imported model that of the rows that it was checked with. */
  dataSha256: z.string(),
  /** Of what was trained here; who imports a model need not know it. */
  seed: z.int().optional(),
  /** For one row. */
  priceCredits: z.int().min(1),
})
export type TrainedModelRecord = z.infer<typeof TrainedModelRecord>

export interface TrainedModel extends TrainedModelRecord {
  /** The ONNX file that `sha256` names. */
  artefact: Uint8Array
}
