import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nodeTeam } from '../kernels/node-team.ts'
import { createRandom, permutation } from '../random.ts'
import { type AlsModel, fitAls } from './als.ts'
import { goldenInteractions } from './als-golden-data.ts'
import { type Interactions, sortInteractions, type Triplets, transposeInteractions } from './als-interactions.ts'
import { foldInUser, recommend, recommendFor, recommendToMany, similarItems } from './als-recommend.ts'
import golden from './golden-als.json' with { type: 'json' }

const goldenModel = async (): Promise<AlsModel> => {
  const { interactions, start } = goldenInteractions(6)
  return fitAls(interactions, { seed: 0, factors: 6, regularization: 0.05, alpha: 3, iterations: 8, start })
}

/** The largest difference, as a share of the largest number. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length)
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - (actual[i] ?? Number.NaN)))) / largest
}

function scoresOf({ users, items, factors, userFactors, itemFactors }: AlsModel): Float64Array {
  return Float64Array.from({ length: users * items }, (_, at) => {
    const [user, item] = [Math.floor(at / items), at % items]
    let sum = 0
    for (let f = 0; f < factors; f++)
      sum += (userFactors[user * factors + f] ?? 0) * (itemFactors[item * factors + f] ?? 0)
    return sum
  })
}

/** Two tastes: even users met even items, odd users odd ones, but each missed one. */
function twoTastes(): Interactions {
  const pairs = Array.from({ length: 10 * 8 }, (_, i) => [i % 10, Math.floor(i / 10)] as const)
  const met = pairs.filter(([user, item]) => user % 2 === item % 2 && item !== user % 8)
  return sortInteractions(10, 8, { users: met.map(([user]) => user), items: met.map(([, item]) => item) })
}

test('one user and one item are solved by hand', async () => {
  const once = sortInteractions(1, 1, { users: [0], items: [0], counts: [4] })
  const start = { userFactors: Float32Array.of(1), itemFactors: Float32Array.of(2) }
  const model = await fitAls(once, {
    seed: 0,
    factors: 1,
    alpha: 0.5,
    regularization: 0.5,
    iterations: 1,
    start,
  })
  const user = (2 * 2) / (2 * 2 * 2 + 0.5) // c y / (c y^2 + regularisation), with c = 0.5 x 4
  expect(model.userFactors[0]).toBeCloseTo(user, 6)
  expect(model.itemFactors[0]).toBeCloseTo((2 * user) / (2 * user * user + 0.5), 6)
})

test('the factors, recommendations, similar items and folded-in users are those of implicit', async () => {
  const model = await goldenModel()
  const { interactions } = goldenInteractions(6)
  expect(difference(model.userFactors, golden.userFactors)).toBeLessThan(1e-4)
  expect(difference(model.itemFactors, golden.itemFactors)).toBeLessThan(1e-4)
  const met = interactions.itemOf.subarray(interactions.starts[5], interactions.starts[6])
  const recommended = recommend(model, 5, 4, met)
  expect(recommended.map(({ item }) => item)).toEqual(golden.recommended.items)
  expect(
    difference(
      recommended.map(({ score }) => score),
      golden.recommended.scores,
    ),
  ).toBeLessThan(1e-3)
  const similar = similarItems(model, 7, 3)
  expect(similar.map(({ item }) => item)).toEqual(golden.similar.items)
  expect(
    difference(
      similar.map(({ score }) => score),
      golden.similar.scores,
    ),
  ).toBeLessThan(1e-4)
  const folded = foldInUser(model, { items: [3, 10, 24], counts: [2, 1, 3] })
  expect(difference(folded, golden.foldedIn)).toBeLessThan(1e-4)
})

test('what users of one taste have met is recommended to one who missed it', async () => {
  const model = await fitAls(twoTastes(), { seed: 3, factors: 2, alpha: 20 })
  for (let user = 0; user < 8; user++) expect(recommend(model, user, 4).map(({ item }) => item)).toContain(user)
  expect(similarItems(model, 2, 3).map(({ item }) => item % 2)).toEqual([0, 0, 0])
  const stranger = foldInUser(model, { items: [1, 3], counts: [1, 1] })
  expect(recommendFor(model, stranger, 2, [1, 3]).map(({ item }) => item % 2)).toEqual([1, 1])
})

