import { cosineDistance, relations, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/neon-http'
import { bigint, index, integer, jsonb, pgTable, text, timestamp, uuid, vector } from 'drizzle-orm/pg-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Given } from './contract.ts'

const authors = pgTable('authors', { id: uuid().primaryKey().defaultRandom(), name: text().notNull().unique() })

const books = pgTable(
  'books',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    authorId: uuid()
      .notNull()
      .references(() => authors.id),
    title: text().notNull(),
    copies: bigint({ mode: 'bigint' }).notNull(),
    tags: text().array().notNull(),
    detail: jsonb().$type<{ pages: number }>(),
    place: vector({ dimensions: 3 }),
    addedAt: timestamp({ withTimezone: true }).notNull(),
  },
  (table) => [index().using('hnsw', table.place.op('vector_cosine_ops'))],
)

const schema = {
  authors,
  books,
  authorRelations: relations(authors, ({ many }) => ({ books: many(books) })),
  bookRelations: relations(books, ({ one }) => ({
    author: one(authors, { fields: [books.authorId], references: [authors.id] }),
  })),
}

const tables = `
  create extension if not exists vector;
  create table authors (id uuid primary key default gen_random_uuid(), name text not null constraint authors_name_unique unique);
  create table books (
    id int primary key generated always as identity, "authorId" uuid not null references authors, title text not null,
    copies bigint not null, tags text[] not null, detail jsonb, place vector(3), "addedAt" timestamptz not null
  );
  create index on books using hnsw (place vector_cosine_ops)`

export function describeDrizzle(given: () => Given) {
  const open = () => drizzle(given().sql, { schema })
  const addedAt = new Date('2026-11-21T10:20:30.456Z')
  const book = { copies: 2n ** 62n, tags: ['a', 'b"c'], detail: { pages: 7 }, addedAt }

  describe('drizzle', () => {
    beforeAll(() => given().postgres.exec(tables))

    test('what is inserted is found again through relations', async () => {
      const db = open()
      const [author] = await db.insert(authors).values({ name: 'Ada' }).returning()
      if (!author) throw new Error('nothing was inserted')
      await db.insert(books).values({ ...book, authorId: author.id, title: 'Notes', place: [1, 0, 0] })
      expect(
        await db.query.authors.findFirst({ where: (row, { eq }) => eq(row.name, 'Ada'), with: { books: true } }),
      ).toMatchObject({
        id: author.id,
        books: [{ title: 'Notes', tags: book.tags, detail: book.detail, place: [1, 0, 0] }],
      })
      expect(await db.select().from(books)).toMatchObject([{ ...book, authorId: author.id }])
    })

    test('the nearest vectors come first', async () => {
      const db = open()
      const [author] = await db.insert(authors).values({ name: 'Euclid' }).returning()
      if (!author) throw new Error('nothing was inserted')
      const places = [
        [0, 1, 0],
        [0, 0.9, 0.1],
        [0, 0, 1],
      ]
      await db.insert(books).values(places.map((place, i) => ({ ...book, authorId: author.id, title: `${i}`, place })))
      const distance = cosineDistance(books.place, [0, 0.1, 1])
      const found = await db
        .select({ title: books.title, distance: sql<number>`${distance}` })
        .from(books)
        .where(sql`${books.authorId} = ${author.id}`)
        .orderBy(distance)
      expect(found.map(({ title }) => title)).toEqual(['2', '1', '0'])
    })

    test('a batch is atomic', async () => {
      const db = open()
      const insert = (name: string) => db.insert(authors).values({ name })
      await expect(db.batch([insert('Grace'), insert('Hedy'), insert('Grace')])).rejects.toMatchObject({
        code: '23505',
      })
      const [, names] = await db.batch([
        insert('Grace'),
        db.select({ name: authors.name }).from(authors).where(sql`name in ('Grace', 'Hedy')`),
      ])
      expect(names).toEqual([{ name: 'Grace' }])
    })

    test('a refused single statement carries the cause, and a raw one its count', async () => {
      const db = open()
      await db.execute(sql`insert into authors (name) values ('Emmy')`)
      await expect(db.insert(authors).values({ name: 'Emmy' })).rejects.toMatchObject({
        cause: { code: '23505', constraint: 'authors_name_unique', table: 'authors' },
      })
      const { rowCount, rows } = await db.execute(
        sql`update authors set name = 'Emmy N.' where name = ${'Emmy'} returning name`,
      )
      expect({ rowCount, rows }).toEqual({ rowCount: 1, rows: [{ name: 'Emmy N.' }] })
    })
  })
}
