import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import { afterAll, beforeAll } from 'vitest'
import type { LocalPostgres } from '../start.ts'
import { describeDrizzle } from './drizzle-contract.ts'
import { describeRequests } from './request-contract.ts'
import { describeTransactions } from './transaction-contract.ts'
import { describeValues } from './value-contract.ts'

export interface Given {
  postgres: LocalPostgres
  sql: NeonQueryFunction<false, false>
}

/** What the official clients may expect of the endpoint, whatever Postgres is behind it. */
export function describeContract(start: () => Promise<LocalPostgres>) {
  let given: Given | undefined

  beforeAll(async () => {
    const postgres = await start()
    neonConfig.fetchEndpoint = postgres.fetchEndpoint
    given = { postgres, sql: neon(postgres.connectionString) }
  })

  afterAll(() => given?.postgres.close())

  const getGiven = () => {
    if (!given) throw new Error('the endpoint has not started')
    return given
  }
  describeValues(getGiven)
  describeTransactions(getGiven)
  describeRequests(getGiven)
  describeDrizzle(getGiven)
}
