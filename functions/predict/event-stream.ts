import type { Context } from '#shared/context.ts'
import { errorFields } from '#shared/log.ts'

/** One server-sent event, as the HTML standard has it. */
export interface ServerEvent {
  name: string
  /** What the client sends as `Last-Event-ID` when it comes back. */
  id: string
  data: unknown
}

/** What one look at the database found. */
export interface Look {
  events: ServerEvent[]
  /** Nothing can come after these. */
  isLast?: boolean
  /** From where a client that has seen all these can go on, where that is more than the id of the last event. */
  position?: string
}

const firstPauseMs = 50
/** After something happened, since more may follow soon. */
const busyPauseMs = 200
const longestPauseMs = 1_000
const heartbeatMs = 15_000
/** A stream ends by itself, and the client comes back: no Worker may run, or ask the database, without end. */
const longestStreamMs = 4 * 60_000
const maximumLooks = 300
/** How soon a client comes back: after a stream that ended by plan, and after one that broke. */
const retryMs = { planned: 100, broken: 2_000 }

/** How many a user may open: each asks the database for minutes. */
export const streams = { limit: 300, windowMs: 60_000 }

type StreamContext = Pick<Context, 'clock' | 'log'>

/**
 * The body of an event stream: what the first look found, then what further looks find, until one of them is the last,
 * the client goes away, or it is time to let it come back.
 *
 * @param first made before the answer begins, so that its failure can still be a problem
 */
export function eventStream(ctx: StreamContext, first: Look, look: () => Promise<Look>): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const chunks = follow(ctx, first, look, gone.signal)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: () => gone.abort(),
  })
}

/** Of the answer that carries the stream: no cache keeps it, no proxy holds it back. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

async function* follow(ctx: StreamContext, first: Look, look: () => Promise<Look>, gone: AbortSignal) {
  const nowMs = () => ctx.clock.now().getTime()
  const untilMs = nowMs() + longestStreamMs
  let found = first
  let spokeMs = nowMs()
  let pauseMs = firstPauseMs
  // The first words go out at once, so that the client knows that it is connected, and from where it could go on.
  yield block({ retry: retryMs.broken, id: first.events.length === 0 ? first.position : undefined })
  try {
    for (let looks = 1; !gone.aborted && looks <= maximumLooks && nowMs() < untilMs; looks++) {
      const isQuiet = found.events.length === 0
      if (!isQuiet || nowMs() - spokeMs >= heartbeatMs) {
        yield isQuiet ? `: heartbeat\n${block({ id: found.position })}` : found.events.map(eventBlock).join('')
        spokeMs = nowMs()
      }
      if (found.isLast) return
      await ctx.clock.sleep(pauseMs)
      pauseMs = isQuiet ? Math.min(pauseMs * 1.5, longestPauseMs) : busyPauseMs
      if (!gone.aborted) found = await look()
    }
    yield block({ retry: retryMs.planned })
  } catch (error) {
    // The stream just ends: its client comes back with the id of the last event that it got.
    ctx.log('warn', 'stream_broken', errorFields(error))
  }
}

function eventBlock({ name, id, data }: ServerEvent): string {
  return block({ event: name, id, data: JSON.stringify(data) })
}

/** Fields of the event stream format, none of whose values has a line break. */
function block(fields: Record<string, string | number | undefined>): string {
  const lines = Object.entries(fields).filter(([, value]) => value !== undefined)
  return `${lines.map(([field, value]) => `${field}: ${value}\n`).join('')}\n`
}
