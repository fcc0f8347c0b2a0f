import { describe, test } from 'vitest'
import { findRealPostgres, startRealPostgres } from './real-postgres.ts'
import { startPostgres } from './start.ts'
import { describeContract } from './testing/contract.ts'

if (await findRealPostgres()) {
  describe('real PostgreSQL', () => {
    describeContract(async () => {
      const real = await startRealPostgres()
      const postgres = await startPostgres({ databaseUrl: real.url })
      return {
        ...postgres,
        async close() {
          await postgres.close()
          await real.close()
        },
      }
    })
  })
} else {
  test.skip('real PostgreSQL: no binaries here (fetchRealPostgres() gets them, or set AUSPEX_POSTGRES_BIN)', () => {})
}
