import pg from 'pg'
import {
  type Backend,
  beginSql,
  PostgresFault,
  type Statement,
  type StatementResult,
  type TransactionOptions,
} from './backend.ts'

const maxConnections = 16

/** A real Postgres, reached through a pool of connections. */
export async function openPool(databaseUrl: string): Promise<Backend> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: maxConnections })
  // An idle connection that breaks leaves the pool by itself; unheard, the event would end the process.
  pool.on('error', () => {})
  return {
    run: (statements, transaction) =>
      withClient(pool, (client) =>
        transaction ? runTransaction(client, statements, transaction) : runEach(client, statements),
      ),
    exec: (sqlText) =>
      withClient(pool, async (client) => {
        await client.query(sqlText)
        await client.query('DISCARD ALL')
      }),
    close: () => pool.end(),
  }
}

async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isClean = false
  try {
    const result = await work(client)
    isClean = client.getTransactionStatus() === 'I'
    return result
  } catch (error) {
    isClean = error instanceof pg.DatabaseError && client.getTransactionStatus() === 'I'
    throw asFault(error)
  } finally {
    // A connection in an unknown state, or in a transaction that somebody began by hand, is not used again.
    client.release(!isClean)
  }
}

async function runTransaction(
  client: pg.PoolClient,
  statements: readonly Statement[],
  options: TransactionOptions,
): Promise<StatementResult[]> {
  await client.query(beginSql(options))
  try {
    const results = await runEach(client, statements)
    await client.query('COMMIT')
    return results
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

async function runEach(client: pg.PoolClient, statements: readonly Statement[]): Promise<StatementResult[]> {
  const results: StatementResult[] = []
  for (const statement of statements) results.push(await runOne(client, statement))
  return results
}

interface TextQuery extends pg.QueryArrayConfig<(string | null)[]> {
  queryMode: 'extended'
}

const asText = { getTypeParser: () => (value: string | Buffer) => value }

async function runOne(client: pg.PoolClient, { query, params }: Statement): Promise<StatementResult> {
  const config: TextQuery = { text: query, values: params, rowMode: 'array', types: asText, queryMode: 'extended' }
  const { command, rowCount, rows, fields } = await client.query<(string | null)[]>(config)
  return { command: command ?? '', rowCount, rows, fields }
}

function asFault(error: unknown): unknown {
  return error instanceof pg.DatabaseError ? new PostgresFault(error.message, error) : error
}
