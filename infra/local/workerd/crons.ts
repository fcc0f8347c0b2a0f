import { Cron } from 'croner'
import type { FunctionConfig } from './wrangler-config.ts'

/** Calls functions by the crons that `wrangler.toml` gives them, in UTC as the platform does. */
export function startCrons(
  functions: readonly FunctionConfig[],
  call: (functionName: string, cron: string) => Promise<void>,
): { close(): void } {
  const jobs = functions.flatMap(({ name, crons }) =>
    // A run that takes longer than its interval is not overtaken by the next.
    crons.map((cron) => new Cron(cron, { timezone: 'UTC', protect: true, unref: true }, () => call(name, cron))),
  )
  return {
    close() {
      for (const job of jobs) job.stop()
    },
  }
}
