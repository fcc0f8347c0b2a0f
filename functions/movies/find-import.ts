import { sql } from 'drizzle-orm'
import type { Context } from '#shared/context.ts'
import { idPattern } from '#shared/ids.ts'
import { NotFound } from '#shared/problem.ts'
import { ImportRows, importColumns, progressOfRunning, toImportView } from './import-view.ts'

/** @throws NotFound */
export async function findImport({ db }: Pick<Context, 'db'>, importId: string) {
  if (!idPattern('import').test(importId)) throw new NotFound('import')
  const { rows } = await db.execute(sql`
    select ${importColumns} from film_imports as import ${progressOfRunning} where import.id = ${importId}`)
  const [row] = ImportRows.parse(rows)
  if (!row) throw new NotFound('import')
  return toImportView(row)
}