test('many users get together what each gets alone', async () => {
  const model = await goldenModel()
  const users = Array.from({ length: 150 }, (_, i) => (7 * i) % 39)
  const metBy = (user: number) => [user % 25, 3]
  const together = recommendToMany(model, users, 6, metBy)
  const alone = users.map((user) => recommend(model, user, 6, metBy(user)))
  expect(together.map((items) => items.map(({ item }) => item))).toEqual(
    alone.map((items) => items.map(({ item }) => item)),
  )
  const scores = (lists: typeof alone) => lists.flatMap((items) => items.map(({ score }) => score))
  expect(difference(scores(together), scores(alone))).toBeLessThan(1e-5)
  expect(recommendToMany(model, [], 6)).toEqual([])
})

test('folding in a user of the training gives nearly the factors of the training', async () => {
  const { interactions } = goldenInteractions(6)
  const model = await fitAls(interactions, { seed: 1, factors: 6, regularization: 0.05, alpha: 3, iterations: 60 })
  const [first, last] = [interactions.starts[8], interactions.starts[9]]
  const history = {
    items: interactions.itemOf.subarray(first, last),
    counts: interactions.counts.subarray(first, last),
  }
  expect(difference(foldInUser(model, history), model.userFactors.subarray(8 * 6, 9 * 6))).toBeLessThan(0.02)
})

test('a seed gives the same factors, and another seed others', async () => {
  const tastes = (seed: number) => fitAls(twoTastes(), { seed, factors: 3 })
  expect(await tastes(1)).toEqual(await tastes(1))
  expect(await tastes(1)).not.toEqual(await tastes(2))
})

test('any number of threads gives the same factors', async () => {
  const random = createRandom(6)
  const draw = (below: number) => Array.from({ length: 4_000 }, () => random.integer(below))
  const interactions = sortInteractions(6_000, 70, { users: draw(6_000), items: draw(70) })
  const learn = (size: number) => fitAls(interactions, { seed: 1, factors: 6, iterations: 2, team: nodeTeam(size) })
  expect(await learn(3)).toEqual(await learn(1))
})

test('users and items without interactions have factors of zero', async () => {
  const lonely = sortInteractions(3, 2, { users: [0, 2], items: [1, 1] })
  const model = await fitAls(lonely, { seed: 1, factors: 2 })
  expect(Array.from(model.userFactors.subarray(2, 4))).toEqual([0, 0])
  expect(Array.from(model.itemFactors.subarray(0, 2))).toEqual([0, 0])
})

test('entries in any order, in one piece or in several, are the same interactions', () => {
  const draws = fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.integer({ min: 1, max: 9 })), { minLength: 1 })
  fc.assert(
    fc.property(draws, fc.nat(), (entries, seed) => {
      const pieces = entries.flatMap(([user, item, count]) => Array.from({ length: count }, () => [user, item, 1]))
      const order = permutation(pieces.length, createRandom(seed))
      const shuffled = Array.from(order, (i) => pieces[i] ?? [])
      const sort = (rows: readonly (readonly number[])[]) => sortInteractions(6, 5, tripletsOf(rows))
      expect(sort(shuffled)).toEqual(sort(entries))
      const once = sort(entries)
      expect(transposeInteractions(transposeInteractions(once))).toEqual(once)
      expect(once.counts.reduce((sum, count) => sum + count, 0)).toBe(pieces.length)
    }),
    { numRuns: 50 },
  )
})

test('twice the counts are half the alpha', async () => {
  const { interactions } = goldenInteractions(4)
  const doubled = { ...interactions, counts: interactions.counts.map((count) => 2 * count) }
  const one = await fitAls(interactions, { seed: 1, factors: 4, alpha: 6 })
  expect(await fitAls(doubled, { seed: 1, factors: 4, alpha: 3 })).toEqual({ ...one, alpha: 3 })
})

