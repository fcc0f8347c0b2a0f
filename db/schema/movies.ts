import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, idempotencyColumns, moment } from './columns.ts'
import { vectorOfAnyLength } from './encoders.ts'
import { type FoundFilm, jobs } from './jobs.ts'
import { users } from './users.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** Nothing is put off to a later vacuum: a list of what waits is read by every search, and has the planner shun the index. */
const upToDate = { fastupdate: false }

/** A film of the catalogue. Title and year name it: the same again changes the row. */
export const films = pgTable(
  'films',
  {
    id: text('id').primaryKey(),
    title: text('title').notNull(),
    titleRu: text('title_ru'),
    description: text('description').notNull(),
    descriptionRu: text('description_ru'),
    year: integer('year').notNull(),
    genres: text('genres').array().notNull(),
    /** Likes less dislikes; kept by the statement that changes a like. */
    popularity: integer('popularity').notNull().default(0),
    /** Words of titles and descriptions of both languages, as Postgres's own configurations stem them. */
    words: tsvector('words')
      .notNull()
      .generatedAlwaysAs(
        sql`setweight(to_tsvector('english', title || ' ' || coalesce(title_ru, '')), 'A')
          || setweight(to_tsvector('russian', title || ' ' || coalesce(title_ru, '')), 'A')
          || setweight(to_tsvector('english', description), 'B')
          || setweight(to_tsvector('russian', description || ' ' || coalesce(description_ru, '')), 'B')`,
      ),
    /** As titles are looked for: no case, no accents. */
    titleFolded: text('title_folded').notNull().generatedAlwaysAs(sql`fold_title(title)`),
    titleRuFolded: text('title_ru_folded').generatedAlwaysAs(sql`fold_title(title_ru)`),
    createdAt: createdAt(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('one_film_per_title_and_year').on(sql`lower(${table.title})`, table.year),
    index('films_by_words').using('gin', table.words).with(upToDate),
    index('films_by_title').using('gin', sql`${table.titleFolded} gin_trgm_ops`).with(upToDate),
    index('films_by_title_ru').using('gin', sql`${table.titleRuFolded} gin_trgm_ops`).with(upToDate),
    index('films_by_genre').using('gin', table.genres).with(upToDate),
    index('films_in_order_of_title').on(table.titleFolded, table.id),
    index('films_by_year').on(table.year.desc(), table.id),
    index('films_by_popularity').on(table.popularity.desc(), table.id),
  ],
)

/**
 * What an encoder made of a film's text. A row names its encoder; an index covers the rows of one (it is made when an
 * encoder is first used: `film_vectors_<version>`), so that two never mix.
 */
export const filmVectors = pgTable(
  'film_vectors',
  {
    filmId: text('film_id')
      .notNull()
      .references(() => films.id, { onDelete: 'cascade' }),
    encoderId: text('encoder_id').notNull(),
    /** Of the text that was encoded: `en` or `ru`. */
    language: text('language').notNull(),
    /** SHA-256 of the text that was encoded: another text needs another vector. */
    textSha256: text('text_sha256').notNull(),
    vector: vectorOfAnyLength('vector').notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.encoderId, table.filmId, table.language] })],
)

export const embeddingStates = ['waiting', 'done', 'failed'] as const
export const embeddingStateEnum = pgEnum('embedding_state', embeddingStates)

/** A film that an encoder has still to read: the outbox of embedding. Changed text makes it wait again. */
export const filmEmbeddings = pgTable(
  'film_embeddings',
  {
    filmId: text('film_id')
      .notNull()
      .references(() => films.id, { onDelete: 'cascade' }),
    encoderId: text('encoder_id').notNull(),
    state: embeddingStateEnum('state').notNull().default('waiting'),
    attempts: integer('attempts').notNull().default(0),
    /** Of the callback that is at work on it. */
    leaseToken: text('lease_token'),
    /** Until then nobody else takes it: it is being read, or failed a while ago. */
    leaseExpiresAt: moment('lease_expires_at'),
    error: text('error'),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.encoderId, table.filmId] }),
    index('film_embeddings_under_way').on(table.encoderId).where(sql`lease_token is not null`),
    index('film_embeddings_waiting').on(table.encoderId, table.updatedAt).where(sql`state = 'waiting'`),
  ],
)

/** A delivery of films, by HTTP or from a folder, and what became of it. */
export const filmImports = pgTable(
  'film_imports',
  {
    id: text('id').primaryKey(),
    /** Null: picked up from the folder of films. */
    userId: text('user_id').references(() => users.id),
    /** File name, or `api`. */
    source: text('source').notNull(),
    /** Of a file: what was picked up once, is not again. */
    contentSha256: text('content_sha256'),
    total: integer('total').notNull(),
    /** `[{index, reason}]` of records that are no films. */
    rejected: jsonb('rejected').$type<{ index: number; reason: string }[]>().notNull(),
    /** How many were embedded, and how many could not be, once that is known of all. */
    done: integer('done'),
    failed: integer('failed'),
    finishedAt: moment('finished_at'),
    ...idempotencyColumns(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('one_import_per_idempotency_key').on(table.userId, table.idempotencyKey),
    uniqueIndex('one_import_per_content').on(table.contentSha256),
    index('film_imports_running').on(table.id).where(sql`finished_at is null`),
    index('film_imports_by_time').on(table.createdAt.desc()),
  ],
)

/** The films of a delivery. How far it has come is read from here, and from their embeddings. */
export const filmImportItems = pgTable(
  'film_import_items',
  {
    importId: text('import_id')
      .notNull()
      .references(() => filmImports.id, { onDelete: 'cascade' }),
    /** In the delivery, from 0. */
    position: integer('position').notNull(),
    /** As it came, until it is stored as a film. */
    record: jsonb('record').$type<Record<string, unknown>>(),
    /** Null: not stored yet. */
    filmId: text('film_id').references(() => films.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.importId, table.position] }),
    index('import_items_to_store').on(table.importId, table.position).where(sql`film_id is null`),
    index('import_items_of_film').on(table.filmId),
  ],
)

/** What a person thinks of a film: 1 likes, -1 dislikes. */
export const filmVerdicts = pgTable(
  'film_verdicts',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    filmId: text('film_id')
      .notNull()
      .references(() => films.id, { onDelete: 'cascade' }),
    verdict: smallint('verdict').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.filmId] }),
    index('verdicts_on_film').on(table.filmId),
    check('verdict_is_one', sql`${table.verdict} in (-1, 1)`),
  ],
)

export const recommendationKinds = ['query', 'personal', 'similar'] as const
export const recommendationKindEnum = pgEnum('recommendation_kind', recommendationKinds)

/** What was recommended to whom: query, its vector, filters. A paid one has its job's id, and the films are its results. */
export const recommendations = pgTable(
  'recommendations',
  {
    id: text('id').primaryKey(),
    /** Of one that is paid for. */
    jobId: text('job_id').references(() => jobs.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    kind: recommendationKindEnum('kind').notNull(),
    query: text('query'),
    filters: jsonb('filters').$type<Record<string, unknown>>().notNull(),
    encoderId: text('encoder_id').notNull(),
    queryVector: vectorOfAnyLength('query_vector'),
    /** Best first. */
    films: jsonb('films').$type<FoundFilm[]>().notNull(),
    resultCount: integer('result_count').notNull(),
    durationMs: bigint('duration_ms', { mode: 'number' }).notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('recommendations_of_user').on(table.userId, table.createdAt.desc()),
    index('recommendations_by_time').on(table.createdAt),
  ],
)
