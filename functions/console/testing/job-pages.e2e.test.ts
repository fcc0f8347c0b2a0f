import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { look } from './checks.ts'
import { givenEndedJob } from './given-ended-job.ts'
import { signInAnew, test } from './test.ts'

test('many rows have a histogram, a table by pages, reasons one by one, and a file', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 500)
  const { job_id: id } = await givenEndedJob(visitor, 'linear_regression', 45)
  await page.goto(`/console/jobs/${id}`)
  await page
    .getByRole('img', { name: /^The results lie between/ })
    .locator('svg')
    .waitFor()
  const table = page.getByRole('table', { name: 'All rows' })
  expect(await table.getByRole('row').count()).toBe(21)
  await page.getByTitle('3', { exact: true }).click()
  await table.getByRole('row', { name: /^45 / }).waitFor()
  await page.getByRole('button', { name: 'Show why row 45 came out as it did' }).click()
  await page.getByRole('heading', { name: 'Row 45' }).waitFor()
  await page
    .getByRole('img', { name: /feature by feature/ })
    .locator('svg')
    .waitFor()
  await look(page, 'job of many rows')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the results as CSV' }).click()
  const lines = (await text(await (await saving).createReadStream())).trimEnd().split('\r\n')
  expect(lines).toHaveLength(46)
  expect(lines[0]).toContain('predicted,predicted_lower,predicted_upper')
})

test('the list is narrowed by the address, and its filters are found there again', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 100)
  const { job_id: id } = await givenEndedJob(visitor, 'linear_regression')
  await givenEndedJob(visitor, 'random_forest')
  await page.goto('/console/jobs')
  const rows = page.getByRole('table', { name: 'Jobs' }).getByRole('row')
  await rows.nth(2).waitFor()
  await page.getByLabel('Search').fill(id.slice(-10))
  await page.waitForURL(/search=/)
  await rows.nth(2).waitFor({ state: 'detached' })
  expect(await rows.count()).toBe(2)
  await page.reload()
  await rows.nth(1).waitFor()
  expect(await page.getByLabel('Search').inputValue()).toBe(id.slice(-10))
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await rows.nth(2).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
})

test('a job that nobody has, and one that failed, say what to do', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 100)
  await page.goto('/console/jobs/job_none')
  await page.getByText('There is no such job').waitFor()
  await look(page, 'job, missing')
  const job = await givenEndedJob(visitor)
  const error = { code: 'model_failed', message: 'The model cannot answer this input' }
  await page.route(`**/predict/${job.job_id}`, (route) =>
    route.fulfill({ json: { ...job, status: 'failed', error, result: null, results: null } }),
  )
  await page.goto(`/console/jobs/${job.job_id}`)
  await page.getByText('The model could not answer this input').waitFor()
  await page.getByText('given back').first().waitFor()
  await look(page, 'job, failed')
})

test('a job that waits can be called off, and its price comes back', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 100)
  const job = await givenEndedJob(visitor)
  let isCancelled = false
  const waiting = { started_at: null, result: null, results: null }
  const ended = { status: 'cancelled', error: { code: 'cancelled_by_user', message: 'Cancelled' } }
  const states = () => (isCancelled ? ended : { status: 'queued', finished_at: null })
  await page.route(`**/predict/${job.job_id}`, (route) => route.fulfill({ json: { ...job, ...waiting, ...states() } }))
  await page.route(`**/predict/${job.job_id}/cancel`, (route) => {
    isCancelled = true
    return route.fulfill({ json: { ...job, ...waiting, ...ended } })
  })
  await page.goto(`/console/jobs/${job.job_id}`)
  await page.getByText('held until it ends').waitFor()
  await look(page, 'job, queued')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByText('You cancelled this job before it started').waitFor()
  await page.getByText('given back').first().waitFor()
})
