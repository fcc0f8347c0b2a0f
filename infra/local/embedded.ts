import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { introduceBot } from '#functions/bot/introduce-bot.ts'
import { writeDevVars } from './dev-vars.ts'
import { freePort, isFree } from './ports.ts'
import { claimStateFolder } from './running.ts'
import { loadSecrets } from './secrets.ts'
import {
  type LocalPorts,
  type LocalService,
  ownValues,
  queueValues,
  startBotApi,
  startDatabase,
  startLimits,
  startQueue,
} from './services.ts'
import { type LocalSettings, readSettings } from './settings.ts'
import { prepareFunctions, type RunningFunctions } from './workerd/start.ts'

const root = join(import.meta.dirname, '..', '..')

/** Wraps a part of the start, to show or to time it. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>

export interface EmbeddedOptions {
  /** Everything that outlives the process is kept here. */
  stateDir: string
  /** Of the gateway; 0: any free one. */
  publicPort: number
  /** Of the services; absent: any free ones. */
  ports?: LocalPorts
  /** Addresses and secrets of services elsewhere, and other settings. @default nothing: all is embedded */
  environment?: Readonly<Record<string, string | undefined>>
  /** Where to write `.dev.vars.<function>` for wrangler; absent: nowhere. */
  devVarsDir?: string
  /** Data that must be there before the first request; the schema is up to date when this is called. */
  seed?: (seeding: Seeding) => Promise<void>
  step?: Step
  onCrash?: (pauseMs: number, reason?: unknown) => void
  /** Told what there is to know while files for functions are made or fetched. */
  onBuildLine?: (line: string) => void
}

export interface Seeding {
  db: Database
  settings: LocalSettings
  /** The bindings of all functions together. */
  env: Readonly<Record<string, string>>
  step: Step
}

export interface Embedded {
  publicUrl: string
  /** The bindings of all functions together. */
  env: Readonly<Record<string, string>>
  settings: LocalSettings
  functions: RunningFunctions
  /** Stops all that was started; the state stays. */
  close(): Promise<void>
}

/** How long deliveries under way may take to end well before the functions are stopped. */
const deliveryGraceMs = 1_000
const answerLimitMs = 20_000
const portGraceMs = 1_000

/**
 * Runs the whole system on this machine: embedded services, migrations, and the functions in workerd as `wrangler.toml`
 * describes them. What of it is elsewhere (Neon, Upstash) the environment says.
 *
 * @throws AlreadyRunning when another process has the state folder
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const settings = readSettings(options.environment ?? {})
  mkdirSync(options.stateDir, { recursive: true })
  chmodSync(options.stateDir, 0o700) // training may have made it before
  const claim = claimStateFolder(options.stateDir)
  const closers: Closer[] = [async () => claim.release()]
  const close = once(() => closeAll(closers))
  try {
    const running = await start(options, settings, closers)
    const { DATABASE_URL = '', NEON_FETCH_ENDPOINT } = running.env
    claim.announce({ publicUrl: running.publicUrl, database: { DATABASE_URL, NEON_FETCH_ENDPOINT } })
    return { ...running, settings, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Called in reverse order. */
type Closer = () => Promise<void>

async function start(options: EmbeddedOptions, settings: LocalSettings, closers: Closer[]) {
  const { stateDir, devVarsDir, onCrash, onBuildLine, step = (_name, work) => work() } = options
  const port = await choosePort(options.publicPort)
  const publicUrl = settings.publicUrl ?? `http://localhost:${port}`
  const secrets = await loadSecrets(join(stateDir, 'secrets.json'))
  // Messages that are waiting are delivered as soon as the queue runs, so it is started last, at an address known before.
  const queuePort = options.ports?.qstash ?? (await freePort())

  const [database, limits, telegram, prepared] = await allSettled([
    closeLater(
      closers,
      step('Database', () => startDatabase(settings.database, stateDir, options.ports?.postgres)),
    ),
    closeLater(closers, startLimits(settings.redis, secrets, options.ports?.redis)),
    closeLater(closers, startBotApi(settings.telegram, secrets, options.ports?.telegram)),
    step('Functions bundled', () => prepareFunctions({ root, folder: join(stateDir, 'functions'), onBuildLine })),
  ])
  const env = {
    ...ownValues(secrets, publicUrl, settings),
    ...database.values,
    ...limits.values,
    ...telegram.values,
    ...queueValues(settings.queue, secrets, queuePort),
  }
  await migrateAndSeed(options, { settings, env, step })
  if (devVarsDir !== undefined) writeDevVars(devVarsDir, prepared.bindings(env))

  let queueClosed = Promise.resolve()
  closers.push(() => queueClosed)
  const functions = await step('Functions running', async () => {
    const running = await prepared.start({ port, values: env, ...(onCrash && { onCrash }) })
    closers.push(() => running.close())
    await answers(`http://localhost:${port}/`)
    return running
  })
  const queue = await startQueue(settings.queue, secrets, stateDir, queuePort)
  closers.push(async () => {
    queueClosed = queue.close()
    await Promise.race([queueClosed, sleep(deliveryGraceMs)])
  })
  // Telegram itself is told by `npm run bot`: the address that it calls may be another system's.
  if (settings.telegram.kind === 'embedded') await introduceBot(env)
  return { publicUrl, env, functions }
}

async function migrateAndSeed({ seed }: EmbeddedOptions, seeding: Omit<Seeding, 'db'>) {
  const { env, step } = seeding
  const db = createDatabase(env.DATABASE_URL ?? '', env.NEON_FETCH_ENDPOINT)
  await step('Migrations', () => migrate(db))
  await seed?.({ ...seeding, db })
}

/** Every part is waited for, also when one has failed: what did start must be known to be stopped. */
async function allSettled<const T extends readonly Promise<unknown>[]>(parts: T) {
  await Promise.allSettled(parts)
  return Promise.all(parts)
}

async function closeLater<S extends LocalService>(closers: Closer[], starting: Promise<S>): Promise<S> {
  const service = await starting
  closers.push(() => service.close())
  return service
}

/** Everything is closed, whatever goes wrong with one. */
async function closeAll(closers: readonly Closer[]) {
  const errors: unknown[] = []
  for (const close of closers.toReversed()) await close().catch((error: unknown) => errors.push(error))
  if (errors.length > 0) throw new AggregateError(errors, 'not everything could be stopped')
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}

async function choosePort(port: number): Promise<number> {
  if (port === 0) return freePort()
  // Who stopped a moment ago may still be letting go of it.
  const deadline = AbortSignal.timeout(portGraceMs)
  while (!(await isFree(port)) && !deadline.aborted) await sleep(50)
  if (await isFree(port)) return port
  throw new Error(`Port ${port} is in use by another program. Stop it, or choose another port: PORT=8790 npm start`)
}

/** The runtime listens before it has compiled everything: the first answer says that it is ready. */
async function answers(url: string) {
  const deadline = AbortSignal.timeout(answerLimitMs)
  while (!deadline.aborted) {
    const answer = await fetch(url, { signal: deadline }).catch(() => undefined)
    await answer?.arrayBuffer()
    if (answer) return
    await sleep(20)
  }
  throw new Error(`The gateway gives no answer at ${url}`)
}
