import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { type Embedded, startEmbedded } from '#infra/local/embedded.ts'
import { buildAssets } from '#scripts/assets.ts'
import { createDemoAccounts } from '#scripts/lib/demo-accounts.ts'
import { seedModels } from '#scripts/lib/seed-models.ts'
import { findBrowser } from './find-browser.ts'
import { seedSomeFilms } from './seed-some-films.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The whole system with a console, and a browser to look at it with. */
    console: { publicUrl: string; chatUrl: string; browserEndpoint: string; databaseUrl: string; fetchEndpoint: string }
  }
}

/** Starts the whole system on a state of its own, and one browser for all tests: each has its own profile in it. */
export default async function setup(project: TestProject) {
  const stateDir = mkdtempSync(join(tmpdir(), 'auspex-console-'))
  const closers: (() => Promise<void>)[] = [async () => rmSync(stateDir, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.toReversed()) await closer()
  }
  try {
    const browser = await chromium.launchServer({ ...(await findBrowser()), headless: true })
    closers.push(() => browser.close())
    await buildAssets()
    const { publicUrl, env, ...running } = await start(stateDir)
    closers.push(() => running.close())
    // Films that wait for the encoder need not wait for the next minute, too.
    await running.functions.runScheduled('movies', '* * * * *')
    project.provide('console', {
      publicUrl,
      chatUrl: env.TELEGRAM_API_ROOT ?? '',
      browserEndpoint: browser.wsEndpoint(),
      databaseUrl: env.DATABASE_URL ?? '',
      fetchEndpoint: env.NEON_FETCH_ENDPOINT ?? '',
    })
  } catch (error) {
    await close()
    throw error
  }
  return close
}

function start(stateDir: string): Promise<Embedded> {
  return startEmbedded({
    stateDir,
    publicPort: 0,
    environment: { LOG_LEVEL: 'warn' },
    async seed(seeding) {
      await seedModels(seeding, join(stateDir, 'artefacts'), () => {})
      await createDemoAccounts(seeding)
      await seedSomeFilms(seeding)
    },
  })
}
