import { Client, Receiver } from '@upstash/qstash'
import { createMiddleware } from 'hono/factory'
import { Problem } from './problem.ts'

/** How often a callback is tried before its work is given up: once, and this many times again. */
export const callbackRetries = 3

export interface Queue {
  /**
   * Has `body` posted to one of our own addresses, at least once. Messages with the same id are one message.
   *
   * @param path such as `/infer`
   */
  publish(path: string, body: Record<string, string>, deduplicationId: string): Promise<void>
}

export function createQueue(env: { PUBLIC_URL: string; QSTASH_URL?: string | undefined; QSTASH_TOKEN: string }): Queue {
  const client = new Client({
    token: env.QSTASH_TOKEN,
    ...(env.QSTASH_URL && { baseUrl: env.QSTASH_URL }),
    enableTelemetry: false,
  })
  return {
    async publish(path, body, deduplicationId) {
      await client.publishJSON({ url: env.PUBLIC_URL + path, body, deduplicationId, retries: callbackRetries })
    },
  }
}

/** What a route says in OpenAPI that the queue calls. */
export const queueSecurity = [{ queue: [] }]

/**
 * Middleware for addresses that only the queue may call. The signature is over the raw body and the public address; it is
 * checked always, locally too, with the current key and then the next one.
 */
export const signedByQueue = createMiddleware<{ Variables: { ctx: { callbacks: CallbackSettings } } }>(
  async function signedByQueue(c, next) {
    // The queue posts; what else comes is refused for its method.
    if (c.req.method !== 'POST') return next()
    const signature = c.req.header('upstash-signature')
    if (!signature) throw new Problem('bad_signature')
    const { PUBLIC_URL, QSTASH_CURRENT_SIGNING_KEY, QSTASH_NEXT_SIGNING_KEY } = c.get('ctx').callbacks
    const receiver = new Receiver({
      currentSigningKey: QSTASH_CURRENT_SIGNING_KEY,
      nextSigningKey: QSTASH_NEXT_SIGNING_KEY,
    })
    const { pathname, search } = new URL(c.req.url)
    const body = await c.req.text()
    const good = await receiver
      .verify({ signature, body, url: PUBLIC_URL + pathname + search, clockTolerance: 5 })
      .catch(() => false)
    if (!good) throw new Problem('bad_signature')
    await next()
  },
)

export interface CallbackSettings {
  PUBLIC_URL: string
  QSTASH_CURRENT_SIGNING_KEY: string
  QSTASH_NEXT_SIGNING_KEY: string
}
