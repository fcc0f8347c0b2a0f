import type { KeyReading } from '../_regression/feature-table.ts'
import type { Columns, Value } from '../_runtime/manifest.ts'

/** The columns of the file, in its order, under the names of the predictors' features. */
const FILE_COLUMNS = [
  'symboling',
  'normalizedlosses',
  'CarName',
  'fueltype',
  'aspiration',
  'doornumber',
  'carbody',
  'drivewheel',
  'enginelocation',
  'wheelbase',
  'carlength',
  'carwidth',
  'carheight',
  'curbweight',
  'enginetype',
  'cylindernumber',
  'enginesize',
  'fuelsystem',
  'boreratio',
  'stroke',
  'compressionratio',
  'horsepower',
  'peakrpm',
  'citympg',
  'highwaympg',
  'price',
] as const

/** Words in the file; all else is a number. */
const WORDS: ReadonlySet<string> = new Set([
  'CarName',
  'fueltype',
  'aspiration',
  'doornumber',
  'carbody',
  'drivewheel',
  'enginelocation',
  'enginetype',
  'cylindernumber',
  'fuelsystem',
])

/**
 * How the name of a car tells its make: by its first word. The aliases are the misspellings and short forms that are known
 * from copies of this table; in one of them the Mercedes-Benz rows are named after Buick, which sold no imports.
 */
export const CAR_NAME_READING: KeyReading = {
  read: 'first_word',
  aliases: {
    alfa: 'alfa-romero',
    'alfa-romeo': 'alfa-romero',
    buick: 'mercedes-benz',
    maxda: 'mazda',
    mercedes: 'mercedes-benz',
    peugeot: 'peugot',
    porcshce: 'porsche',
    toyouta: 'toyota',
    vokswagen: 'volkswagen',
    vw: 'volkswagen',
  },
}

export interface CarTable {
  rows: number
  columns: Columns
  /** US dollars of 1985; NaN is not known. */
  prices: Float64Array
}

/** The file's lines -> the cars with their features; `?` is not known. */
export function parseCars(csv: string): CarTable {
  const cars = csv
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(parseCar)
  const names = FILE_COLUMNS.filter((name) => name !== 'normalizedlosses' && name !== 'price')
  return {
    rows: cars.length,
    columns: Object.fromEntries(names.map((name) => [name, cars.map((car) => car.get(name) ?? null)])),
    prices: Float64Array.from(cars, (car) => Number(car.get('price') ?? Number.NaN)),
  }
}

/** The cars from which something can be learned. */
export function pricedCars({ rows, columns, prices }: CarTable): CarTable {
  const priced = Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(prices[row]))
  return {
    rows: priced.length,
    columns: Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, priced.map((row) => values[row] ?? null)]),
    ),
    prices: Float64Array.from(priced, (row) => prices[row] ?? Number.NaN),
  }
}

function parseCar(line: string, index: number): Map<string, Value> {
  const cells = line.split(',')
  if (cells.length !== FILE_COLUMNS.length)
    throw new Error(`line ${index + 1} has ${cells.length} of ${FILE_COLUMNS.length} columns`)
  return new Map(FILE_COLUMNS.map((name, j) => [name, parseCell(name, cells[j] ?? '', index)]))
}

function parseCell(name: string, cell: string, index: number): Value {
  if (cell === '?') return null
  if (WORDS.has(name)) return cell
  const value = Number(cell)
  if (cell.trim() === '' || !Number.isFinite(value))
    throw new Error(`line ${index + 1}: ${name} is ${JSON.stringify(cell)}, not a number`)
  return value
}
