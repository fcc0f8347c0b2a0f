import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createDatabase } from '#db/client.ts'
import { type Embedded, startEmbedded } from '#infra/local/embedded.ts'
import { isFree } from '#infra/local/ports.ts'
import { createDemoAccounts } from './lib/demo-accounts.ts'
import { showProgress } from './lib/progress.ts'
import { seedFilms } from './lib/seed-films.ts'
import { seedModels } from './lib/seed-models.ts'
import { filmsFolder, isUsualStateFolder, stateFolder } from './lib/state-folder.ts'
import { findExample, writeWelcome } from './lib/welcome.ts'

/**
 * `npm start`: the whole system on this machine. PORT changes the address, AUSPEX_STATE_DIR where the state is kept;
 * with the addresses and secrets of Neon or Upstash in the environment those are used (see infra/local/settings.ts).
 */
const root = join(import.meta.dirname, '..')
const Options = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
})

async function start(): Promise<Embedded> {
  const startedMs = performance.now()
  const { PORT } = Options.parse(process.env)
  const progress = showProgress(process.stdout)
  console.log('Auspex is starting ...')
  const running = await startEmbedded({
    stateDir: stateFolder,
    publicPort: PORT,
    // The same at every start, so that a page that is open finds it again.
    ...(PORT > 0 && (await isFree(PORT + 1)) && { ports: { telegram: PORT + 1 } }),
    environment: process.env,
    // Wrangler is not to meet a trial.
    ...(isUsualStateFolder && { devVarsDir: root }),
    step: progress.step,
    async seed(seeding) {
      await seedModels(seeding, join(stateFolder, 'artefacts'), progress.detail)
      await seedFilms(seeding, filmsFolder, { detail: progress.detail, warn: console.error })
      await createDemoAccounts(seeding)
    },
    onBuildLine: (line) => console.log(`  ${line}`),
    onCrash: (pauseMs, reason) =>
      console.error(`The functions' runtime has died and is started again in ${pauseMs} ms. ${reason ?? ''}`),
  })
  await welcome(running)
  wakeFilms(running)
  console.log(`Ready after ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`)
  return running
}

/** Films that wait for an encoder need not wait for the next minute, too. */
function wakeFilms({ functions }: Embedded) {
  functions.runScheduled('movies', '* * * * *').catch((error: unknown) => console.error(String(error)))
}

async function welcome({ publicUrl, env, settings, functions }: Embedded) {
  const db = createDatabase(env.DATABASE_URL ?? '', env.NEON_FETCH_ENDPOINT)
  const hasDemoAccounts = settings.database.kind === 'embedded'
  const text = writeWelcome({
    publicUrl,
    chatUrl: env.TELEGRAM_API_ROOT,
    hasDemoAccounts,
    example: await findExample(db),
    logFile: relative(process.cwd(), functions.logFile),
    stateFolder: relative(process.cwd(), stateFolder),
  })
  console.log(`\n${text}\n`)
}

const closingLimitMs = 2_500

/**
 * Stops all in good order. A start that is under way, or parts that take too long, end with this process instead: the
 * runtime is tied to it, and the state outlives any end.
 */
function stopOnSignals(current: () => Embedded | undefined) {
  let isStopping = false
  const stop = async () => {
    const running = current()
    if (isStopping || !running) process.exit(130)
    isStopping = true
    console.log('\nStopping ...')
    await Promise.race([running.close(), sleep(closingLimitMs)]).catch((error: unknown) => console.error(String(error)))
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
}

let running: Embedded | undefined
stopOnSignals(() => running)
try {
  running = await start()
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
