import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { importProgress } from './import-view.ts'

/** Writes down how imports ended whose films have all been read, or could not be. From then on they stay so. */
export async function finishImports({ db }: Pick<Context, 'db'>): Promise<void> {
  await db.execute(sql`
    update film_imports set done = progress.done, failed = progress.failed, finished_at = now()
    from (
      select import.id, progress.* from film_imports as import, lateral ${importProgress} as progress
      where import.finished_at is null
    ) as progress
    where film_imports.id = progress.id and film_imports.finished_at is null
      and progress.done + progress.failed = film_imports.total`)
}
