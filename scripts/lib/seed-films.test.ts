import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import { readSettings } from '#infra/local/settings.ts'
import { seedFilms } from './seed-films.ts'

let postgres: Awaited<ReturnType<typeof startPostgres>>
let db: Database
const folder = mkdtempSync(join(tmpdir(), 'films-'))
beforeAll(async () => {
  postgres = await startPostgres()
  db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
  await migrate(db)
})
afterAll(async () => {
  await postgres?.close()
  rmSync(folder, { recursive: true })
})

/** A start, and what it said. */
async function start() {
  const said: string[] = []
  const seeding = { db, settings: readSettings({}), step: <T>(_name: string, work: () => Promise<T>) => work() }
  await seedFilms(seeding, folder, { detail: () => {}, warn: (text) => said.push(text) })
  return said
}

const count = async () => Number((await db.execute(sql`select count(*) as n from films`)).rows[0]?.n)
const put = (name: string, content: string) => writeFileSync(join(folder, name), content)

test('the demo films are there after the first start, and the same after the second', async () => {
  expect(await start()).toEqual([])
  const films = await count()
  expect(films).toBeGreaterThanOrEqual(300)
  await start()
  expect(await count()).toBe(films)
})

test('a file in the folder is picked up once, whatever its name; bad records and files are told of', async () => {
  const before = await count()
  const film = { title: 'From a file', description: 'x', year: '2001', genres: 'Drama|War' }
  put('one.json', `\ufeff${JSON.stringify([film, { title: 'No film' }])}`)
  put('broken.json', '[{')
  put('readme.txt', 'no films')
  const said = await start()
  expect(said).toEqual([
    expect.stringMatching(/broken\.json is no JSON array of films/),
    expect.stringMatching(/^one\.json, record 1: description: .*; year: /),
  ])
  expect(await count()).toBe(before + 1)
  put('copy.json', `\ufeff${JSON.stringify([film, { title: 'No film' }])}`)
  rmSync(join(folder, 'broken.json'))
  expect(await start()).toEqual([])
  const { rows } = await db.execute(sql`select source, total, jsonb_array_length(rejected) as rejected from film_imports
    where source not in (select source from film_imports where total > 50)`)
  expect(rows).toEqual([{ source: 'one.json', total: 1, rejected: 1 }])
})

test('a changed file changes its films', async () => {
  put('one.json', JSON.stringify([{ title: 'from a FILE', description: 'changed', year: 2001, genres: [] }]))
  const before = await count()
  await start()
  expect(await count()).toBe(before)
  const { rows } = await db.execute(sql`select description from films where title = 'from a FILE'`)
  expect(rows).toEqual([{ description: 'changed' }])
})
