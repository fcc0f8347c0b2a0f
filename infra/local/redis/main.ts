import { parseArgs } from 'node:util'
import { startRedis } from './start.ts'

const { values } = parseArgs({ options: { port: { type: 'string', default: '8079' }, token: { type: 'string' } } })
const token = values.token ?? process.env.UPSTASH_REDIS_REST_TOKEN
if (!token) {
  console.error('Usage: node infra/local/redis/main.ts --token SECRET [--port 8079] (or set UPSTASH_REDIS_REST_TOKEN)')
  process.exit(2)
}

const redis = await startRedis({ port: Number(values.port), token })
console.log(`Redis over HTTP at ${redis.url}`)

const stop = () => void redis.close().then(() => process.exit(0))
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
