import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { look, settled } from './checks.ts'
import { test } from './test.ts'

test('somebody new signs up, tops up, asks, sees why, asks again, and compares', { timeout: 90_000 }, async ({
  visit,
}) => {
  const { page } = await visit()
  await signUp(page)
  await topUp(page)

  await page.getByRole('link', { name: 'Predictors' }).first().click()
  await page.getByRole('heading', { level: 1, name: 'Predictors' }).waitFor()
  await look(page, 'predictors')
  await page.locator('a[href$="/predictors/gradient_boosting"]').first().click()
  await page.getByRole('heading', { level: 1, name: 'Gradient boosting' }).waitFor()
  await look(page, 'predictor')
  await page.getByRole('button', { name: 'Predict for 15 credits' }).click()
  const first = await seeFinished(page)
  await page.getByRole('link', { name: 'Wallet: 85 credits' }).waitFor()
  await look(page, 'job')

  await page.getByRole('link', { name: 'Run again' }).click()
  await page.getByText('Filled from: ').waitFor()
  await page.getByLabel('Power', { exact: true }).fill('200')
  await page.getByRole('button', { name: 'Predict for 15 credits' }).click()
  await page.waitForURL((url) => url.pathname.startsWith('/console/jobs/job_') && url.href !== first.address)
  const second = await seeFinished(page)
  expect(second.result).not.toBe(first.result)

  await compare(page)
  await look(page, 'comparison')
})

async function signUp(page: Page) {
  await page.goto('/')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await look(page, 'sign up')
  await page.getByLabel('Name').fill('Ada Example')
  await page.getByLabel('E-mail').fill(`${randomUUID()}@example.com`)
  await page.getByLabel('New password').fill('a long walk home')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByText('Your wallet is empty.').waitFor()
  await look(page, 'start, new')
}

async function topUp(page: Page) {
  await page.getByRole('link', { name: 'Top up' }).first().click()
  await page.getByRole('button', { name: 'Top up' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('spinbutton', { name: 'Amount' }).fill('100')
  await look(page, 'top up')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('link', { name: 'Wallet: 100 credits' }).waitFor()
  await dialog.waitFor({ state: 'hidden' })
  await look(page, 'wallet')
}

/** The job's page comes to show the end without being loaded anew. */
async function seeFinished(page: Page) {
  await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor()
  await page
    .getByRole('img', { name: /between .* and .* with a probability of 90%/ })
    .locator('svg')
    .waitFor()
  await page
    .getByRole('img', { name: /on average, feature by feature, to/ })
    .locator('svg rect')
    .first()
    .waitFor()
  await page.getByText('15 credits paid').waitFor()
  await settled(page)
  return { address: page.url(), result: await page.getByTestId('result').textContent() }
}

async function compare(page: Page) {
  await page.getByRole('link', { name: 'Jobs', exact: true }).click()
  const boxes = page.getByRole('checkbox', { name: /^Compare job/ })
  await boxes.nth(1).check()
  await boxes.nth(0).check()
  await look(page, 'jobs, two chosen')
  await page.getByRole('link', { name: 'Compare these two' }).click()
  await page.getByText(/^The second result is .* than the first/).waitFor()
  const input = page.getByRole('table', { name: 'Input' })
  await input.getByRole('row', { name: /Power.*differs.*200 hp/ }).waitFor()
  expect(await input.getByRole('row').count()).toBe(2)
  await page
    .getByRole('img', { name: /What each feature added/ })
    .locator('svg')
    .waitFor()
}
