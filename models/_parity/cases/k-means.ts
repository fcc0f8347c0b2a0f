import { distancesToCentres, fitKMeans, type KMeansModel, predictKMeans } from '../../_learn/clusters/k-means.ts'
import type { Matrix } from '../../_learn/matrix.ts'
import { createRandom } from '../../_learn/random.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addCentreDistances, addNearestCentre } from '../../_onnx/k-means.ts'
import { feedOf } from '../feed-of.ts'
import type { MadeCase, ParityCase } from '../parity-case.ts'
import { mixedScales } from '../tables/mixed-scales.ts'

const ROWS = 1_000
const CLUSTERS = 9

/** Two columns of numbers around four middles, and two of categories, where something is missing here and there. */
function mixedColumns(seed: number) {
  const random = createRandom(seed)
  const group = Int32Array.from({ length: ROWS }, () => random.integer(4))
  const column = (value: (group: number) => number) =>
    Float32Array.from(group, (one) => (random.next() < 0.05 ? Number.NaN : value(one)))
  const columns = [
    column((one) => 100 * one + 30 * random.next()),
    column((one) => (random.next() < 0.8 ? one : random.integer(7))),
    column((one) => 5e-3 * (one % 2) + 1e-3 * random.next()),
    column(() => random.integer(3) - 1),
  ]
  return { rows: ROWS, columns }
}

const mixedCase: ParityCase = {
  name: 'k-means on mixed data',
  async make() {
    const model = await fitKMeans(mixedColumns(1), {
      clusters: CLUSTERS,
      seed: 1,
      categorical: [1, 3],
      standardise: true,
    })
    const matrix = mixedColumns(2)
    matrix.columns[3]?.fill(17, 0, 10) // a category that was never seen
    return compare(model, matrix)
  },
}

const numericCase: ParityCase = {
  name: 'k-means on numbers of mixed scales',
  async make() {
    const { matrix } = mixedScales()
    return compare(await fitKMeans(matrix, { clusters: CLUSTERS, seed: 2, standardise: true }), matrix)
  },
}

function compare(model: KMeansModel, matrix: Matrix): MadeCase {
  const graph = new GraphBuilder('k_means')
  const distances = addCentreDistances(graph, graph.input('x', 'float', matrix.columns.length), model)
  graph.output('distances', distances, 'float', CLUSTERS)
  graph.output('cluster', addNearestCentre(graph, distances), 'int64')
  return {
    artefact: graph.build(),
    feeds: [feedOf('x', matrix)],
    expected: { distances: distancesToCentres(model, matrix), cluster: predictKMeans(model, matrix) },
  }
}

export const kMeansCases: readonly ParityCase[] = [mixedCase, numericCase]
