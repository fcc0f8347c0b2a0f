import { z } from '@hono/zod-openapi'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { validateColumns } from '#models/_runtime/validate-columns.ts'
import { InvalidRequest } from '#shared/problem.ts'
import type { Predictor } from './predictor-catalogue.ts'

/** What somebody wants predicted. What each column may hold is checked against the predictor's manifest. */
export const Ask = z
  .object({
    model_name: z.string().max(64).openapi({ example: 'random_forest' }),
    data: z.record(z.string(), z.unknown()).openapi({
      type: 'object',
      additionalProperties: {
        type: 'array',
        items: { oneOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }] },
      },
      description: 'One array per feature, all of the same length: one entry a row',
      example: exampleData(),
    }),
  })
  .openapi('Ask')

/**
 * @returns number of rows
 * @throws InvalidRequest that names every column and row that is wrong
 */
export function rowsThatFit(manifest: Manifest, data: Record<string, unknown>): number {
  const checked = validateColumns(manifest, data)
  if (!checked.ok) throw new InvalidRequest(checked.problems)
  return checked.rows
}

/** Every row is a prediction of its own. */
export function priceOf({ priceCredits }: Predictor, rows: number): number {
  return priceCredits * rows
}

/** A car of the training data. */
export function exampleData() {
  return {
    symboling: [1],
    fueltype: ['gas'],
    aspiration: ['std'],
    doornumber: ['two'],
    carbody: ['hatchback'],
    drivewheel: ['fwd'],
    enginelocation: ['front'],
    wheelbase: [93.7],
    carlength: [157.3],
    carwidth: [63.8],
    carheight: [50.8],
    curbweight: [1876],
    enginetype: ['ohc'],
    cylindernumber: ['four'],
    enginesize: [90],
    fuelsystem: ['2bbl'],
    boreratio: [2.97],
    stroke: [3.23],
    compressionratio: [9.4],
    horsepower: [68],
    peakrpm: [5500],
    citympg: [31],
    highwaympg: [38],
  }
}
