import { benchComponents } from './bench/components.ts'
import { benchServing } from './bench/serving.ts'

const usage = `npm run bench [-- serving|components] [--json]

serving      paid asynchronous predictions, beside the classic stack where it is set up (see docs/benchmarks.md)
components   the embedded services, each by itself
--json       print the figures as JSON, too`

const benches = { serving: benchServing, components: benchComponents }

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const asJson = process.argv.includes('--json')
const wanted = words.length > 0 ? words : Object.keys(benches)

for (const name of wanted) {
  if (!Object.hasOwn(benches, name)) {
    console.error(usage)
    process.exit(2)
  }
}
for (const [name, bench] of Object.entries(benches)) {
  if (!wanted.includes(name)) continue
  const figures = await bench()
  if (asJson) console.log(JSON.stringify({ [name]: figures }, null, 1))
}