test('the order of users does not matter', async () => {
  const { interactions, start } = goldenInteractions(5)
  const order = permutation(40, createRandom(2))
  const moved = Array.from(order)
  const triplets = { users: [] as number[], items: [] as number[], counts: [] as number[] }
  for (let user = 0; user < 40; user++)
    for (let at = interactions.starts[user] ?? 0; at < (interactions.starts[user + 1] ?? 0); at++) {
      triplets.users.push(moved[user] ?? 0)
      triplets.items.push(interactions.itemOf[at] ?? 0)
      triplets.counts.push(interactions.counts[at] ?? 0)
    }
  const userFactors = new Float32Array(start.userFactors.length)
  moved.forEach((to, from) => {
    userFactors.set(start.userFactors.subarray(5 * from, 5 * from + 5), 5 * to)
  })
  const options = { seed: 1, factors: 5, alpha: 2, iterations: 5 }
  const one = scoresOf(await fitAls(interactions, { ...options, start }))
  const shuffled = sortInteractions(40, 25, triplets)
  const other = scoresOf(await fitAls(shuffled, { ...options, start: { ...start, userFactors } }))
  const back = Float64Array.from(one, (_, at) => other[(moved[Math.floor(at / 25)] ?? 0) * 25 + (at % 25)] ?? 0)
  expect(difference(back, one)).toBeLessThan(1e-4)
})

test('progress is told, and an abort ends the training', async () => {
  const rounds: number[] = []
  await fitAls(twoTastes(), { seed: 1, iterations: 3, onProgress: ({ done }) => rounds.push(done) })
  expect(rounds).toEqual([1, 2, 3])
  const signal = AbortSignal.abort(new Error('enough'))
  await expect(fitAls(twoTastes(), { seed: 1, signal })).rejects.toThrow('enough')
})

test('what is wrong is named', async () => {
  const sort = (users: number[], items: number[], counts?: number[]) => sortInteractions(2, 2, { users, items, counts })
  expect(() => sort([0, 2], [0, 0])).toThrow('entry 1 is of user 2, but there are 2')
  expect(() => sort([0], [0.5])).toThrow('entry 0 is of item 0.5')
  expect(() => sort([0], [0, 1])).toThrow('1 users met 2 items')
  expect(() => sort([0], [0], [Number.NaN])).toThrow('entry 0 has the count NaN')
  expect(() => sort([0, 0], [0, 1], [1, Infinity])).toThrow('entry 1 has the count Infinity')
  await expect(fitAls(sort([], []), { seed: 1 })).rejects.toThrow('there are no interactions')
  const good = sort([0, 1], [0, 1])
  await expect(fitAls({ ...good, starts: Uint32Array.of(0, 1) }, { seed: 1 })).rejects.toThrow('the parts of 2 users')
  await expect(fitAls({ ...good, counts: Float32Array.of(1, -1) }, { seed: 1 })).rejects.toThrow(
    'entry 1 has the count -1',
  )
  await expect(fitAls(good, { seed: 1, factors: 0 })).rejects.toThrow('factors must be a positive whole number')
  await expect(fitAls(good, { seed: 1, alpha: Number.NaN })).rejects.toThrow('alpha must be a positive number, got NaN')
  const model = await fitAls(good, { seed: 1, factors: 2 })
  expect(() => recommend(model, 2, 1)).toThrow('there is no user 2')
  expect(() => recommendToMany(model, [0, 2], 1)).toThrow('there is no user 2')
  expect(() => recommend(model, 0, 0)).toThrow('a positive number of items')
  expect(() => foldInUser(model, { items: [0, 7], counts: [1, 1] })).toThrow('there is no item 7')
  expect(() => foldInUser(model, { items: [0], counts: [0] })).toThrow('item 0 has the count 0')
})

function tripletsOf(rows: readonly (readonly number[])[]): Triplets {
  const column = (j: number) => rows.map((row) => row[j] ?? 0)
  return { users: column(0), items: column(1), counts: column(2) }
}
