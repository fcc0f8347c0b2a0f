import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, permutation } from '../random.ts'
import { fitLevels, levelCodes } from './levels.ts'
import { applyOneHot, fitOneHot } from './one-hot.ts'
import { applyOrdinal, fitOrdinal } from './ordinal.ts'
import { applyTargetEncoding, encodeOutOfFold, fitTargetEncoding } from './target-encoding.ts'

const byRows = (columns: readonly Float64Array[]) =>
  Array.from(columns[0] ?? [], (_, row) => columns.map((column) => column[row]))

// Golden numbers of scikit-learn 1.9.1.
test('OneHotEncoder that ignores what is unknown, with a column for what is missing', () => {
  const encoding = fitOneHot(['b', 'a', '', 'b', 'c', 'a'], { missing: 'column' })
  expect(byRows(applyOneHot(encoding, ['a', '', 'z', 'c']))).toEqual([
    [1, 0, 0, 0],
    [0, 0, 0, 1],
    [0, 0, 0, 0],
    [0, 0, 1, 0],
  ])
})

test('OneHotEncoder that puts rare and unknown levels together', () => {
  const encoding = fitOneHot(['b', 'a', 'd', 'b', 'c', 'a'], { minWeight: 2, unknown: 'column' })
  expect(byRows(applyOneHot(encoding, ['a', 'z', 'c', 'b']))).toEqual([
    [1, 0, 0],
    [0, 0, 1],
    [0, 0, 1],
    [0, 1, 0],
  ])
})

test('OrdinalEncoder with numbers for what is unknown and missing', () => {
  const encoding = fitOrdinal(Float64Array.of(3, Number.NaN, 10, -1), { unknown: -1, missing: -2 })
  expect(Array.from(applyOrdinal(encoding, Float64Array.of(10, Number.NaN, 7, -1, 3)))).toEqual([2, -2, -1, 0, 1])
})

test('TargetEncoder with a smoothing of two rows', () => {
  const target = Float64Array.of(1, 4, 2, 8, 5, 7)
  const { values, fallback } = fitTargetEncoding(['b', 'a', 'd', 'b', 'c', 'a'], target, 2)
  expect(fallback).toBe(4.5)
  expect([...values]).toEqual([
    ['a', 5],
    ['b', 4.5],
    ['c', expect.closeTo(4.66666667, 8)],
    ['d', expect.closeTo(3.66666667, 8)],
  ])
})

test('an order that means something is kept', () => {
  const encoding = fitOrdinal(['low'], { order: { kind: 'string', values: ['low', 'middle', 'high'] } })
  expect(Array.from(applyOrdinal(encoding, ['high', 'low', '', 'odd']))).toEqual([2, 0, Number.NaN, Number.NaN])
})

test('codes are compared in 32 bits, as every runtime will see them', () => {
  const levels = fitLevels(Float64Array.of(0.1, Math.fround(0.1), 2))
  expect(levels.values).toEqual([Math.fround(0.1), 2])
  expect(Array.from(levelCodes(levels, Float32Array.of(0.1, 2, 3)))).toEqual([0, 1, -1])
})

test('the encoding out of fold does not look at a row of its own', () => {
  const random = createRandom(1)
  const keys = Array.from({ length: 40 }, () => 'abc'[random.integer(3)] ?? '')
  const target = Float64Array.from(keys, () => random.next())
  const options = { smoothing: 1, folds: 4, seed: 2 }
  const encoded = encodeOutOfFold(keys, target, options)
  const changed = encodeOutOfFold(keys, target.with(7, 1e6), options)
  expect(changed[7]).toBe(encoded[7])
  expect(changed).not.toEqual(encoded)
  expect(encoded).toEqual(encodeOutOfFold(keys, target, options))
})

