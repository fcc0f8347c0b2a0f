import type { Manifest } from '#models/_runtime/manifest.ts'

const known = { required: true, nullable: false }

/** A predictor with a feature of every type. */
export const toyManifest: Manifest = {
  name: 'toy',
  domain: 'toys',
  title: 'Toy',
  task: 'regression',
  summary: '',
  features: [
    { ...known, name: 'power', label: 'Power of it', type: 'number', unit: 'hp', range: [0, 10], default: 5.5 },
    { ...known, name: 'doors', label: 'Doors', type: 'integer', range: [2, 4], default: 4, nullable: true },
    { ...known, name: 'fuel', label: 'Fuel', type: 'category', choices: ['gas', 'diesel'], default: 'gas' },
    { name: 'maker', label: 'Maker', type: 'text', maxLength: 8, default: 'audi', required: false, nullable: true },
  ],
  output: { name: 'price', label: 'Price', unit: 'USD' },
}
