import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle } from 'drizzle-orm/neon-http'
import * as encoders from './schema/encoders.ts'
import * as jobs from './schema/jobs.ts'
import * as models from './schema/models.ts'
import * as movies from './schema/movies.ts'
import * as operations from './schema/operations.ts'
import * as telegram from './schema/telegram.ts'
import * as users from './schema/users.ts'
import * as wallet from './schema/wallet.ts'
import * as webhooks from './schema/webhooks.ts'

const schema = {
  ...users,
  ...wallet,
  ...models,
  ...jobs,
  ...webhooks,
  ...encoders,
  ...movies,
  ...telegram,
  ...operations,
}

export type Database = ReturnType<typeof createDatabase>

/**
 * A client that speaks HTTP, one statement a request. There are no interactive transactions: what belongs together is
 * one statement, or one `batch`.
 *
 * @param fetchEndpoint where to POST statements instead of Neon's own host: the local endpoint
 */
export function createDatabase(connectionString: string, fetchEndpoint?: string) {
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint
  return drizzle(neon(connectionString), { schema })
}
