import pg from 'pg'
import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import { services, setDatabase } from './world.ts'

/** A database for the tests of one file, where they change what all rows have in common, such as which encoder serves. */
export async function givenOwnDatabase() {
  const { serverUrl } = services()
  const databaseUrl = serverUrl && (await createDatabaseAt(serverUrl))
  const postgres = await startPostgres(databaseUrl ? { databaseUrl } : {})
  const { connectionString, fetchEndpoint } = postgres
  await migrate(createDatabase(connectionString, fetchEndpoint))
  setDatabase({ databaseUrl: connectionString, fetchEndpoint })
  return { close: postgres.close }
}

async function createDatabaseAt(serverUrl: string): Promise<string> {
  const name = `own_${crypto.randomUUID().replaceAll('-', '')}`
  const client = new pg.Client(serverUrl)
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
