import { startEndpoint } from './endpoint.ts'
import { openPGlite } from './pglite-backend.ts'
import { openPool } from './pool-backend.ts'

export interface PostgresOptions {
  /** 0 or absent: any free one. */
  port?: number | undefined
  /** Folder of the embedded database; absent: in memory. */
  dataDir?: string | undefined
  /** postgres://...: a real Postgres instead of the embedded one. */
  databaseUrl?: string | undefined
}

export interface LocalPostgres {
  /** For `neonConfig.fetchEndpoint`. */
  fetchEndpoint: string
  /** For `neon(...)`: names the endpoint, opens no connection. */
  connectionString: string
  /** Runs a script of many statements without parameters, as one transaction. */
  exec(sqlText: string): Promise<void>
  /** May be called more than once. */
  close(): Promise<void>
}

/**
 * Postgres as the Neon HTTP driver expects it, on this machine.
 * @throws FolderInUse when another process has `dataDir` open
 */
export async function startPostgres({ port = 0, dataDir, databaseUrl }: PostgresOptions = {}): Promise<LocalPostgres> {
  if (databaseUrl !== undefined && dataDir !== undefined) throw new Error('a database is either a folder or an address')
  const backend = databaseUrl === undefined ? await openPGlite(dataDir) : await openPool(databaseUrl)
  try {
    const endpoint = await startEndpoint(backend, port)
    let closing: Promise<void> | undefined
    return {
      fetchEndpoint: `http://127.0.0.1:${endpoint.port}/sql`,
      connectionString: `postgres://auspex:local@127.0.0.1:${endpoint.port}/auspex`,
      exec: backend.exec,
      close() {
        closing ??= endpoint.close().then(backend.close)
        return closing
      },
    }
  } catch (error) {
    await backend.close()
    throw error
  }
}
