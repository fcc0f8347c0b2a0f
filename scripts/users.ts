import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { roles } from '#db/schema/users.ts'
import { openDatabase } from './lib/open-database.ts'

const usage = `npm run users -- role <e-mail> <${roles.join('|')}>

Gives a user another role: how the first admin is made. The database is that of DATABASE_URL, else the one that runs here.`

const Command = z.tuple([z.literal('role'), z.string().trim().toLowerCase(), z.enum(roles)])

async function main(): Promise<number> {
  const command = Command.safeParse(parseArgs({ allowPositionals: true }).positionals)
  if (!command.success) {
    console.error(usage)
    return 2
  }
  const [, email, role] = command.data
  const { db, place, close } = await openDatabase()
  try {
    const { rowCount } = await db.execute(sql`update users set role = ${role} where email = ${email}`)
    console.log(rowCount > 0 ? `${email} is ${role} now, in ${place}` : `Nobody is registered as ${email} in ${place}`)
    return rowCount > 0 ? 0 : 1
  } finally {
    await close()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
