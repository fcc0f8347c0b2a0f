import { createServer } from 'node:http'
import { Api } from 'grammy'
import { onTestFinished } from 'vitest'
import { startTelegram, type TelegramOptions } from '../start.ts'

export const testToken = '1000000001:a-token-of-tests'

/** A double of its own for one test, the official client, and somebody who has started a chat. */
export async function givenTelegram(options: Partial<TelegramOptions> = {}) {
  let nowMs = Date.UTC(2030, 0, 1)
  const pauses: number[] = []
  const timers = {
    now: () => nowMs,
    /** Time passes as soon as somebody waits for it. */
    async sleep(ms: number) {
      pauses.push(ms)
      nowMs += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
  const telegram = await startTelegram({ token: testToken, timers, ...options })
  onTestFinished(() => telegram.close())
  const person = telegram.double.world.addPerson({ first_name: 'Eve', language_code: 'en' })
  const chat = telegram.double.world.chat(person.id)
  chat.isStarted = true
  return {
    ...telegram,
    person,
    chat,
    pauses,
    api: new Api(testToken, { apiRoot: telegram.url }),
    advance(ms: number) {
      nowMs += ms
    },
    /** What the page with the chat calls. */
    page: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      fetch(`${telegram.url}/${path}`, {
        ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
        headers,
      }),
  }
}

/** A bot's webhook that answers with these statuses, one after the other, and then with 200. */
export async function givenWebhook(...statuses: number[]) {
  const received: { headers: Record<string, unknown>; update: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    received.push({ headers: request.headers, update: JSON.parse(Buffer.concat(chunks).toString()) })
    response.writeHead(statuses.shift() ?? 200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the webhook has no port')
  return { url: `http://127.0.0.1:${address.port}/hook`, received }
}
