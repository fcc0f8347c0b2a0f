import { Client, Receiver } from '@upstash/qstash'
import { createMiddleware } from 'hono/factory'
import { Problem } from './problem.ts'

/** How often a callback is tried before its work is given up: once, and this many times again. */
export const callbackRetries = 3

export interface Message {
  /** One of our own addresses, such as `/infer`. */
  path: string
  body: Record<string, string>
  /** Messages with the same id are one message. */
  deduplicationId: string
}

export interface Queue {
  /**
   * Has each message posted to its address, at least once. Many go in few requests, since a Worker may make only so many.
   *
   * @throws Error when one was not accepted; the others were, as far as the queue could be reached
   */
  publish(messages: readonly Message[]): Promise<void>
}

const batchSize = 100

interface QueueSettings {
  QSTASH_URL?: string | undefined
  QSTASH_TOKEN: string
}

/** @param retry false where somebody waits for the answer, and can ask again */
export function createQueueClient({ QSTASH_TOKEN, QSTASH_URL }: QueueSettings, retry?: false): Client {
  return new Client({
    token: QSTASH_TOKEN,
    ...(QSTASH_URL && { baseUrl: QSTASH_URL }),
    ...(retry === false && { retry }),
    enableTelemetry: false,
  })
}

export function createQueue(env: QueueSettings & { PUBLIC_URL: string }): Queue {
  const client = createQueueClient(env)
  const request = ({ path, body, deduplicationId }: Message) => ({
    url: env.PUBLIC_URL + path,
    body,
    deduplicationId,
    retries: callbackRetries,
  })

  async function publishBatch(messages: readonly Message[]) {
    const answers = await client.batchJSON(messages.map(request))
    const refused = answers.filter((answer) => 'error' in answer)
    if (refused.length > 0)
      throw new Error(`${refused.length} of ${messages.length} messages were refused by the queue`)
  }

  return {
    async publish(messages) {
      const [only] = messages
      if (only && messages.length === 1) return void (await client.publishJSON(request(only)))
      const batches = Array.from({ length: Math.ceil(messages.length / batchSize) }, (_, i) =>
        publishBatch(messages.slice(i * batchSize, (i + 1) * batchSize)),
      )
      await Promise.all(batches)
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
