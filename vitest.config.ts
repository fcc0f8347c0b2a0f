import { defineConfig } from 'vitest/config'
import { buildKernels } from './scripts/kernels.ts'

const onDatabase = ['functions/**/*.test.ts', 'db/**/*.test.ts']
const limits = { testTimeout: 60_000, hookTimeout: 60_000 }
const services = { ...limits, globalSetup: 'functions/_shared/testing/global-setup.ts' }

await buildKernels()

/** What touches the database runs twice: on the embedded one, and on a real Postgres, where locks are real. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'pure', include: ['{models,infra,scripts}/**/*.test.ts'], ...limits } },
      { test: { name: 'pglite', include: onDatabase, ...services } },
      { test: { name: 'postgres', include: onDatabase, ...services } },
    ],
  },
})
