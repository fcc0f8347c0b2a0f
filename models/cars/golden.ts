import { z } from 'zod'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'

const Column = z.array(z.union([z.number(), z.string(), z.null()]))

/** Inputs and outputs that every runtime must reproduce. */
export const Golden = z.object({
  seed: z.int(),
  cases: z.record(z.string(), z.array(z.union([z.number(), z.string(), z.null()]))),
  predictors: z.record(
    z.string(),
    z.object({
      sha256: z.string(),
      rows: z.array(
        z.object({
          value: z.number(),
          interval: z.object({ lower: z.number(), upper: z.number(), coverage: z.number() }),
          contributions: z.record(z.string(), z.number()),
        }),
      ),
    }),
  ),
})
export type Golden = z.infer<typeof Golden>

/** A roadster, a misspelt family car with unknown values, a diesel without a name, and a make that nobody knows. */
const CASES: Record<string, z.infer<typeof Column>> = {
  symboling: [3, 1, -1, 2],
  CarName: ['alfa-romero giulia', 'toyouta corolla 1200', null, 'Tatra 613'],
  fueltype: ['gas', 'gas', 'diesel', 'gas'],
  aspiration: ['std', 'std', 'turbo', 'std'],
  doornumber: ['two', null, 'four', 'four'],
  carbody: ['convertible', 'hatchback', 'sedan', 'sedan'],
  drivewheel: ['rwd', 'fwd', 'rwd', 'rwd'],
  enginelocation: ['front', 'front', 'front', 'rear'],
  wheelbase: [88.6, 95.7, 110, 117.3],
  carlength: [168.8, 158.7, 190.9, 199.2],
  carwidth: [64.1, 63.6, 70.3, 70.9],
  carheight: [48.8, 54.5, 56.5, 59],
  curbweight: [2548, 1985, 3515, 3700],
  enginetype: ['dohc', 'ohc', 'ohc', 'dohcv'],
  cylindernumber: ['four', 'four', 'five', 'eight'],
  enginesize: [130, 92, 183, 213],
  fuelsystem: ['mpfi', '2bbl', 'idi', 'mpfi'],
  boreratio: [3.47, null, 3.58, 3.3],
  stroke: [2.68, null, 3.64, 3.1],
  compressionratio: [9, 9, 21.5, 9.3],
  horsepower: [111, null, 123, 165],
  peakrpm: [5000, null, 4350, 5200],
  citympg: [21, 35, 22, 14],
  highwaympg: [27, 39, 25, 19],
}

export async function makeGolden(models: readonly TrainedModel[]): Promise<Golden> {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const predictors: Record<string, unknown> = {}
  for (const { artefact, sha256, manifest } of models) {
    const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, CASES)
    predictors[manifest.name] = { sha256, rows }
  }
  runtime.release()
  return Golden.parse({ seed: models[0]?.seed ?? 0, cases: CASES, predictors })
}
