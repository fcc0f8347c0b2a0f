import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { glance, look, settled } from './checks.ts'
import { givenEndedJob } from './given-ended-job.ts'
import { signInAnew, signInAs, test } from './test.ts'
import { phone } from './visitor.ts'

const rest = {
  start: '/',
  cars: '/console/cars',
  'films for you': '/console/movies/for-you',
  taste: '/console/movies/taste',
  'API keys': '/console/access',
  webhooks: '/console/webhooks',
}
/** Those that other journeys lead to, in English. */
const onTheWay = {
  predictors: '/console/predictors',
  predictor: '/console/predictors/gradient_boosting',
  jobs: '/console/jobs',
  wallet: '/console/wallet',
  'find a film': '/console/movies',
  'films of the catalogue': '/console/movies/catalogue?genre=Comedy',
  likes: '/console/movies/likes',
  searches: '/console/movies/searches',
}
const adminSections = ['users', 'predictors', 'usage', 'latency', 'errors', 'dead_letters', 'health']
/** Whose texts are told from other words with a dot in them by their first part. */
const parts = /^(?:jobs|wallet|parts|form|start|shell|cars|movies|operations|telegram|admin|predictors)\./

const untranslated = /\b(?:[a-z_]+\.){1,4}[a-z_]+\b/

/** No key of a text stands where its words should. */
async function expectWords(page: Page) {
  const text = await page.locator('#content').innerText()
  const keys = text.split(/\s+/).filter((word) => untranslated.test(word) && parts.test(word))
  expect(keys, page.url()).toEqual([])
}

test('every page is there in Russian, on a phone, in the dark', { timeout: 120_000 }, async ({ visit }) => {
  const visitor = await visit({ language: 'ru', appearance: 'dark', size: phone })
  const { page } = visitor
  await signInAnew(visitor, 200)
  const { job_id: id } = await givenEndedJob(visitor, 'gradient_boosting')
  const { job_id: other } = await givenEndedJob(visitor, 'random_forest')
  const all = {
    ...rest,
    ...onTheWay,
    job: `/console/jobs/${id}`,
    comparison: `/console/jobs/compare?a=${id}&b=${other}`,
  }
  for (const [name, path] of Object.entries(all)) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectWords(page)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/[а-я]/i)
    // Contrast in the dark, and names in Russian, are what the others cannot tell: a few pages are looked at in full.
    await (name in onTheWay ? glance : look)(page, `phone, ${name}`)
  }
  expect(await page.locator('html').getAttribute('lang')).toBe('ru')
})

test('the pages that no journey leads to are there in English', { timeout: 120_000 }, async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 200)
  await givenEndedJob(visitor, 'random_forest')
  for (const [name, path] of Object.entries(rest)) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await expectWords(page)
    await look(page, name)
  }
})

test('admins see what they look after, and others are told that they may not', { timeout: 90_000 }, async ({
  visit,
}) => {
  const admin = await visit()
  await signInAs(admin, 'admin')
  for (const section of adminSections) {
    await admin.page.goto(`/console/admin/${section}`)
    await admin.page.getByRole('heading', { level: 2 }).first().waitFor()
    await look(admin.page, `admin, ${section}`)
  }
  const user = await visit({ size: phone })
  await signInAs(user, 'user')
  await user.page.goto('/console/admin')
  await user.page.getByRole('heading', { level: 1, name: 'Administration' }).waitFor()
  await settled(user.page)
  expect(await user.page.getByRole('table').count()).toBe(0)
  await look(user.page, 'admin, refused')
})

test('a prediction takes no mouse', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 50)
  await page.goto('/console/predictors')
  const link = page.locator('a[href$="/predictors/linear_regression"]').first()
  await link.waitFor()
  await tabTo(page, 'a[href$="/predictors/linear_regression"]')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Linear regression' }).waitFor()
  await page.getByLabel('Power', { exact: true }).waitFor()
  await tabTo(page, '[data-field="horsepower"] input:not([type=checkbox])')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('111')
  await tabTo(page, 'section button.ant-btn-primary')
  await page.keyboard.press('Enter')
  await page.getByTestId('result').waitFor()
  await page.getByText('111 hp', { exact: true }).waitFor()
})

/** Presses Tab until the focus is on what the selector names. */
async function tabTo(page: Page, selector: string) {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the focus never reaches ${selector}`)
}
