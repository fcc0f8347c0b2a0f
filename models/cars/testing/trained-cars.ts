import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { TrainedRegressor } from '../../_regression/train-regressor.ts'
import type { Columns, Value } from '../../_runtime/manifest.ts'
import { parseCars } from '../features.ts'
import { trainCarRegressors } from '../train.ts'

export function readCarsFile(): Promise<string> {
  return readFile(fileURLToPath(new URL('../imports-85.csv', import.meta.url)), 'utf8')
}

/** The predictors that are served, judged less thoroughly: the models are the same, their intervals nearly. */
export async function trainForTests(): Promise<TrainedRegressor[]> {
  return trainCarRegressors({ csv: await readCarsFile(), repeats: 1 })
}

const SPELLINGS = [
  'toyouta corona',
  'VW rabbit',
  'Porcshce',
  ' Nissan  clipper',
  'maxda',
  'vokswagen',
  'Škoda 120',
  '',
  '?',
  null,
]

/** All cars of the file, then the first ones again: each feature not known in one of them, and names spelt in many ways. */
export async function difficultCars(): Promise<{ rows: number; columns: Columns }> {
  const { rows, columns } = parseCars(await readCarsFile())
  const names = Object.keys(columns)
  const extended = names.map((name, j): [string, Value[]] => {
    const column = columns[name] ?? []
    const blanked = names.map((_, i) => (i === j ? null : (column[i] ?? null)))
    const spelt = SPELLINGS.map((spelling, i) => (name === 'CarName' ? spelling : (column[i] ?? null)))
    return [name, [...column, ...blanked, ...spelt]]
  })
  return { rows: rows + names.length + SPELLINGS.length, columns: Object.fromEntries(extended) }
}
