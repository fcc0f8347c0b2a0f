import type { Feature } from '#models/_runtime/manifest.ts'
import type { Predictor } from '../../api/types.ts'
import type { CellFault } from '../../forms/check-columns.ts'
import { checkColumns } from '../../forms/check-columns.ts'
import { columnsOfDraft, type Draft } from '../../forms/draft.ts'
import { manifestOf } from '../../forms/manifest-of.ts'

/** What somebody knows of a car without its papers, in the order in which they are asked. */
const MAIN = ['CarName', 'carbody', 'fueltype', 'horsepower', 'enginesize', 'curbweight', 'citympg']

/** Features of several models, each once. */
export function featuresOf(models: readonly Predictor[]): Feature[] {
  return [...new Map(models.flatMap(({ features }) => features).map((feature) => [feature.name, feature])).values()]
}

export function splitFeatures(features: readonly Feature[]): { main: Feature[]; others: string[] } {
  const main = MAIN.flatMap((name) => features.find((feature) => feature.name === name) ?? [])
  const others = features.map(({ name }) => name).filter((name) => !MAIN.includes(name))
  return { main, others }
}

export interface CarOrder {
  model: Predictor
  body: string
}

export interface CarOrders {
  orders: CarOrder[]
  faults: CellFault[]
  price: number
}

/** The same car for each model: what each is sent, what is wrong with it, and what all of it costs. */
export function ordersOf(models: readonly Predictor[], draft: Draft, decimalComma: boolean): CarOrders {
  const checked = models.map((model) => {
    const data = columnsOfDraft(model.features, draft, decimalComma)
    const body = JSON.stringify({ model_name: model.model_name, data })
    return { model, body, faults: checkColumns(manifestOf(model), data) }
  })
  const faults = new Map(checked.flatMap((order) => order.faults).map((fault) => [fault.column, fault]))
  return {
    orders: checked.map(({ model, body }) => ({ model, body })),
    faults: [...faults.values()],
    price: models.reduce((sum, { price }) => sum + price, 0),
  }
}

/** Ids of jobs in an address: what is none is passed over. */
export function jobsInAddress(text: string | null): string[] {
  const ids = (text ?? '').split(',').filter((id) => /^\w{1,64}$/.test(id))
  return [...new Set(ids)].slice(0, 6)
}
