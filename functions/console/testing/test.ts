import { randomUUID } from 'node:crypto'
import { type Browser, chromium } from 'playwright-core'
import { test as base, expect, inject } from 'vitest'
import { demoAccounts, demoPassword } from '#scripts/lib/demo-accounts.ts'
import { screenshot } from './checks.ts'
import { desktop, type Visitor, type VisitorOptions, watch } from './visitor.ts'

export type Role = (typeof demoAccounts)[number]['role']

interface World {
  browser: Browser
  /** A person with a window of their own; that nothing went wrong in it is checked after the test. */
  visit(options?: VisitorOptions): Promise<Visitor>
}

export const { publicUrl } = inject('console')

/** A test that looks at the console in a real browser. */
export const test = base.extend<World>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: how vitest sees which fixtures this one needs
    async ({}, use) => {
      const browser = await chromium.connect(inject('console').browserEndpoint)
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],
  visit: async ({ browser, task }, use) => {
    const visitors: Visitor[] = []
    await use(async (options = {}) => {
      const visitor = await open(browser, options)
      visitors.push(visitor)
      return visitor
    })
    for (const { page, context } of visitors) {
      if (task.result?.state === 'fail') await screenshot(page, `failed ${task.name.slice(0, 80)}`).catch(() => {})
      await context.close()
    }
    expect(visitors.flatMap(({ troubles }) => troubles)).toEqual([])
  },
})

async function open(browser: Browser, { language = 'en', appearance = 'light', size = desktop }: VisitorOptions) {
  const context = await browser.newContext({
    baseURL: publicUrl,
    locale: language === 'ru' ? 'ru-RU' : 'en-GB',
    timezoneId: 'UTC',
    colorScheme: appearance,
    reducedMotion: 'reduce',
    viewport: size,
  })
  context.setDefaultTimeout(15_000)
  return watch(context, await context.newPage())
}

/** Signs in as one of the demo accounts, without the form. */
export const signInAs = (visitor: Visitor, role: Role) =>
  signIn(visitor, demoAccounts.find((account) => account.role === role)?.email ?? '', demoPassword)

/** Signs in somebody new with so many credits, without the form. */
export async function signInAnew(visitor: Visitor, credits = 100) {
  const id = randomUUID()
  const person = { name: 'Test', email: `${id}@example.com`, password: `a long walk ${id}` }
  await send(visitor, '/sign_up', person)
  await signIn(visitor, person.email, person.password)
  await send(visitor, '/balance', { new_amount: credits })
  return person
}

async function signIn(visitor: Visitor, email: string, password: string) {
  await send(visitor, '/session', { email, password })
}

/** Calls the API as the console would: with the visitor's cookie, from its origin. */
export async function send(visitor: Visitor, path: string, data: object) {
  const answer = await visitor.context.request.post(path, { data, headers: { origin: publicUrl } })
  expect(answer.ok(), `POST ${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return answer.json() as Promise<unknown>
}
