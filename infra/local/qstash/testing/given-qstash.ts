import { Client, Receiver } from '@upstash/qstash'
import { onTestFinished } from 'vitest'
import { type Qstash, type QstashOptions, startQstash } from '../start.ts'
import { Destination } from './destination.ts'
import { FakeClock } from './fake-clock.ts'

export const TOKEN = 'token-for-tests'
export const KEYS = { currentSigningKey: 'sig_current_for_tests', nextSigningKey: 'sig_next_for_tests' }

export const newReceiver = () => new Receiver(KEYS)

export interface GivenQstash {
  qstash: Qstash
  /** The official client. */
  client: Client
  destination: Destination
  clock: FakeClock
  /** Waits for all deliveries that are possible now. */
  settle(): Promise<void>
  /** Lets time pass, with all that is delivered meanwhile. */
  advance(ms: number): Promise<void>
  /** Any request, as no client would send it. */
  request(method: string, path: string, init?: RequestInit): Promise<Response>
}

/** A server on a clock that stands still, the official client, and an endpoint; all closed when the test is over. */
export async function givenQstash(options: Partial<QstashOptions> & { clock?: FakeClock } = {}): Promise<GivenQstash> {
  const clock = options.clock ?? new FakeClock(Date.now())
  const destination = await Destination.start(newReceiver(), () => clock.now())
  const qstash = await startQstash({ token: TOKEN, ...KEYS, ...options, clock })
  onTestFinished(async () => {
    await qstash.close()
    destination.close()
  })
  const settle = () => qstash.idle()
  return {
    qstash,
    destination,
    clock,
    settle,
    client: new Client({ baseUrl: qstash.url, token: TOKEN, retry: false, enableTelemetry: false }),
    advance: (ms) => clock.advance(ms, settle),
    request: (method, path, init) =>
      fetch(qstash.url + path, { ...init, method, headers: { authorization: `Bearer ${TOKEN}`, ...init?.headers } }),
  }
}
