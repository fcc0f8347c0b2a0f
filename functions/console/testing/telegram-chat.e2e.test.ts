import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { z } from 'zod'
import { look } from './checks.ts'
import { send, signInAnew, test } from './test.ts'
import { phone } from './visitor.ts'

const { chatUrl } = inject('console')
const LinkCode = z.object({ bot_url: z.url() })

/** Says something on the page with the chat, and waits for the answer. */
async function say(page: Page, text: string) {
  const answers = page.locator('.message:not(.ours)')
  const before = await answers.count()
  await page.getByLabel('Message', { exact: true }).fill(text)
  await page.keyboard.press('Enter')
  await answers.nth(before).waitFor()
  return answers.last()
}

/** Somebody new in Telegram, so that no test is in the chat of another. */
async function becomeSomebody(page: Page, name: string, language: string) {
  await page.getByRole('button', { name: 'Add a person' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Language of their Telegram').selectOption(language)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Start' }).waitFor()
}

test('who links the bot with their account searches, likes and turns pages in the chat', { timeout: 90_000 }, async ({
  visit,
}) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor, 5)
  const { bot_url } = LinkCode.parse(await send(visitor, '/bot/link_codes', {}))
  await page.goto(bot_url)
  await becomeSomebody(page, 'Grace', 'en')
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByText('Linked with').waitFor()

  const found = await say(page, 'a film about love and loss')
  await found.getByText('1 credit').waitFor()
  await found.getByRole('button', { name: '1 👍' }).click()
  await found.getByRole('button', { name: '1 👍 ✓' }).waitFor()
  await look(page, 'bot, found')
  await found.getByRole('button', { name: '▶' }).click()
  await found.getByRole('button', { name: '◀' }).waitFor()
  await (await say(page, '/profile')).getByText('4 credits').waitFor()

  await page.getByRole('button', { name: 'Commands' }).click()
  await look(page, 'bot, commands')
  await page.keyboard.press('Enter')
  await page.getByLabel('Message', { exact: true }).fill('@auspex_local_bot a')
  await page.locator('#results button').first().click()
  await page.getByText('via @auspex_local_bot').waitFor()
})

test('the chat is there on a phone, in the dark, in Russian, by keyboard', { timeout: 60_000 }, async ({ visit }) => {
  const { page } = await visit({ language: 'ru', appearance: 'dark', size: phone })
  await page.goto(chatUrl)
  await becomeSomebody(page, 'Ольга', 'ru')
  await look(page, 'bot, phone, new')
  await page.getByRole('button', { name: 'Start' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Здравствуйте, Ольга!').waitFor()
  const popular = await say(page, '/popular')
  await popular.getByRole('button').first().click()
  await page.getByRole('dialog').getByText('привяжите аккаунт').waitFor()
  await look(page, 'bot, phone, alert')
  await page.keyboard.press('Escape')
  await look(page, 'bot, phone')
  expect(await page.getByRole('dialog').count()).toBe(0)
})
