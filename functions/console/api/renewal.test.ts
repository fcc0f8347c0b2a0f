import { afterEach, expect, test, vi } from 'vitest'
import { call } from './call.ts'
import { endWaiting, isSessionWanted, onSessionWanted } from './renewal.ts'

let isSignedIn = false
const unknown = () => Response.json({ code: 'unauthenticated', detail: 'Who are you?' }, { status: 401 })
const answering = vi.fn(async () => (isSignedIn ? Response.json({ done: true }) : unknown()))
vi.stubGlobal('fetch', answering)

afterEach(() => {
  answering.mockClear()
  isSignedIn = false
})

test('refused calls wait while the person signs in, and then are made again, each once', async () => {
  const listener = vi.fn()
  const leave = onSessionWanted(listener)
  const calls = Promise.all([call('/a'), call('/b', { method: 'POST', body: { amount: 1 } })])
  await vi.waitFor(() => expect(answering).toHaveBeenCalledTimes(2))
  await vi.waitFor(() => expect(isSessionWanted()).toBe(true))
  isSignedIn = true
  endWaiting(true)
  expect(await calls).toEqual([{ done: true }, { done: true }])
  expect(answering).toHaveBeenCalledTimes(4)
  expect(isSessionWanted()).toBe(false)
  leave()
})

test('a call that was under way when the session was renewed is made again without asking', async () => {
  const leave = onSessionWanted(() => {})
  const slow = Promise.withResolvers<Response>()
  answering.mockImplementationOnce(() => slow.promise)
  const pending = call('/slow')
  endWaiting(true)
  isSignedIn = true
  slow.resolve(unknown())
  expect(await pending).toEqual({ done: true })
  leave()
})

test.each([
  ['who will not sign in', () => onSessionWanted(() => {})],
  ['where there is nobody to ask', () => () => {}],
])('%s gets the refusal', async (_, listen) => {
  const leave = listen()
  const pending = expect(call('/a')).rejects.toMatchObject({ code: 'unauthenticated' })
  await vi.waitFor(() => expect(answering).toHaveBeenCalled())
  await new Promise((resolve) => setTimeout(resolve))
  if (isSessionWanted()) endWaiting(false)
  await pending
  expect(answering).toHaveBeenCalledTimes(1)
  leave()
})

test('who leaves the page keeps nothing waiting', async () => {
  const leave = onSessionWanted(() => {})
  const pending = expect(call('/a')).rejects.toMatchObject({ status: 401 })
  await vi.waitFor(() => expect(isSessionWanted()).toBe(true))
  leave()
  await pending
})
