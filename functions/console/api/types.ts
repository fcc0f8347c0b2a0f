import type { z } from '@hono/zod-openapi'
import type { Manifest } from '#models/_runtime/manifest.ts'
import type { JobView } from '../../predict/job-view.ts'

// What the API answers, from the very schemas that the functions answer by.

export type Job = z.infer<typeof JobView>
export type PredictorManifest = Manifest

/** A page of a list: `next_cursor` begins the next one. */
export interface Page<Item> {
  items: Item[]
  next_cursor: string | null
}

/** A model on offer, as `GET /predictors` lists it. */
export interface Predictor extends Pick<Manifest, 'title' | 'summary' | 'domain' | 'task' | 'output' | 'features'> {
  model_name: string
  price: number
  quality: Record<string, unknown>
  classes?: string[]
  interval?: { coverage: number }
  version: number
  version_id: string
  artefact_sha256: string
  updated_at: string
}
