import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{functions,db,models,infra,scripts}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