const draws = fc.nat(1e6).map((seed) => {
  const random = createRandom(seed)
  const rows = 1 + random.integer(15)
  const keys = Array.from({ length: rows }, () => ['', 'a', 'b', 'c', 'd'][random.integer(5)] ?? '')
  const target = Float64Array.from({ length: rows }, () => random.integer(9))
  return { keys, target, random, weights: Float64Array.from({ length: rows }, () => 1 + random.integer(3)) }
})

test('the order of the training rows does not matter, and a row of weight two counts like two rows', () => {
  fc.assert(
    fc.property(draws, ({ keys, target, weights, random }) => {
      const repeated = Array.from(weights).flatMap((weight, i) => new Array<number>(weight).fill(i))
      const order = Array.from(permutation(repeated.length, random), (i) => repeated[i] ?? 0)
      const shuffled = order.map((i) => keys[i] ?? '')
      expect(fitLevels(shuffled, { minWeight: 3 })).toEqual(fitLevels(keys, { minWeight: 3, weights }))
      const one = fitTargetEncoding(keys, target, 2, weights)
      const other = fitTargetEncoding(
        shuffled,
        Float64Array.from(order, (i) => target[i] ?? 0),
        2,
      )
      expect([...other.values.keys()]).toEqual([...one.values.keys()])
      applyTargetEncoding(other, keys).forEach((value, i) => {
        expect(value).toBeCloseTo(applyTargetEncoding(one, keys)[i] ?? 0, 9)
      })
    }),
  )
})

test('one-hot columns sum to one where all that can happen has a column', () => {
  fc.assert(
    fc.property(draws, ({ keys }) => {
      const encoding = fitOneHot(keys, { missing: 'column', unknown: 'column' })
      for (const row of byRows(applyOneHot(encoding, [...keys, '', 'new'])))
        expect(row.reduce<number>((sum, value) => sum + (value ?? 0), 0)).toBe(1)
    }),
  )
})

test('strings and codes are encoded alike', () => {
  const codes = Float64Array.of(1, 2, Number.NaN, 1)
  const strings = Array.from(codes, (code) => (Number.isNaN(code) ? '' : String(code)))
  expect(applyOneHot(fitOneHot(codes), codes)).toEqual(applyOneHot(fitOneHot(strings), strings))
})

test('one category only and no known category are encoded', () => {
  expect(byRows(applyOneHot(fitOneHot(['a', 'a']), ['a', 'b']))).toEqual([[1], [0]])
  expect(fitLevels(['', '']).values).toEqual([])
  expect(Array.from(applyOrdinal(fitOrdinal(['']), ['', 'x']))).toEqual([Number.NaN, Number.NaN])
  expect(Array.from(applyOrdinal(fitOrdinal(Float64Array.of(Number.NaN)), Float64Array.of(1)))).toEqual([Number.NaN])
})

test('what cannot be encoded is refused', () => {
  expect(() => fitOneHot([])).toThrow('there are no rows')
  expect(() => fitOneHot(Float64Array.of(1, Number.NEGATIVE_INFINITY))).toThrow('the category of row 1 is -Infinity')
  expect(() => applyOneHot(fitOneHot(['a']), Float64Array.of(1))).toThrow('the levels are strings, but')
  expect(() => fitOrdinal(['a'], { order: { kind: 'string', values: ['a', 'a'] } })).toThrow(
    'the level a is there twice',
  )
  expect(() => fitOrdinal(['a'], { order: { kind: 'number', values: [Number.NaN] } })).toThrow('cannot be a level')
  expect(() => fitLevels(['a'], { weights: Float64Array.of(0) })).toThrow('not all zero')
  expect(() => fitTargetEncoding(['a'], Float64Array.of(1), -1)).toThrow('smoothing must not be negative')
  expect(() => fitTargetEncoding(['a'], Float64Array.of(Number.NaN), 1)).toThrow('the target of row 0 is NaN')
  expect(() => encodeOutOfFold(['a'], Float64Array.of(1), { smoothing: 1, seed: 1 })).toThrow('cannot be split')
})
