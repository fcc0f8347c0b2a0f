import pg from 'pg'
import {
  type Backend,
  beginSql,
  leavesTraces,
  PostgresFault,
  type Statement,
  type StatementResult,
  type TransactionOptions,
} from './backend.ts'

const maxConnections = 16
const queryCanceled = '57014'

/** A real Postgres, reached through a pool of connections. */
export async function openPool(databaseUrl: string): Promise<Backend> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: maxConnections, pipeline: true })
  // An idle connection that breaks leaves the pool by itself; unheard, the event would end the process.
  pool.on('error', () => {})
  return {
    run: (statements, transaction) =>
      withClient(pool, async (client) => {
        const results = transaction
          ? await runTransaction(client, statements, transaction)
          : await Promise.all(statements.map((statement) => runOne(client, statement)))
        return { value: results, isClean: !results.some(leavesTraces) }
      }),
    exec: (sqlText) =>
      withClient(pool, async (client) => {
        await client.query(sqlText)
        return { value: undefined, isClean: false }
      }),
    close: () => pool.end(),
  }
}

interface Work<T> {
  value: T
  /** Nothing of it remains in the session. */
  isClean: boolean
}

/** A connection that the work may have changed, or broken, is not used again. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Work<T>>): Promise<T> {
  const client = await pool.connect()
  let isClean = false
  try {
    const done = await work(client)
    isClean = done.isClean && client.getTransactionStatus() === 'I'
    return done.value
  } catch (error) {
    // A refused COPY leaves the connection waiting for a sync that it has already swallowed.
    isClean = error instanceof pg.DatabaseError && error.code !== queryCanceled && client.getTransactionStatus() === 'I'
    throw asFault(error)
  } finally {
    client.release(!isClean)
  }
}

/** All statements are on their way before the first answer is back; after a failure COMMIT rolls back. */
async function runTransaction(
  client: pg.PoolClient,
  statements: readonly Statement[],
  options: TransactionOptions,
): Promise<StatementResult[]> {
  const begin = client.query(beginSql(options))
  const results = statements.map((statement) => runOne(client, statement))
  const outcomes = await Promise.allSettled([begin, ...results, client.query('COMMIT')])
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
  return Promise.all(results)
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
