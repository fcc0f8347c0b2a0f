import { benchComponents } from './bench/components.ts'
import { benchEncoding } from './bench/encoding.ts'
import { benchFilms } from './bench/films.ts'
import { benchRecommend } from './bench/recommend.ts'
import { benchSearch } from './bench/search.ts'
import { benchServing } from './bench/serving.ts'

const usage = `npm run bench [-- serving|components|encoding|films|search|recommend] [--json]

serving      paid asynchronous predictions, beside the classic stack where it is set up (see docs/benchmarks.md)
components   the embedded services, each by itself
encoding     texts into vectors, in workerd and on plain onnxruntime-web
films        ten thousand films by one call: stored, read by the encoder, while somebody looks for titles
search       films by meaning and words: latency, and recall against exact comparison, up to 100,000 films
recommend    paid searches among 5,000 films, from request to answer
--json       print the figures as JSON, too`

const benches = {
  serving: benchServing,
  components: benchComponents,
  encoding: benchEncoding,
  films: benchFilms,
  search: benchSearch,
  recommend: benchRecommend,
}

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
