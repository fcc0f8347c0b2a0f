import { z } from '@hono/zod-openapi'
import { sql } from 'drizzle-orm'

const Rejected = z.object({
  index: z.number().int().openapi({ description: 'In what was delivered, from 0' }),
  reason: z.string(),
})

/** What a delivery of films answers at once. */
export const AcceptedView = z
  .object({ import_id: z.string(), accepted: z.number().int(), rejected: z.array(Rejected) })
  .openapi('AcceptedImport')

/** A delivery of films, and how far it has come. */
export const ImportView = z
  .object({
    id: z.string(),
    source: z.string().openapi({ description: 'A file’s name, `api`, or `film` for a single one' }),
    status: z.enum(['running', 'finished']),
    total: z.number().int().openapi({ description: 'Records that are films' }),
    stored: z.number().int().openapi({ description: 'Of them, those that are in the catalogue' }),
    done: z.number().int().openapi({ description: 'Of them, those that a search by description finds' }),
    failed: z.number().int().openapi({ description: 'Of them, those that the encoder could not read' }),
    rejected: z.array(Rejected).openapi({ description: 'Records that are no films; of many, the first hundred' }),
    rejected_count: z.number().int(),
    created_at: z.iso.datetime(),
  })
  .openapi('FilmImport')

const ImportRow = z.object({
  id: z.string(),
  source: z.string(),
  total: z.number(),
  stored: z.coerce.number(),
  done: z.coerce.number(),
  failed: z.coerce.number(),
  rejected: z.array(Rejected),
  rejected_count: z.coerce.number(),
  created_at: z.coerce.date(),
})

export const ImportRows = z.array(ImportRow)

/** Of the row that the query calls `import`: counted now. */
export const importProgress = sql`(
  select count(item.film_id) as stored, count(*) filter (where embedding.state = 'done') as done,
    count(*) filter (where embedding.state = 'failed') as failed
  from film_import_items as item
  left join film_embeddings as embedding on embedding.film_id = item.film_id and embedding.encoder_id = (
    select encoder_id from catalogue_encoders where catalogue = 'films' and state = 'serving')
  where item.import_id = import.id)`

/** What `ImportRow` takes of the row that the query calls `import`: counted, or as written down at its end. */
export const importColumns = sql`import.id, import.source, import.total, import.created_at,
  jsonb_path_query_array(import.rejected, '$[0 to 99]') as rejected, jsonb_array_length(import.rejected) as rejected_count,
  coalesce(import.done, progress.done) as done, coalesce(import.failed, progress.failed) as failed,
  coalesce(progress.stored, import.total) as stored`

/** To join to `import`. */
export const progressOfRunning = sql`left join lateral ${importProgress} as progress on import.finished_at is null`

export function toImportView({ created_at, ...row }: z.infer<typeof ImportRow>): z.infer<typeof ImportView> {
  const status = row.done + row.failed === row.total ? ('finished' as const) : ('running' as const)
  return { ...row, status, created_at: created_at.toISOString() }
}
