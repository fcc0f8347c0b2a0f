import { describe, expect, test } from 'vitest'
import type { Given } from './contract.ts'

export function describeRequests(given: () => Given) {
  const post = async (body: string, headers: Record<string, string> = {}) => {
    const { postgres } = given()
    const response = await fetch(postgres.fetchEndpoint, {
      method: 'POST',
      body,
      headers: { 'neon-connection-string': postgres.connectionString, ...headers },
    })
    return { status: response.status, body: await response.json() }
  }
  const query = (text: string, params: unknown[] = [], headers: Record<string, string> = {}) =>
    post(JSON.stringify({ query: text, params }), headers)

  describe('requests', () => {
    test.each([
      '',
      'garbage',
      '[]',
      'null',
      '{}',
      '{"query":1}',
      '{"query":"select 1","params":{}}',
      '{"queries":{}}',
      '{"queries":[1]}',
    ])('a malformed body is refused with a message: %s', async (body) => {
      expect(await post(body)).toEqual({ status: 400, body: { message: expect.stringContaining('request body') } })
    })

    test('a query that Postgres could not read to its end is refused', async () => {
      expect(await query('select 1 \0 from nowhere')).toMatchObject({
        status: 400,
        body: { message: expect.any(String) },
      })
    })

    test('a request without connection string is refused', async () => {
      expect(await query('select 1', [], { 'neon-connection-string': 'https://example.org' })).toMatchObject({
        status: 400,
      })
      const plain = await fetch(given().postgres.fetchEndpoint, { method: 'POST', body: '{"query":"select 1"}' })
      expect(plain.status).toBe(400)
    })

    test('a page in a browser is refused', async () => {
      expect(await query('select 1', [], { origin: 'https://example.org' })).toMatchObject({ status: 403 })
    })

    test('a request of more than 64 megabytes is refused', async () => {
      expect(await query('x'.repeat(64 * 1024 * 1024))).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('too large') },
      })
    })

    test('an unknown isolation level is refused', async () => {
      const body = JSON.stringify({ queries: [{ query: 'select 1', params: [] }] })
      expect(await post(body, { 'neon-batch-isolation-level': 'Chaos' })).toMatchObject({ status: 400 })
    })

    test('other paths and methods are not served', async () => {
      const { fetchEndpoint } = given().postgres
      expect((await fetch(new URL('/other', fetchEndpoint), { method: 'POST', body: 'x' })).status).toBe(404)
      expect((await fetch(fetchEndpoint)).status).toBe(405)
    })

    test('a failure has every field that the client copies', async () => {
      const { status, body } = await query('select nothing')
      expect(status).toBe(400)
      expect(body).toMatchObject({
        message: 'column "nothing" does not exist',
        code: '42703',
        severity: 'ERROR',
        position: '8',
        table: null,
        hint: null,
      })
    })

    test('rows are objects of JSON values unless arrays of text are asked for', async () => {
      const text = `select 1 as int, 1.50::numeric as exact, true as yes, '{"a":[1]}'::jsonb as json, 'NaN'::float8 as nan,
        array[1,null,3] as numbers, array[array['a"\\','b,c'],array['NULL','{}']] as nested, null as nothing, 9007199254740993 as big`
      const values = [
        1,
        '1.50',
        true,
        { a: [1] },
        'NaN',
        [1, null, 3],
        [
          ['a"\\', 'b,c'],
          ['NULL', '{}'],
        ],
        null,
        '9007199254740993',
      ]
      const texts = [
        '1',
        '1.50',
        't',
        '{"a": [1]}',
        'NaN',
        '{1,NULL,3}',
        '{{"a\\"\\\\","b,c"},{"NULL","{}"}}',
        null,
        '9007199254740993',
      ]
      const names = ['int', 'exact', 'yes', 'json', 'nan', 'numbers', 'nested', 'nothing', 'big']
      const asObject = (row: unknown[]) => Object.fromEntries(row.map((value, i) => [names[i], value]))
      const [array, raw] = [{ 'neon-array-mode': 'true' }, { 'neon-raw-text-output': 'true' }]
      expect((await query(text)).body).toMatchObject({ rows: [asObject(values)], rowAsArray: false })
      expect((await query(text, [], array)).body).toMatchObject({ rows: [values], rowAsArray: true })
      expect((await query(text, [], raw)).body).toMatchObject({ rows: [asObject(texts)], rowAsArray: false })
      expect((await query(text, [], { ...array, ...raw })).body).toMatchObject({ rows: [texts], rowAsArray: true })
    })

    test('parameters may be JSON values', async () => {
      const { body } = await query(
        'select $1::int + 1 as a, $2::bool as b, $3::text[] as c, $4::jsonb as d, $5::int[] as e',
        [
          41,
          true,
          ['x"y', null, 'z,'],
          { k: ['v'] },
          [
            [1, 2],
            [3, 4],
          ],
        ],
      )
      expect(body.rows).toEqual([
        {
          a: 42,
          b: true,
          c: ['x"y', null, 'z,'],
          d: { k: ['v'] },
          e: [
            [1, 2],
            [3, 4],
          ],
        },
      ])
    })
  })
}
