import { z } from '@hono/zod-openapi'
import { givenReceiver } from './receiver.ts'
import { publicUrl } from './world.ts'

export interface RecordedMessage {
  path: string
  /** As it is to be delivered. */
  body: string
}

const Batch = z.array(
  z.object({ destination: z.string(), body: z.string(), headers: z.record(z.string(), z.string()) }),
)

/** A queue that keeps messages, each once by its deduplication id, until the test takes and delivers them. */
export async function givenRecordedQueue() {
  const waiting: RecordedMessage[] = []
  const seen = new Set<string>()
  const keep = (address: string, body: string, deduplicationId: string | undefined) => {
    if (deduplicationId !== undefined && seen.has(deduplicationId)) return
    if (deduplicationId !== undefined) seen.add(deduplicationId)
    waiting.push({ path: address.slice(address.indexOf(publicUrl) + publicUrl.length), body })
  }
  const receiver = await givenReceiver((response, { path, headers, body }) => {
    response.setHeader('content-type', 'application/json')
    if (!path.endsWith('/v2/batch')) {
      keep(decodeURIComponent(path), body, String(headers['upstash-deduplication-id']))
      return response.end('{"messageId":"kept"}')
    }
    const messages = Batch.parse(JSON.parse(body))
    for (const message of messages) {
      const id = Object.entries(message.headers).find(([name]) => name.toLowerCase() === 'upstash-deduplication-id')
      keep(message.destination, message.body, id?.[1])
    }
    return response.end(JSON.stringify(messages.map(() => ({ messageId: 'kept' }))))
  })
  return {
    url: receiver.url.replace(/\/hook$/, ''),
    /** All that wait, which are then gone. */
    take: () => waiting.splice(0),
    /** As if the time were over in which it knows a message by its id. */
    forget: () => seen.clear(),
    close: () => receiver[Symbol.asyncDispose](),
  }
}
