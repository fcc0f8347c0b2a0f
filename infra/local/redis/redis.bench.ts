import { Ratelimit } from '@upstash/ratelimit'
import { Redis } from '@upstash/redis'
import { startRedis } from './start.ts'

// How fast the local Redis answers the official clients over HTTP: `node infra/local/redis/redis.bench.ts`.
const warmUpMs = 500
const measureMs = 2_000

async function operationsPerSecond(concurrency: number, durationMs: number, operation: () => Promise<unknown>) {
  const start = performance.now()
  let done = 0
  const worker = async () => {
    while (performance.now() - start < durationMs) {
      await operation()
      done += 1
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return Math.round((done * 1000) / (performance.now() - start))
}

const server = await startRedis({ token: 'bench' })
const redis = new Redis({ url: server.url, token: 'bench', enableTelemetry: false })
const limiter = new Ratelimit({ redis, limiter: Ratelimit.slidingWindow(1e9, '10 s'), ephemeralCache: false })
await redis.set('key', 'value')

const operations = { get: () => redis.get('key'), ratelimit: () => limiter.limit('user') }
for (const [name, operation] of Object.entries(operations)) {
  for (const concurrency of [1, 16]) {
    await operationsPerSecond(concurrency, warmUpMs, operation)
    const rate = await operationsPerSecond(concurrency, measureMs, operation)
    console.log(`${name.padEnd(10)} c=${String(concurrency).padEnd(3)} ${rate} op/s`)
  }
}
await server.close()
