import { z } from '@hono/zod-openapi'
import { createApp } from '#shared/app.ts'
import type { Clock } from '#shared/clock.ts'
import { publicUrl, testBindings } from '#shared/testing/world.ts'
import { predictEnv } from '../env.ts'
import { createPredictServices } from '../services.ts'
import { registerStreamPrediction } from '../stream-prediction.ts'
import { registerStreamPredictions } from '../stream-predictions.ts'

const minuteMs = 60_000

/** A clock by which each sleep takes no time, but lets the next step happen; when none is left, minutes pass at once. */
export function steppingClock(steps: (() => unknown)[] = []) {
  let nowMs = Date.now()
  const slept: number[] = []
  const clock: Clock = {
    now: () => new Date(nowMs),
    sleep: async (ms) => {
      slept.push(ms)
      const step = steps.shift()
      nowMs += step ? ms : 10 * minuteMs
      await step?.()
    },
  }
  return { ...clock, slept }
}

const Data = z.looseObject({ job_id: z.string(), status: z.string(), revision: z.number() })

export interface Block {
  event?: string
  id?: string
  retry?: string
  comment?: string
  data?: z.infer<typeof Data>
}

interface Follow {
  clock: Clock
  token: string
  lastEventId?: string | undefined
}

/** Asks for an event stream from a function whose time is this clock's. */
export async function follow(path: string, { clock, token, lastEventId }: Follow) {
  const app = createApp({ name: 'predict', env: predictEnv, services: createPredictServices, clock })
  registerStreamPredictions(app)
  registerStreamPrediction(app)
  const headers = {
    authorization: `Bearer ${token}`,
    ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
  }
  return app.fetch(new Request(publicUrl + path, { headers }), testBindings())
}

/** The blocks of a stream as they come; to stop early is to go away. */
export async function* blocksOf(response: Response): AsyncGenerator<Block> {
  if (!response.body) return
  let rest = ''
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split('\n\n')
    rest = parts.pop() ?? ''
    yield* parts.map(parseBlock)
  }
}

export async function allBlocks(response: Response): Promise<Block[]> {
  const blocks: Block[] = []
  for await (const block of blocksOf(response)) blocks.push(block)
  return blocks
}

function parseBlock(text: string): Block {
  const fields = text.split('\n').map((line) => /^(\w*): (.*)$/.exec(line) ?? [])
  const { '': comment, data, ...others } = Object.fromEntries(fields.map(([, field, value]) => [field, value]))
  return { ...others, ...(comment && { comment }), ...(data && { data: Data.parse(JSON.parse(data)) }) }
}
