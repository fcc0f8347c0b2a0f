import { framesOf, redact } from './redact.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type Log = (level: LogLevel, event: string, fields?: Record<string, unknown>) => void

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

/** One JSON object a line: what the platform's log search expects. */
export function createLog(context: Record<string, unknown>, minimum: LogLevel): Log {
  return (level, event, fields) => {
    if (rank[level] < rank[minimum]) return
    // biome-ignore lint/suspicious/noConsole: the console is the log of a Worker
    console.log(JSON.stringify({ level, event, time: new Date().toISOString(), ...context, ...fields }))
  }
}

/** An unknown error as fields of a log line, with its causes; secrets and personal data that it quotes stay out. */
export function errorFields(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: redact(String(error)) }
  return {
    error: redact(error.message),
    stack: framesOf(error.stack),
    ...(error.cause !== undefined && { cause: errorFields(error.cause) }),
  }
}
