import { expect } from 'vitest'
import { look } from './checks.ts'
import { signInAnew, test } from './test.ts'

test('a server that fails is told, and asked again when the person wants it', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor)
  visitor.provokeFailures()
  const problem = { code: 'internal_error', title: 'Internal error', request_id: 'req_of_the_test' }
  await page.route(/\/history\?/, (route) => route.fulfill({ status: 500, json: problem }))
  await page.goto('/console/jobs')
  await page.getByRole('alert').getByText('req_of_the_test').waitFor({ timeout: 25_000 })
  await look(page, 'jobs, server error')
  await page.unroute(/\/history\?/)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('You have no jobs yet.').waitFor()
  await look(page, 'jobs, none yet')
})

test('a lost connection keeps the form, and the same order goes through once it is back', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 20)
  visitor.provokeFailures()
  const keys: string[] = []
  await page.route('**/predict', (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    return keys.length === 1 ? route.abort('connectionreset') : route.continue()
  })
  await page.goto('/console/predictors/linear_regression')
  await page.getByLabel('Power', { exact: true }).fill('99')
  await page.getByRole('button', { name: 'Predict for 5 credits' }).click()
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
  await look(page, 'predictor, no connection')
  expect(await page.getByLabel('Power', { exact: true }).inputValue()).toBe('99')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByTestId('result').waitFor()
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  await page.getByRole('link', { name: 'Wallet: 15 credits' }).waitFor()
})
