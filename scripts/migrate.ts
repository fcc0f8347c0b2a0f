import { migrate } from '#db/migrate.ts'
import { openDatabase } from './lib/open-database.ts'

/** `npm run migrate`: brings the schema of DATABASE_URL up to date, or that of the local database. */
async function main() {
  const { db, place, close } = await openDatabase()
  try {
    const applied = await migrate(db)
    console.log(applied.length > 0 ? `Migrated ${place}: ${applied.join(', ')}` : `${place} is up to date.`)
  } finally {
    await close()
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
