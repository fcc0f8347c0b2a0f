import { PGlite } from '@electric-sql/pglite'
import { expect, test } from 'vitest'
import { PGliteSession } from './pglite-session.ts'
import { MemoryFolder, templateFolder } from './template.ts'
import { tidyOneTable } from './tidy.ts'

test('the table with the most dead rows is tidied first, and a tidy one is left alone', async () => {
  const db = await PGlite.create({ fs: new MemoryFolder(await templateFolder()) })
  const session = new PGliteSession(db)
  const run = (query: string) => session.run([{ query, params: [] }], undefined)[0]?.rows
  session.exec(`
    create table "Worn" (id int primary key, n int); create table little (id int primary key, n int);
    insert into "Worn" select i, 0 from generate_series(1, 1000) i; insert into little select i, 0 from generate_series(1, 100) i`)
  run('update "Worn" set n = 1')
  run('select pg_stat_force_next_flush()')
  expect([tidyOneTable(session), tidyOneTable(session), tidyOneTable(session)]).toEqual([
    'public."Worn"',
    'public.little',
    undefined,
  ])
  expect(run('select n_dead_tup, n_mod_since_analyze from pg_stat_user_tables')).toEqual([
    ['0', '0'],
    ['0', '0'],
  ])
  await db.close()
})
