import { Redis } from '@upstash/redis'
import { onTestFinished } from 'vitest'
import { type RedisOptions, startRedis } from './start.ts'

export const testToken = 'test-token'

/** A server of its own for one test, the official client, and a clock that only moves when it is told to. */
export async function givenRedis(options: Partial<RedisOptions> = {}) {
  let nowMs = Date.UTC(2030, 0, 1)
  const server = await startRedis({ token: testToken, clock: { now: () => nowMs }, ...options })
  onTestFinished(() => server.close())
  return {
    url: server.url,
    redis: clientOf(server.url),
    now: () => nowMs,
    advance(milliseconds: number) {
      nowMs += milliseconds
    },
    post: (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
      postTo(`${server.url}${path}`, body, headers),
  }
}

export function clientOf(url: string): Redis {
  return new Redis({ url, token: testToken, retry: false, enableTelemetry: false })
}

async function postTo(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${testToken}`, ...headers },
  })
  return { status: response.status, body: (await response.json()) as unknown }
}
