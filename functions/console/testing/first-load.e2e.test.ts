import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { publicUrl, signInAs, test } from './test.ts'
import type { Visitor } from './visitor.ts'

const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml' } }

test('the page comes with a policy that allows no inline script and no other site', async () => {
  const first = await fetch(publicUrl, asBrowser)
  const policy = first.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  expect(nonce).toMatch(/^[\w+/]{24}$/)
  const second = await fetch(publicUrl, asBrowser)
  expect(second.headers.get('content-security-policy')).not.toContain(nonce)
})

test('who asks for no page gets JSON', async () => {
  const answer = await fetch(publicUrl, { headers: { accept: '*/*' } })
  expect(await answer.json()).toMatchObject({ name: 'auspex', links: { console: '/console' } })
})

test('the first load takes less than 400 KB of the network and a second of the browser', async ({ visit }) => {
  const visitor = await visit()
  await signInAs(visitor, 'user')
  const files: Promise<Buffer>[] = []
  visitor.page.on('response', (response) => {
    if (['document', 'script', 'stylesheet'].includes(response.request().resourceType())) files.push(response.body())
  })
  const busyMs = await load(visitor)
  const bytes = (await Promise.all(files)).map((body) => gzipSync(body).byteLength).reduce((a, b) => a + b, 0)
  expect(bytes).toBeGreaterThan(50_000)
  expect(bytes).toBeLessThan(400_000)
  expect(busyMs).toBeGreaterThan(0)
  expect(busyMs).toBeLessThan(1_000)
})

/**
 * @returns milliseconds that the page kept its thread busy until its heading was there: other than time on the clock,
 * they do not depend on what else is at work on this machine
 */
async function load({ page, context }: Visitor): Promise<number> {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto('/')
  await page.getByRole('heading', { level: 1 }).waitFor()
  const { metrics } = await devtools.send('Performance.getMetrics')
  return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0)
}
