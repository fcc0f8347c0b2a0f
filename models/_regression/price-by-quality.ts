import type { TrainedModel } from '../_runtime/trained-model.ts'

const CREDITS_PER_RANK = 5

/** The best model costs most: each rank of explained variance costs as much again as the worst model. */
export function priceByQuality(models: readonly Omit<TrainedModel, 'priceCredits'>[]): TrainedModel[] {
  const qualities = [...new Set(models.map(({ metrics }) => metrics.r2 ?? 0))].sort((a, b) => a - b)
  return models.map((model) => ({
    ...model,
    priceCredits: (qualities.indexOf(model.metrics.r2 ?? 0) + 1) * CREDITS_PER_RANK,
  }))
}
