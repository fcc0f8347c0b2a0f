import type { Redis } from '@upstash/redis/cloudflare'

/** What an isolate counted since its last batch: by field, how much more. */
export interface Batch {
  id: string
  increments: ReadonlyMap<string, number>
}

export interface MetricsStore {
  /** Adds all of a batch or nothing; one that is sent again, because its answer was lost, counts once. */
  add(batch: Batch): Promise<void>
  /** Every field with its sum over all isolates. */
  read(): Promise<Record<string, unknown>>
}

const sums = 'auspex:metrics'
/** For so long a batch that is sent again is known. */
const batchMemorySeconds = 600

/** One command, whatever a batch holds: hosted Redis is paid by the command. */
const addBatch = `
if redis.call('set', KEYS[2], '1', 'nx', 'ex', ARGV[1]) then
  for i = 2, #ARGV, 2 do redis.call('hincrbyfloat', KEYS[1], ARGV[i], ARGV[i + 1]) end
end`

/** Sums of what isolates count, in one hash: Workers themselves keep nothing. */
export function createMetricsStore(redis: Redis): MetricsStore {
  return {
    async add({ id, increments }) {
      const pairs = [...increments].flatMap(([field, by]) => [field, String(by)])
      await redis.eval(addBatch, [sums, `${sums}:${id}`], [String(batchMemorySeconds), ...pairs])
    },
    async read() {
      return (await redis.hgetall(sums)) ?? {}
    },
  }
}
