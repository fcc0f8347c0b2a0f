import { type AlsModel, fitAls } from '../../_learn/factors/als.ts'
import { sortInteractions } from '../../_learn/factors/als-interactions.ts'
import { recommend } from '../../_learn/factors/als-recommend.ts'
import { createRandom } from '../../_learn/random.ts'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { addBestItems, addItemScores, addUserFactors } from '../../_onnx/matrix-factors.ts'
import type { ParityCase } from '../parity-case.ts'

const USERS = 1_000
const ITEMS = 60
const COUNT = 5

/** Users of three tastes who meet the items of theirs more often. */
function tastes(): Promise<AlsModel> {
  const random = createRandom(1)
  const users = Int32Array.from({ length: 12 * USERS }, (_, i) => i % USERS)
  const items = users.map((user) => {
    const item = random.integer(ITEMS)
    return item % 3 === user % 3 || random.next() < 0.3 ? item : (item + 1) % ITEMS
  })
  return fitAls(sortInteractions(USERS, ITEMS, { users, items }), { seed: 1, factors: 10, alpha: 10 })
}

export const alsCase: ParityCase = {
  name: 'ALS: scores and best items',
  async make() {
    const model = await tastes()
    const graph = new GraphBuilder('als')
    const user = addUserFactors(graph, graph.input('user', 'float'), model)
    const scores = addItemScores(graph, user, model)
    const best = addBestItems(graph, scores, COUNT)
    graph.output('scores', scores, 'float', ITEMS)
    graph.output('best_scores', best.scores, 'float', COUNT)
    graph.output('best_items', best.items, 'int64', COUNT)
    const ranked = Array.from({ length: USERS }, (_, user) => recommend(model, user, ITEMS))
    const expectedScores = new Float32Array(USERS * ITEMS)
    ranked.forEach((items, user) => {
      for (const { item, score } of items) expectedScores[user * ITEMS + item] = score
    })
    const expectedBest = ranked.flatMap((items) => items.slice(0, COUNT))
    return {
      artefact: graph.build(),
      feeds: [
        { name: 'user', type: 'float32', data: Float32Array.from({ length: USERS }, (_, user) => user), rows: USERS },
      ],
      expected: {
        scores: expectedScores,
        best_scores: expectedBest.map(({ score }) => score),
        best_items: expectedBest.map(({ item }) => item),
      },
    }
  },
}
