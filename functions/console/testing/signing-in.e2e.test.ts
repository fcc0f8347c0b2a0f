import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { demoPassword } from '#scripts/lib/demo-accounts.ts'
import { look } from './checks.ts'
import { send, signInAnew, test } from './test.ts'

test('who does not know the password is told so, and keeps what they typed', async ({ visit }) => {
  const { page } = await visit()
  await page.goto('/console/jobs')
  await page.getByLabel('E-mail').fill('user@demo.local')
  await page.getByLabel('Password', { exact: true }).fill('not-the-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('alert').getByText('Wrong e-mail or password.').waitFor()
  expect(await page.getByLabel('E-mail').inputValue()).toBe('user@demo.local')
  await look(page, 'sign in, wrong')
  await page.getByLabel('Password', { exact: true }).fill(demoPassword)
  await page.getByRole('button', { name: 'Sign in' }).click()
  // On to where the way was barred.
  await page.getByRole('heading', { level: 1, name: 'Jobs' }).waitFor()
})

test('a session that ends is renewed above the form, which keeps its content', async ({ visit }) => {
  const visitor = await visit()
  const { page, context } = visitor
  const { password } = await signInAnew(visitor, 50)
  await page.goto('/console/predictors/linear_regression')
  const power = page.getByLabel('Power', { exact: true })
  await power.waitFor()
  await context.clearCookies()
  await power.fill('123')
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Your session has ended').waitFor()
  await look(page, 'session ended')
  expect(await power.inputValue()).toBe('123')
  await dialog.getByLabel('Password', { exact: true }).fill(password)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: /^Predict for/ }).click()
  await page.getByTestId('result').waitFor()
  await page.getByText('123 hp', { exact: true }).waitFor()
})

test('weak passwords and known addresses are told before an account is made', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  const email = `${randomUUID()}@example.com`
  await send(visitor, '/sign_up', { name: 'First', email, password: 'a long walk home' })
  await page.goto('/console/sign-up')
  await page.getByLabel('Name').fill('Second')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('New password').fill('short')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByText('This password is too easy to guess.').waitFor()
  await page.getByLabel('New password').fill('another long walk')
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.getByRole('alert').getByText('There is an account with this e-mail already.').waitFor()
  await look(page, 'sign up, refused')
})

test('who signs out is out, and sees nothing of before', async ({ visit }) => {
  const visitor = await visit()
  const { page } = visitor
  await signInAnew(visitor)
  await page.goto('/')
  await page.getByRole('button', { name: 'You and your choices' }).click()
  await page.getByText('Sign out').click()
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
  await page.goto('/console/wallet')
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
})
