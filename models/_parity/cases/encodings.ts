import { applyImputer, fitImputer } from '../../_learn/encoding/imputer.ts'
import { fitMinMaxScaler } from '../../_learn/encoding/min-max-scaler.ts'
import { applyOneHot, fitOneHot } from '../../_learn/encoding/one-hot.ts'
import { applyOrdinal, fitOrdinal } from '../../_learn/encoding/ordinal.ts'
import { applyClipper, fitQuantileClipper } from '../../_learn/encoding/quantile-clipper.ts'
import { applyScaling } from '../../_learn/encoding/scaling.ts'
import { fitStandardScaler } from '../../_learn/encoding/standard-scaler.ts'
import { applyTargetEncoding, fitTargetEncoding } from '../../_learn/encoding/target-encoding.ts'
import type { Matrix } from '../../_learn/matrix.ts'
import { createRandom } from '../../_learn/random.ts'
import { addClipper } from '../../_onnx/clipper.ts'
import { GraphBuilder, type Value } from '../../_onnx/graph-builder.ts'
import { addImputer } from '../../_onnx/imputer.ts'
import { addStringLookup } from '../../_onnx/key-lookup.ts'
import { addOneHot } from '../../_onnx/one-hot.ts'
import { addOrdinal } from '../../_onnx/ordinal.ts'
import { addScaler } from '../../_onnx/scaler.ts'
import type { Feed } from '../../_runtime/encode-feeds.ts'
import { feedOf } from '../feed-of.ts'
import type { ParityCase } from '../parity-case.ts'

const ROWS = 1_000
const TRAINING_ROWS = 600

/** Columns of very different sizes with gaps, one that never changes and one that training rows do not know. */
function numbers(): { training: Matrix; all: Matrix } {
  const random = createRandom(1)
  const columns = [1, 1_000, 0.01, 0, 30].map((scale, j) =>
    Float64Array.from({ length: ROWS }, (_, row) => {
      if (random.next() < 0.1 || (j === 4 && row < TRAINING_ROWS)) return Number.NaN
      return Math.fround(5 + scale * (random.next() - 0.5) ** 3)
    }),
  )
  return {
    training: { rows: TRAINING_ROWS, columns: columns.map((column) => column.subarray(0, TRAINING_ROWS)) },
    all: { rows: ROWS, columns },
  }
}

const WORDS = ['', 'red', 'Green', 'blue', 'süß', ' red', 'dark blue', '0', 'null', 'unseen']
const CODES = [Number.NaN, 3, 7, -1, 0, 0.1, 1_000_003, -2.5, 12, 99]

/** Rows of which the training ones lack the last category. */
function draw<Category>(categories: readonly Category[]): Category[] {
  const random = createRandom(2)
  return Array.from({ length: ROWS }, (_, row) => {
    const drawn = random.integer(categories.length - Number(row < TRAINING_ROWS))
    return categories[drawn] as Category
  })
}

const words = draw(WORDS)
const codes = Float64Array.from(draw(CODES))
const wordFeed: Feed = { name: 'x', type: 'string', data: words, rows: ROWS }
const codeFeed: Feed = feedOf('x', { rows: ROWS, columns: [codes] })

function byRows(columns: Matrix['columns']): Float64Array {
  const width = columns.length
  return Float64Array.from({ length: ROWS * width }, (_, i) => columns[i % width]?.[Math.floor(i / width)] ?? 0)
}

function numberCase(
  name: string,
  encode: (training: Matrix, all: Matrix) => { encoded: Matrix; add: (graph: GraphBuilder, input: Value) => Value },
): ParityCase {
  return {
    name,
    async make() {
      const { training, all } = numbers()
      const { encoded, add } = encode(training, all)
      const graph = new GraphBuilder('encoding')
      const output = add(graph, graph.input('x', 'float', all.columns.length))
      graph.output('encoded', output, 'float', encoded.columns.length)
      return { artefact: graph.build(), feeds: [feedOf('x', all)], expected: { encoded: byRows(encoded.columns) } }
    },
  }
}

function categoryCase(
  name: string,
  feed: Feed,
  encode: () => { columns: readonly Float64Array[]; add: (graph: GraphBuilder, input: Value) => Value },
): ParityCase {
  return {
    name,
    async make() {
      const { columns, add } = encode()
      const graph = new GraphBuilder('encoding')
      const output = add(graph, graph.input('x', feed.type === 'string' ? 'string' : 'float'))
      graph.output('encoded', output, 'float', columns.length)
      return { artefact: graph.build(), feeds: [feed], expected: { encoded: byRows(columns) } }
    },
  }
}

const SHOWN = { missing: 'column', unknown: 'column' } as const
const trainingWords = words.slice(0, TRAINING_ROWS)
const trainingCodes = codes.subarray(0, TRAINING_ROWS)

export const encodingCases: readonly ParityCase[] = [
  numberCase('standard scaler', (training, all) => {
    const scaling = fitStandardScaler(training)
    return { encoded: applyScaling(scaling, all), add: (graph, input) => addScaler(graph, input, scaling) }
  }),
  numberCase('min-max scaler', (training, all) => {
    const scaling = fitMinMaxScaler(training, { range: [-1, 2] })
    return { encoded: applyScaling(scaling, all), add: (graph, input) => addScaler(graph, input, scaling) }
  }),
  numberCase('quantile clipper', (training, all) => {
    const clipper = fitQuantileClipper(training, { lower: 0.05, upper: 0.9 })
    return { encoded: applyClipper(clipper, all), add: (graph, input) => addClipper(graph, input, clipper) }
  }),
  ...(['mean', 'median', 'most frequent', { constant: -9 }] as const).map((strategy, i) =>
    numberCase(`imputer by ${typeof strategy === 'string' ? strategy : 'constant'}`, (training, all) => {
      const imputer = fitImputer(training, { strategy, indicator: i % 2 === 0 })
      return { encoded: applyImputer(imputer, all), add: (graph, input) => addImputer(graph, input, imputer) }
    }),
  ),
  ...[{}, SHOWN].map((options, i) =>
    categoryCase(`one-hot of strings ${i + 1}`, wordFeed, () => {
      const encoding = fitOneHot(trainingWords, options)
      return { columns: applyOneHot(encoding, words), add: (graph, input) => addOneHot(graph, input, encoding) }
    }),
  ),
  ...[{}, SHOWN].map((options, i) =>
    categoryCase(`one-hot of codes ${i + 1}`, codeFeed, () => {
      const encoding = fitOneHot(trainingCodes, options)
      return { columns: applyOneHot(encoding, codes), add: (graph, input) => addOneHot(graph, input, encoding) }
    }),
  ),
  categoryCase('ordinal of strings', wordFeed, () => {
    const encoding = fitOrdinal(trainingWords)
    return { columns: [applyOrdinal(encoding, words)], add: (graph, input) => addOrdinal(graph, input, encoding) }
  }),
  categoryCase('ordinal of codes', codeFeed, () => {
    const encoding = fitOrdinal(trainingCodes, { unknown: -1 })
    return { columns: [applyOrdinal(encoding, codes)], add: (graph, input) => addOrdinal(graph, input, encoding) }
  }),
  categoryCase('target encoding', wordFeed, () => {
    const target = Float64Array.from(trainingWords, (word, row) => word.length + (row % 7))
    const encoding = fitTargetEncoding(trainingWords, target, 5)
    return {
      columns: [applyTargetEncoding(encoding, words)],
      add: (graph, input) => addStringLookup(graph, input, encoding),
    }
  }),
]
