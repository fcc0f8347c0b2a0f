import { type ExplainedManifest, Feature } from '../_runtime/manifest.ts'
import type { CarTable } from './features.ts'

interface Description {
  label: string
  description?: string
  unit?: string
  type: 'number' | 'integer' | 'category' | 'text'
}

/** What the table cannot tell about its columns, in the order of the artefact's inputs. */
const DESCRIPTIONS: Readonly<Record<string, Description>> = {
  symboling: {
    type: 'integer',
    label: 'Risk rating',
    description: 'Insurance risk against cars of the same price: -2 is safe, 3 is risky',
  },
  CarName: { type: 'text', label: 'Car', description: 'Make, and model if you like: the make counts' },
  fueltype: { type: 'category', label: 'Fuel' },
  aspiration: { type: 'category', label: 'Aspiration', description: 'std: naturally aspirated' },
  doornumber: { type: 'category', label: 'Doors' },
  carbody: { type: 'category', label: 'Body' },
  drivewheel: { type: 'category', label: 'Drive', description: 'fwd: front, rwd: rear, 4wd: all wheels' },
  enginelocation: { type: 'category', label: 'Engine location' },
  wheelbase: { type: 'number', label: 'Wheelbase', unit: 'in' },
  carlength: { type: 'number', label: 'Length', unit: 'in' },
  carwidth: { type: 'number', label: 'Width', unit: 'in' },
  carheight: { type: 'number', label: 'Height', unit: 'in' },
  curbweight: { type: 'number', label: 'Curb weight', unit: 'lb', description: 'Without passengers and load' },
  enginetype: { type: 'category', label: 'Engine type', description: 'Arrangement of valves and camshafts' },
  cylindernumber: { type: 'category', label: 'Cylinders' },
  enginesize: { type: 'number', label: 'Engine size', unit: 'cu in' },
  fuelsystem: {
    type: 'category',
    label: 'Fuel system',
    description: 'bbl: carburettor, idi: diesel, others: injection',
  },
  boreratio: { type: 'number', label: 'Bore', unit: 'in' },
  stroke: { type: 'number', label: 'Stroke', unit: 'in' },
  compressionratio: { type: 'number', label: 'Compression ratio' },
  horsepower: { type: 'number', label: 'Power', unit: 'hp' },
  peakrpm: { type: 'number', label: 'Engine speed at peak power', unit: 'rpm' },
  citympg: { type: 'number', label: 'Mileage in town', unit: 'mpg' },
  highwaympg: { type: 'number', label: 'Mileage on highways', unit: 'mpg' },
}

/** Each feature with the range, the choices and the default that the training data show. */
export function carFeatures(table: CarTable): Feature[] {
  return Object.entries(DESCRIPTIONS).map(([name, description]) => describeFeature(name, description, table))
}

export function carManifest(
  features: Feature[],
  { name, title, summary, baseline }: Pick<ExplainedManifest, 'name' | 'title' | 'summary' | 'baseline'>,
): ExplainedManifest {
  return {
    name,
    domain: 'cars',
    title,
    task: 'regression',
    summary,
    features,
    output: { name: 'price', label: 'Price', unit: 'USD (1985)' },
    interval: { coverage: 0.9 },
    baseline,
  }
}

function describeFeature(name: string, description: Description, table: CarTable): Feature {
  const column = table.columns[name] ?? []
  const known = column.filter((value) => value !== null)
  const common = { name, ...description, required: true, nullable: known.length < column.length }
  if (description.type === 'number' || description.type === 'integer') {
    const sorted = known.map(Number).sort((a, b) => a - b)
    return Feature.parse({
      ...common,
      range: [sorted[0], sorted.at(-1)],
      default: sorted[Math.floor(sorted.length / 2)],
    })
  }
  const words = known.map(String)
  const choices = [...new Set(words)].sort()
  const mostFrequent = choices.toSorted((a, b) => count(words, b) - count(words, a))[0]
  if (description.type === 'category') return Feature.parse({ ...common, choices, default: mostFrequent })
  return Feature.parse({ ...common, choices, default: mostFrequent, maxLength: 100, required: false, nullable: true })
}

function count(words: readonly string[], word: string): number {
  return words.filter((other) => other === word).length
}
