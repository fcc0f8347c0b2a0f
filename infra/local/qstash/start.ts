import { once } from 'node:events'
import type http from 'node:http'
import { Broker } from './broker.ts'
import { type Clock, systemClock } from './clock.ts'
import { deadLetterRoutes } from './dead-letter-routes.ts'
import type { LogEntry } from './event-log.ts'
import { manageRoutes } from './manage-routes.ts'
import { messageRoutes } from './message-routes.ts'
import { Publisher } from './publish.ts'
import { publishRoutes } from './publish-routes.ts'
import { Router } from './router.ts'
import { scheduleRoutes } from './schedule-routes.ts'
import { Schedules } from './schedules.ts'
import { createApiServer } from './server.ts'
import { Signer, type SigningKeys } from './signature.ts'
import { Store } from './store.ts'
import { UrlGroups } from './url-groups.ts'

export interface QstashOptions {
  /** @default 0, any free port */
  port?: number
  /** @default 127.0.0.1 */
  host?: string
  /** Where messages survive a crash. @default memory */
  dataFile?: string
  /** What clients send as their bearer token. */
  token: string
  currentSigningKey: string
  nextSigningKey: string
  /** @default the machine's */
  clock?: Clock
  /** Factor on every delay before a retry, for those who cannot wait. @default 1 */
  retryDelayScale?: number
  /** Told of every entry of the event log. */
  onEvent?: (entry: LogEntry) => void
}

export interface Qstash {
  url: string
  /** Resolves when no destination is being called and everything is written down. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Starts a QStash server for the official `@upstash/qstash` client and receiver. */
export async function startQstash(options: QstashOptions): Promise<Qstash> {
  const store = new Store(options.dataFile ?? ':memory:')
  const given = { current: options.currentSigningKey, next: options.nextSigningKey }
  const broker = new Broker({
    store,
    clock: options.clock ?? systemClock,
    signer: new Signer(keysInForce(store, given)),
    retryDelayScale: options.retryDelayScale ?? 1,
    onEvent: options.onEvent,
  })
  const urlGroups = new UrlGroups(store)
  const publisher = new Publisher(broker, urlGroups)
  const schedules = new Schedules(broker, publisher)
  const router = new Router({
    ...publishRoutes(broker, publisher),
    ...messageRoutes(broker),
    ...deadLetterRoutes(broker),
    ...scheduleRoutes(broker, schedules),
    ...manageRoutes(broker, urlGroups, (keys) => store.putDocument('keys', 'keys', { given, keys })),
  })
  const server = createApiServer(router, options.token)
  const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1').catch((error: unknown) => {
    store.close()
    throw error
  })
  broker.resume()
  schedules.resume()
  const close = async () => {
    schedules.close()
    broker.close()
    await broker.dispatcher.idle()
    server.closeAllConnections()
    server.close()
    store.close()
  }
  let closed: Promise<void> | undefined
  return {
    url,
    idle: () => idle(broker),
    close: () => {
      closed ??= close()
      return closed
    },
  }
}

/** Rotated keys stay in force over restarts, until other keys are given. */
function keysInForce(store: Store, given: SigningKeys): SigningKeys {
  const [rotated] = store.documents<{ given: SigningKeys; keys: SigningKeys }>('keys')
  const isSame = rotated?.given.current === given.current && rotated.given.next === given.next
  return isSame ? rotated.keys : given
}

async function listen(server: http.Server, port: number, host: string): Promise<string> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://${host}:${address.port}`
}

/** A finished call may have caused a callback, which is accepted once it is committed: look again until quiet. */
async function idle(broker: Broker): Promise<void> {
  do {
    await broker.dispatcher.idle()
    await broker.store.committed()
  } while (!broker.dispatcher.isIdle)
}
