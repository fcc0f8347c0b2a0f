import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { look, screenshot } from './checks.ts'
import { givenEndedJob } from './given-ended-job.ts'
import { publicUrl, signInAnew, signInAs, test } from './test.ts'
import type { Visitor } from './visitor.ts'

const query = 'a thief who steals secrets from dreams'

/** A search by meaning finds what the encoder has read: were that left to chance, the journey would be, too. */
async function givenFilmsAreRead({ context }: Visitor) {
  const read = async <Answer>(path: string) =>
    (await (await context.request.get(path, { headers: { origin: publicUrl } })).json()) as Answer
  const { items } = await read<{ items: { id: string }[] }>('/movies?limit=100')
  expect(items.length).toBeGreaterThan(10)
  for (const { id } of items)
    await expect
      .poll(async () => (await read<{ status: string }>(`/movies/${id}`)).status, { timeout: 45_000, interval: 300 })
      .toBe('searchable')
}

async function search(page: Page, text: string) {
  await page.getByRole('combobox', { name: /Describe it/ }).fill(text)
  await page.keyboard.press('Enter')
}

const results = (page: Page) => page.getByRole('list', { name: 'Films for you to choose from' })

test('who searches pays once, sees why, and finds the answer again', { timeout: 120_000 }, async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 20)
  await givenFilmsAreRead(visitor)
  await page.goto('/console/movies')
  await page.getByRole('list', { name: 'What others like' }).waitFor()
  await look(page, 'films, find')

  await page.getByRole('combobox', { name: /Describe it/ }).pressSequentially('metropls')
  await page.getByRole('option', { name: /Metropolis 1927/ }).waitFor()
  await look(page, 'films, titles')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Metropolis' }).waitFor()
  await page.goBack()

  await search(page, query)
  const first = results(page).getByRole('listitem').first()
  await first.getByRole('heading', { name: 'Inception' }).waitFor()
  await page.getByRole('link', { name: 'Wallet: 19 credits' }).waitFor()
  await first.getByRole('button', { name: /^By / }).focus()
  await page
    .getByRole('tooltip')
    .getByText(/description|title|wrote/)
    .waitFor()
  await look(page, 'films, found')

  await first.getByRole('button', { name: 'I like it: “Inception”' }).click()
  await page.reload()
  const liked = results(page).getByRole('button', { name: 'I like it: “Inception”' })
  await liked.waitFor()
  await expect.poll(() => liked.getAttribute('aria-pressed')).toBe('true')
  await page.getByRole('link', { name: 'Wallet: 19 credits' }).waitFor()

  await results(page).getByRole('link', { name: 'Inception', exact: true }).click()
  await page.getByRole('list', { name: 'Films like this one' }).getByRole('link').first().waitFor()
  await look(page, 'film')
  await page.getByRole('link', { name: 'Searches' }).click()
  await page.getByRole('link', { name: `Open the answer: ${query}` }).click()
  await results(page).waitFor()
  await page.getByRole('link', { name: 'Wallet: 19 credits' }).waitFor()
})

test('a search that broke off is sent again as the same, and a like that is refused is undone', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 1)
  visitor.provokeFailures()
  const keys: string[] = []
  await page.route('**/recommend', (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? '')
    return keys.length === 1 ? route.abort('connectionreset') : route.continue()
  })
  await page.goto('/console/movies')
  await search(page, query)
  await page.getByRole('alert').getByText('The server cannot be reached').waitFor()
  expect(await page.getByRole('combobox', { name: /Describe it/ }).inputValue()).toBe(query)
  await page.getByRole('button', { name: 'Try again' }).click()
  await results(page).waitFor()
  expect(new Set(keys).size).toBe(1)

  await page.route('**/verdict', (route) => route.abort('connectionreset'))
  const like = results(page)
    .getByRole('button', { name: /^I like/ })
    .first()
  await like.click()
  await page.getByText('That could not be kept.').waitFor()
  expect(await like.getAttribute('aria-pressed')).toBe('false')

  await page.getByText('credit is missing').waitFor()
  await page.getByRole('link', { name: 'Top up the wallet' }).waitFor()
  await look(page, 'films, no credit')
})

test('a search that finds nothing is free, and one that takes long is waited for', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 5)
  await page.goto(`/console/movies?${new URLSearchParams({ q: query, from: '1871', to: '1872' })}`)
  await page.getByRole('button', { name: 'Search for 1 credit' }).click()
  await page.getByText('No film fits. Nothing was charged.').waitFor()
  await page.getByRole('link', { name: 'Wallet: 5 credits' }).waitFor()

  const { job_id: id, ...job } = await givenEndedJob(visitor)
  let status = 'running'
  const film = { id: 'film_1', title: 'Late', description: 'It came.', year: 1999, genres: ['Drama'], score: 0.5 }
  const answer = { prediction_id: id, cost: 1, results: [{ ...film, why: { kind: 'meaning', detail: 'close' } }] }
  await page.route('**/recommend', (route) => route.fulfill({ status: 202, json: { job_id: id } }))
  await page.route(`**/predict/${id}`, (route) => route.fulfill({ json: { ...job, job_id: id, status } }))
  await page.route(`**/recommendations/${id}`, (route) =>
    status === 'finished'
      ? route.fulfill({ json: answer })
      : route.fulfill({ status: 404, json: { code: 'not_found' } }),
  )
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.getByRole('button', { name: 'Search for 1 credit' }).click()
  await page.getByText('This search takes longer than usual.').waitFor()
  await screenshot(page, 'films, waiting')
  status = 'finished'
  await page.reload()
  await results(page).getByRole('heading', { name: 'Late' }).waitFor()
})

test('admins import a file, and see what is wrong in it and how far it has come', { timeout: 90_000 }, async ({
  visit,
}) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAs(visitor, 'admin')
  const title = `A film of the test ${randomUUID().slice(0, 8)}`
  const film = { title, year: 2001, genres: ['Drama'], description: 'A lighthouse keeper teaches a gull to read.' }
  const records = [film, { title: 'No year, no text' }, { ...film, title: `${title}, part two` }]
  await page.goto('/console/movies/imports')
  await page.locator('input[type=file]').setInputFiles({
    name: 'films.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(records)),
  })
  await page.getByText('2 films can be sent').waitFor()
  await page
    .getByRole('table', { name: '1 record is no film' })
    .getByText(/year: /)
    .waitFor()
  await look(page, 'films, import')
  await page.getByRole('button', { name: 'Import 2 films' }).click()
  await page.getByText('2 films were taken in').waitFor()
  const newest = page.getByRole('table', { name: 'All imports' }).getByRole('row').nth(1)
  await newest.getByText('2 of 2 films').waitFor({ timeout: 45_000 })
  await newest.getByText('Finished').waitFor()
  await look(page, 'films, imported')
  await page.getByRole('link', { name: 'Encoders' }).click()
  await page.getByText('Searches use it').waitFor()
  await look(page, 'encoders')
})
