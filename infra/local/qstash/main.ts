import { parseArgs } from 'node:util'
import { z } from 'zod'
import { startQstash } from './start.ts'

const USAGE = `A QStash server on this machine, for the official @upstash/qstash client.

  node infra/local/qstash/main.ts [--port 8080] [--host 127.0.0.1] [--data <file>] [--retry-delay-scale 1]

Without --data messages live in memory. QSTASH_TOKEN, QSTASH_CURRENT_SIGNING_KEY and QSTASH_NEXT_SIGNING_KEY are read
from the environment and have no defaults.
`

const Environment = z.object({
  QSTASH_TOKEN: z.string().min(1),
  QSTASH_CURRENT_SIGNING_KEY: z.string().min(1),
  QSTASH_NEXT_SIGNING_KEY: z.string().min(1),
})

const Flags = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  host: z.string(),
  data: z.string().optional(),
  'retry-delay-scale': z.coerce.number().min(0),
})

const flagTypes = {
  port: { type: 'string', default: '8080' },
  host: { type: 'string', default: '127.0.0.1' },
  data: { type: 'string' },
  'retry-delay-scale': { type: 'string', default: '1' },
  help: { type: 'boolean', short: 'h' },
} as const

await main().catch((error: unknown) => {
  console.error(`${messageOf(error)}\n\n${USAGE}`)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { values } = parseArgs({ options: flagTypes })
  if (values.help === true) return console.log(USAGE)
  const flags = Flags.parse(values)
  const environment = Environment.parse(process.env)
  const qstash = await startQstash({
    port: flags.port,
    host: flags.host,
    dataFile: flags.data,
    retryDelayScale: flags['retry-delay-scale'],
    token: environment.QSTASH_TOKEN,
    currentSigningKey: environment.QSTASH_CURRENT_SIGNING_KEY,
    nextSigningKey: environment.QSTASH_NEXT_SIGNING_KEY,
  })
  console.log(`QStash on ${qstash.url}`)
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void qstash.close())
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error)
  return error instanceof Error ? error.message : String(error)
}
