import { fitAls } from '#models/_learn/factors/als.ts'
import { sortInteractions } from '#models/_learn/factors/als-interactions.ts'
import { recommend } from '#models/_learn/factors/als-recommend.ts'
import { nodeTeam } from '#models/_learn/kernels/node-team.ts'
import { createRandom, permutation } from '#models/_learn/random.ts'
import type { Run } from '../measurement.ts'
import { readColumns, readTableInfo } from '../read-table.ts'
import { measured } from './measured.ts'

/** So many of the users are asked for the item that was held out. */
const ASKED = 10_000
const AT = 10

export async function runAls(threads: number): Promise<Run> {
  const { rows, users = 0, items = 0 } = readTableInfo('als_100k_20k')
  const [userOf, itemOf, counts, heldOut] = readColumns('als_100k_20k', Uint32Array, 0, rows)
  if (!userOf || !itemOf || !counts || !heldOut) throw new Error('als_100k_20k has fewer than four columns')
  const part = (column: Uint32Array, wanted: number) => column.filter((_, i) => heldOut[i] === wanted)
  const known = { users: part(userOf, 0), items: part(itemOf, 0), counts: part(counts, 0) }
  const interactions = sortInteractions(users, items, known)
  const { model, run } = await measured(() =>
    fitAls(interactions, {
      factors: 32,
      regularization: 0.05,
      alpha: 10,
      iterations: 15,
      seed: 1,
      team: nodeTeam(threads),
    }),
  )
  const [testUsers, testItems] = [part(userOf, 1), part(itemOf, 1)]
  let hits = 0
  for (const i of permutation(testUsers.length, createRandom(0)).subarray(0, ASKED)) {
    const user = testUsers[i] as number
    const seen = interactions.itemOf.subarray(interactions.starts[user], interactions.starts[user + 1])
    if (recommend(model, user, AT, seen).some(({ item }) => item === testItems[i])) hits++
  }
  return { ...run, quality: { hit_at_10: hits / Math.min(ASKED, testUsers.length) } }
}
