import { createServer } from 'node:http'
import type { TestProject } from 'vitest/node'
import { createDatabase } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { findRealPostgres, startRealPostgres } from '#infra/local/postgres/real-postgres.ts'
import { startPostgres } from '#infra/local/postgres/start.ts'
import { startRedis } from '#infra/local/redis/start.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Absent where no real Postgres was found for the project that wants one. */
    services?: {
      databaseUrl: string
      fetchEndpoint: string
      redisUrl: string
      redisToken: string
      queueUrl: string
      /** Of the real server, where it is one: databases can be made there. */
      serverUrl?: string | undefined
    }
  }
}

const redisToken = 'test-redis-token'

/** Starts what functions stand on, once a project: a database with the schema, a Redis, and a queue that swallows. */
export default async function setup(project: TestProject) {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    for (const closer of closers.reverse()) await closer()
  }
  let databaseUrl: string | undefined
  if (project.name === 'postgres') {
    if (!(await findRealPostgres())) {
      process.stderr.write(
        'No real Postgres on this machine: its tests are skipped. `npm test` fetches one where pip can.\n',
      )
      return close
    }
    const real = await startRealPostgres()
    closers.push(real.close)
    databaseUrl = real.url
  }
  const postgres = await startPostgres(databaseUrl ? { databaseUrl } : {})
  closers.push(postgres.close)
  await migrate(createDatabase(postgres.connectionString, postgres.fetchEndpoint))
  const redis = await startRedis({ token: redisToken })
  closers.push(redis.close)
  const sink = await startSink()
  closers.push(sink.close)
  project.provide('services', {
    databaseUrl: postgres.connectionString,
    fetchEndpoint: postgres.fetchEndpoint,
    redisUrl: redis.url,
    redisToken,
    queueUrl: sink.url,
    serverUrl: databaseUrl,
  })
  return close
}

/** A list of what is kept, the answers to a batch of unknown length, or the answer to what was asked of one message. */
function sunk(method = '', path = ''): unknown {
  const answer = { messageId: 'swallowed' }
  if (path.startsWith('/v2/dlq')) return method === 'GET' ? { messages: [] } : { responses: [answer], deleted: 1 }
  return method === 'GET' || path === '/v2/batch' ? [] : answer
}

/** Accepts every message, keeps none and delivers none: tests deliver by hand, when and as often as they like. */
async function startSink() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(sunk(request.method, request.url)))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the sink listens on no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
