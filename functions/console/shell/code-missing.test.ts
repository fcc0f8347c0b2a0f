import { expect, test } from 'vitest'
import { isCodeMissing } from './code-missing.ts'

test.each([
  'Failed to fetch dynamically imported module: http://localhost:8787/console/assets/jobs-B1.js',
  'error loading dynamically imported module: http://localhost:8787/console/assets/jobs-B1.js',
  'Importing a module script failed.',
  'Unable to preload CSS for /console/assets/plot.css',
])('%s: the code is missing', (message) => {
  expect(isCodeMissing(new TypeError(message))).toBe(true)
})

test.each([new TypeError('x is undefined'), 'thrown text', undefined])('%s is a page that broke', (error) => {
  expect(isCodeMissing(error)).toBe(false)
})
