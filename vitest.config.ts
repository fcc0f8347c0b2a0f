import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { buildWasm } from './scripts/wasm.ts'

const onDatabase = {
  include: ['functions/**/*.test.ts', 'db/**/*.test.ts'],
  exclude: ['**/node_modules/**', 'functions/console/**'],
}
/** Requests that are refused, most of them before any database hears of them: once is enough. */
const refused = 'functions/gateway/hostile-*.test.ts'
const inBrowser = 'functions/console/**/*.e2e.test.ts'
const limits = { testTimeout: 60_000, hookTimeout: 60_000 }
const services = { ...limits, globalSetup: 'functions/_shared/testing/global-setup.ts' }
/** The whole system starts once for all of these. */
const system = { globalSetup: 'functions/console/testing/global-setup.ts' }

await buildWasm()

/** What touches the database runs twice: on the embedded one, and on a real Postgres, where locks are real; the console's pages in a browser. */
export default defineConfig({
  test: {
    // Left to itself, a machine with two cores would use one.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { test: { name: 'pure', include: ['{models,infra,scripts}/**/*.test.ts'], ...limits } },
      { test: { name: 'pglite', ...onDatabase, ...services } },
      { test: { name: 'postgres', ...onDatabase, exclude: [...onDatabase.exclude, refused], ...services } },
      { test: { name: 'console', include: ['functions/console/**/*.test.{ts,tsx}'], exclude: [inBrowser], ...limits } },
      { test: { name: 'browser', include: [inBrowser], ...limits, ...system } },
    ],
  },
})
