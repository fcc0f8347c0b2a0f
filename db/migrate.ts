import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from './client.ts'

const folder = join(import.meta.dirname, 'migrations')
const Journal = z.object({ entries: z.array(z.object({ tag: z.string() })) })

/**
 * Brings the schema up to date. Each migration is one transaction with the row that records it, so that a crash leaves
 * it either done or not begun; a recorded migration whose file has changed since is refused.
 *
 * @returns the names of the migrations that were applied now
 */
export async function migrate(db: Database): Promise<string[]> {
  await db.execute(sql`create table if not exists schema_migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
  const { rows } = await db.execute<{ name: string; sha256: string }>(sql`select name, sha256 from schema_migrations`)
  const recorded = new Map(rows.map((row) => [row.name, row.sha256]))
  const applied: string[] = []
  for (const { tag } of readJournal().entries) {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    const known = recorded.get(tag)
    if (known === sha256) continue
    if (known) throw new Error(`migration ${tag} was changed after it had been applied`)
    const statements = text.split('--> statement-breakpoint').map((statement) => db.execute(sql.raw(statement)))
    await db.batch([
      db.execute(sql`insert into schema_migrations (name, sha256) values (${tag}, ${sha256})`),
      ...statements,
    ])
    applied.push(tag)
  }
  return applied
}

function readJournal() {
  return Journal.parse(JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')))
}
