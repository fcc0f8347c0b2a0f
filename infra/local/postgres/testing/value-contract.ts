import { NeonDbError } from '@neondatabase/serverless'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Given } from './contract.ts'

export function describeValues(given: () => Given) {
  describe('values', () => {
    test('every type comes back as it went in', async () => {
      const { sql } = given()
      const [row] = await sql`select
        ${'0b0e7d5e-6f0a-4b0e-9d7c-0123456789ab'}::uuid as uuid, ${'9223372036854775807'}::bigint as big,
        ${'12345678901234567890.123456789'}::numeric as exact, ${1.5}::float8 as float, ${42}::int as int, ${true}::bool as bool,
        ${{ a: [1, null, 'x"y'] }}::jsonb as json, ${['a', 'b"c', '{d}', null, '']}::text[] as texts,
        ${'2026-11-21T10:20:30.456Z'}::timestamptz as moment, ${Buffer.from([0, 1, 127, 128, 255])}::bytea as bytes`
      expect(row).toEqual({
        uuid: '0b0e7d5e-6f0a-4b0e-9d7c-0123456789ab',
        big: '9223372036854775807',
        exact: '12345678901234567890.123456789',
        float: 1.5,
        int: 42,
        bool: true,
        json: { a: [1, null, 'x"y'] },
        texts: ['a', 'b"c', '{d}', null, ''],
        moment: new Date('2026-11-21T10:20:30.456Z'),
        bytes: Buffer.from([0, 1, 127, 128, 255]),
      })
    })

    test('null is null, as a parameter and as a value', async () => {
      const { sql } = given()
      expect(await sql`select ${null}::text as a, ${null}::int is null as b, null as c`).toEqual([
        { a: null, b: true, c: null },
      ])
    })

    test('text is data whatever it holds', () =>
      fc.assert(
        fc.asyncProperty(hostileText, async (text) => {
          expect(await given().sql`select ${text}::text as text`).toEqual([{ text }])
        }),
        { numRuns: 50 },
      ))

    test('the character that Postgres cannot store is refused, not cut off', async () => {
      await expect(given().sql`select ${'a\0b'}::text`).rejects.toMatchObject({ code: '22021' })
    })

    test('vectors, trigrams and plain spelling are at hand', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create extension if not exists vector; create extension pg_trgm; create extension unaccent')
      expect(
        await sql`select '[1,2]'::vector <-> '[1,4]' as distance, similarity('abc', 'abc') as alike, unaccent('é') as plain`,
      ).toEqual([{ distance: 2, alike: 1, plain: 'e' }])
    })

    test('a value of two megabytes passes both ways', async () => {
      const text = 'Ж'.repeat(1_000_000)
      expect(await given().sql`select ${text}::text as text, length(${text}::text) as length`).toEqual([
        { text, length: 1_000_000 },
      ])
    })

    test('many rows come in order', async () => {
      const rows = await given().sql`select i from generate_series(1, 20000) i`
      expect(rows.map(({ i }) => i)).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1))
    })

    test('a statement of thousands of parameters is possible', async () => {
      const numbers = Array.from({ length: 10_000 }, (_, i) => i)
      const places = numbers.map((i) => `($${i + 1}::int)`).join(',')
      expect(await given().sql.query(`select sum(n)::int as sum from (values ${places}) t(n)`, numbers)).toEqual([
        { sum: 49_995_000 },
      ])
    })

    test('the full result names command, count and columns', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table full_results (id int primary key, name varchar(20))')
      const inserted = await sql.query("insert into full_results values (1, 'a'), (2, 'b') returning *", [], {
        fullResults: true,
      })
      expect(inserted).toMatchObject({
        command: 'INSERT',
        rowCount: 2,
        rows: [
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ],
      })
      expect(inserted.fields).toMatchObject([
        { name: 'id', dataTypeID: 23, columnID: 1, dataTypeSize: 4, format: 'text' },
        { name: 'name', dataTypeID: 1043, columnID: 2, dataTypeModifier: 24, format: 'text' },
      ])
      expect(await sql.query('create table full_results_2 ()', [], { fullResults: true })).toMatchObject({
        command: 'CREATE',
        rowCount: null,
      })
      expect(await sql.query('select id, name from full_results', [], { arrayMode: true })).toEqual([
        [1, 'a'],
        [2, 'b'],
      ])
    })
  })

  describe('failures', () => {
    test('a syntax error says where', async () => {
      const failure = await given()
        .sql.query('select 1 +')
        .catch((error: unknown) => error)
      expect(failure).toBeInstanceOf(NeonDbError)
      expect(failure).toMatchObject({
        code: '42601',
        position: '11',
        message: 'syntax error at end of input',
        severity: 'ERROR',
      })
    })

    test('a violated constraint is named with table and detail', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table unique_names (name text not null constraint one_name unique)')
      const insert = (name: string | null) => sql`insert into unique_names values (${name})`
      await insert('a')
      await expect(insert('a')).rejects.toMatchObject({
        code: '23505',
        constraint: 'one_name',
        table: 'unique_names',
        schema: 'public',
        detail: 'Key (name)=(a) already exists.',
      })
      await expect(insert(null)).rejects.toMatchObject({ code: '23502', column: 'name' })
    })

    test('a failed statement leaves the same statement usable', async () => {
      const divide = (by: number) => given().sql`select 10 / ${by}::int as share`
      for (const by of [2, 0, 5]) {
        if (by === 0) await expect(divide(by)).rejects.toMatchObject({ code: '22012' })
        else expect(await divide(by)).toEqual([{ share: 10 / by }])
      }
      const parse = (text: string) => given().sql`select ${text}::int as number`
      await expect(parse('x')).rejects.toMatchObject({ code: '22P02' })
      expect(await parse('7')).toEqual([{ number: 7 }])
    })

    test('several commands in one statement are refused', async () => {
      await expect(given().sql.query('select 1; select 2')).rejects.toMatchObject({ code: '42601' })
    })

    test('copying and an empty statement do no harm', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table copied (id int)')
      await expect(sql`copy copied from stdin`).rejects.toMatchObject({ code: '57014' })
      await sql`copy copied to stdout`
      expect(await sql``).toEqual([])
      expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
    })
  })

  describe('changes of the schema', () => {
    test('a statement used before sees the table as it is now', async () => {
      const { postgres, sql } = given()
      await postgres.exec('create table changing (id int primary key, value int); insert into changing values (1, 7)')
      const select = () => sql`select * from changing where value = ${7}`
      expect(await select()).toEqual([{ id: 1, value: 7 }])
      await sql`alter table changing add column extra text default 'new'`
      expect(await select()).toEqual([{ id: 1, value: 7, extra: 'new' }])
      await sql`alter table changing alter column value type text`
      expect(await select()).toEqual([{ id: 1, value: '7', extra: 'new' }])
      // A function hides the change from whoever looks at commands.
      await postgres.exec(
        `create function widen() returns void language plpgsql as $$ begin alter table changing add column hidden int; end $$`,
      )
      expect(await select()).toHaveLength(1)
      await sql`select widen()`
      expect(await select()).toEqual([{ id: 1, value: '7', extra: 'new', hidden: null }])
    })
  })
}

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  fc.constantFrom(
    "'; drop table t; --",
    '\\',
    '\\x00',
    '$1',
    '{}',
    '{"a":1}',
    'NULL',
    '""',
    "E'\\''",
    '\r\n\t',
    '😀',
    '\u2028',
    '\ufeffx',
  ),
)
