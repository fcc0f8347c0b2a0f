import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'

const LIMIT_MS = 15 * 60_000

/** Runs a program and reads the JSON of the line that starts with `RESULT`. */
export async function runResult<Result>(
  schema: z.ZodType<Result>,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Result> {
  const options = { env: { ...process.env, ...env }, timeout: LIMIT_MS, maxBuffer: 2 ** 26 }
  const { stdout } = await promisify(execFile)(command, [...args], options).catch((error: unknown) => {
    throw new Error(lastWords(error), { cause: error })
  })
  const line = stdout.split('\n').find((text) => text.startsWith('RESULT '))
  if (line === undefined) throw new Error(`there is no result in what it printed: ${stdout.slice(-500)}`)
  return schema.parse(JSON.parse(line.slice('RESULT '.length)))
}

const Failure = z.object({ stderr: z.string(), killed: z.boolean().optional() })

function lastWords(error: unknown): string {
  const { data } = Failure.safeParse(error)
  if (data?.killed) return `it took longer than ${LIMIT_MS / 60_000} minutes`
  const words = data?.stderr.trim() ?? ''
  const [thrown] = /^\w*Error: .*$/m.exec(words) ?? []
  return thrown ?? (words.slice(-1_500) || String(error))
}
