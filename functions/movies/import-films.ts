import { createRoute, z } from '@hono/zod-openapi'
import { idempotencyHeader, idempotencyOf } from '#shared/idempotency.ts'
import { secured } from '#shared/identity.ts'
import { problems } from '#shared/problem.ts'
import { acceptImport } from './accept-import.ts'
import { AcceptedView } from './import-view.ts'
import { storeMessage } from './messages.ts'
import { readFilmRecords } from './read-film-records.ts'
import type { MoviesApp } from './services.ts'

export const mostRecords = 10_000
/** Room for so many films with long descriptions in two languages. */
export const maximumImportBytes = 32 * 2 ** 20

const example = { title: 'The General', year: 1926, genres: ['Action', 'Comedy', 'War'] }
const description = 'An engine driver chases the spies who stole his locomotive, through two armies and back again.'

const importFilms = createRoute({
  operationId: 'importFilms',
  method: 'post',
  path: '/movies/import',
  tags: ['Administration'],
  summary: 'Take in many films',
  description: `Up to ${mostRecords.toLocaleString('en')} records. Each that is no film is reported by its index, with the reason; the
others go in. They are stored and encoded in the background: ask \`GET /movies/imports/{import_id}\` how far it has come. A film
with a known title and year changes that one. Years may be text, genres one text with commas or bars between; other members
are left out. Films are taken from the body alone: files in the films folder are picked up at the start of a local system.`,
  ...secured('admin'),
  request: {
    headers: idempotencyHeader,
    body: {
      required: true,
      content: {
        'application/json': {
          schema: z
            .array(z.unknown())
            .min(1)
            .max(mostRecords)
            .openapi({
              type: 'array',
              items: { $ref: '#/components/schemas/FilmRecord' },
              example: [{ ...example, description }],
            }),
        },
      },
    },
  },
  responses: {
    202: {
      description: 'Taken in; how far it has come is told at `location`',
      headers: z.object({ location: z.string() }),
      content: { 'application/json': { schema: AcceptedView } },
    },
    ...problems(401, 403, 422),
  },
})

export function registerImportFilms(app: MoviesApp) {
  app.openapi(importFilms, async (c) => {
    const ctx = c.get('ctx')
    const records = c.req.valid('json')
    const idempotency = idempotencyOf(c.req.valid('header')['idempotency-key'], 'importFilms', records)
    const delivery = { ...readFilmRecords(records), source: 'api', idempotency }
    const { importId, accepted, rejected, replayed } = await acceptImport(ctx, delivery)
    if (replayed) c.header('idempotent-replayed', 'true')
    else ctx.log('info', 'films_accepted', { import_id: importId, accepted, rejected: rejected.length })
    // After the answer: its records are their own outbox, so that a lost message is found by the sweep.
    ctx.defer(ctx.queue.publish([storeMessage(importId, 'first')]))
    c.header('location', `/movies/imports/${importId}`)
    return c.json({ import_id: importId, accepted, rejected }, 202)
  })
}
