import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFeeds } from './encode-feeds.ts'
import { Manifest } from './manifest.ts'
import { validateColumns } from './validate-columns.ts'

const known = { required: true, nullable: false }
const manifest = Manifest.parse({
  name: 'toy',
  domain: 'toys',
  title: 'Toy',
  task: 'regression',
  summary: '',
  features: [
    { ...known, name: 'power', label: 'Power', type: 'number', range: [0, 10], default: 5 },
    { ...known, name: 'doors', label: 'Doors', type: 'integer', range: [2, 4], default: 4, nullable: true },
    { ...known, name: 'fuel', label: 'Fuel', type: 'category', choices: ['gas', 'diesel'], default: 'gas' },
    { name: 'maker', label: 'Maker', type: 'text', maxLength: 5, default: '', required: false, nullable: true },
  ],
  output: { name: 'price', label: 'Price', unit: 'USD' },
  interval: { coverage: 0.9 },
  baseline: 0,
})

const good = { power: [1, 2.5], doors: [2, null], fuel: ['gas', 'diesel'], maker: ['audi', null] }

function problemsOf(data: Record<string, unknown>) {
  const result = validateColumns(manifest, data)
  return result.ok ? [] : result.problems.map(({ pointer, code }) => `${pointer} ${code}`)
}

test('good columns come back as they are, and a column that may be left out is filled with null', () => {
  const { maker: _, ...withoutMaker } = good
  expect(validateColumns(manifest, good)).toEqual({ ok: true, rows: 2, columns: good })
  expect(validateColumns(manifest, withoutMaker)).toEqual({
    ok: true,
    rows: 2,
    columns: { ...good, maker: [null, null] },
  })
})

test('every problem is named in one answer, by JSON pointer', () => {
  expect(
    problemsOf({ power: [1, '2'], doors: [3.5, 9], fuel: ['petrol', null], maker: ['toolong', 7], 'a/b~': [1] }),
  ).toEqual([
    '/data/a~1b~0 unknown_column',
    '/data/power/1 wrong_type',
    '/data/doors/0 not_an_integer',
    '/data/doors/1 out_of_range',
    '/data/fuel/0 unknown_choice',
    '/data/fuel/1 missing_value',
    '/data/maker/0 too_long',
    '/data/maker/1 wrong_type',
  ])
  expect(problemsOf({ power: [1, 2], doors: [], fuel: ['gas'] })).toEqual([
    '/data/doors empty_column',
    '/data/fuel unequal_lengths',
  ])
  expect(problemsOf({ power: 3, fuel: { 0: 'gas' } })).toEqual([
    '/data/power not_an_array',
    '/data/doors missing_column',
    '/data/fuel not_an_array',
  ])
  expect(problemsOf({ ...good, power: [Number.NaN, Number.POSITIVE_INFINITY] })).toEqual([
    '/data/power/0 not_finite',
    '/data/power/1 not_finite',
  ])
})

test('text that no database can hold is refused', () => {
  expect(problemsOf({ ...good, maker: ['a\u0000b', '\ud800'] })).toEqual([
    '/data/maker/0 invalid_text',
    '/data/maker/1 invalid_text',
  ])
})

test('names inherited from Object are not columns', () => {
  expect(problemsOf(JSON.parse('{"__proto__": [1], "constructor": [1]}'))).toContain('/data/__proto__ unknown_column')
  expect(problemsOf({})).toEqual([
    '/data/power missing_column',
    '/data/doors missing_column',
    '/data/fuel missing_column',
  ])
})

test('the list of problems is bounded, and so is the number of rows', () => {
  const hostile = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, [i]]))
  const result = validateColumns(manifest, hostile)
  expect(result).toMatchObject({ ok: false, truncated: true })
  expect(!result.ok && result.problems).toHaveLength(100)
  const rows = validateColumns(manifest, { ...good, power: new Array(20_000).fill(1) })
  expect(!rows.ok && rows.problems.map(({ code }) => code)).toEqual(['too_many_rows'])
})

test('whatever is sent, the answer is a verdict and never a throw', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('power', 'doors', 'fuel', 'maker', 'x'), fc.anything()), (data) => {
      const result = validateColumns(manifest, data)
      if (result.ok) expect(encodeFeeds(manifest, result.columns, result.rows)).toHaveLength(4)
      else expect(result.problems.length).toBeGreaterThan(0)
    }),
  )
})

test('feeds keep the order of the manifest and write unknown values as NaN and the empty string', () => {
  const feeds = encodeFeeds(manifest, good, 2)
  expect(feeds.map(({ name }) => name)).toEqual(['power', 'doors', 'fuel', 'maker'])
  expect(feeds[1]?.data).toEqual(Float32Array.of(2, Number.NaN))
  expect(feeds[3]?.data).toEqual(['audi', ''])
})

test('half a surrogate pair becomes a character that UTF-8 can carry', () => {
  const feeds = encodeFeeds(manifest, { ...good, maker: ['\ud800', 'ok'] }, 2)
  expect(feeds[3]?.data).toEqual(['\ufffd', 'ok'])
})
