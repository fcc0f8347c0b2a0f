import { z } from '@hono/zod-openapi'
import type { Message } from '../queue.ts'
import { publicUrl, testBindings } from './world.ts'

/** One call to the database or the queue that goes wrong. */
export interface Fault {
  /** Which call, counted from 0. */
  call: number
  /** Whether it never arrives, or takes effect and its answer is lost. */
  lost: 'request' | 'answer'
  /** Whether the process dies there, so that nothing after it arrives either. */
  isFatal: boolean
}

export interface Traffic {
  calls: number
  /** What reached the queue, which delivers nothing by itself in tests. */
  messages: Message[]
  /** What the work threw, if it did. */
  error?: unknown
}

const reason = 'broken by a test'
const Body = z.record(z.string(), z.string())

/**
 * Runs work while watching what functions send to the database and to the queue, and breaks one call of it. The real
 * clients speak to the real services: only the wire is ours, so that every step between two effects can be cut.
 */
export async function onWire(work: () => Promise<unknown>, fault?: Fault): Promise<Traffic> {
  const { queueUrl, databaseUrl } = addresses()
  const honest = globalThis.fetch
  const traffic: Traffic = { calls: 0, messages: [] }
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const isQueue = request.url.startsWith(queueUrl)
    if (!isQueue && !request.url.startsWith(databaseUrl)) return honest(request)
    const cut = cutAt(fault, traffic.calls++)
    if (cut === 'request') return refuse(isQueue)
    const messages = isQueue ? await messagesOf(request.clone()) : []
    const answer = await honest(request)
    traffic.messages.push(...messages)
    if (cut === undefined) return answer
    await answer.arrayBuffer()
    return refuse(isQueue)
  }
  try {
    await work()
  } catch (error) {
    traffic.error = error
  } finally {
    globalThis.fetch = honest
  }
  return traffic
}

function addresses() {
  const { QSTASH_URL, NEON_FETCH_ENDPOINT } = testBindings()
  return { queueUrl: QSTASH_URL, databaseUrl: NEON_FETCH_ENDPOINT }
}

function cutAt(fault: Fault | undefined, call: number): Fault['lost'] | undefined {
  if (fault === undefined || call < fault.call) return undefined
  if (call === fault.call) return fault.lost
  return fault.isFatal ? 'request' : undefined
}

/** The queue's client tries again, with pauses, when nothing answers; it gives up at once when something says no. */
function refuse(isQueue: boolean): Response {
  if (isQueue) return new Response(reason, { status: 500 })
  throw new TypeError(reason)
}

const Batch = z.array(
  z.object({ destination: z.string(), headers: z.record(z.string(), z.string()), body: z.string() }),
)

async function messagesOf(request: Request): Promise<Message[]> {
  if (request.url.endsWith('/v2/batch')) {
    return Batch.parse(await request.json()).map(({ destination, headers, body }) =>
      messageOf(destination, new Headers(headers), JSON.parse(body)),
    )
  }
  return [messageOf(request.url, request.headers, await request.json())]
}

/** @param target our own address, perhaps behind one of the queue's */
function messageOf(target: string, headers: Headers, body: unknown): Message {
  const path = target.slice(target.indexOf(publicUrl) + publicUrl.length)
  return { path, body: Body.parse(body), deduplicationId: headers.get('upstash-deduplication-id') ?? '' }
}

/** Whether an error comes from a fault: one that does not is a bug. */
export function wasBrokenByTest(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at.message.includes(reason)) return true
  return false
}
