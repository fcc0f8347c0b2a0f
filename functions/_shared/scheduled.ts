import { type AppOptions, createSystemContext, type Execution } from './app.ts'
import type { Context } from './context.ts'
import type { baseEnv } from './env.ts'
import { errorFields } from './log.ts'
import { cronCounter, cronSeconds } from './request-metrics.ts'
import { trackError } from './track-error.ts'

/**
 * What a function does by cron: counted, with one line in the log; a run that failed is an error of ours, and fails for
 * the platform, too.
 *
 * @param works by the name that they have in metrics and log; one that fails keeps no other from being done
 */
export function scheduled<Schema extends typeof baseEnv, Services extends object>(
  options: AppOptions<Schema, Services>,
  works: Readonly<Record<string, (ctx: Context & Services) => Promise<unknown>>>,
) {
  return async (_event: unknown, bindings: object, execution: Execution): Promise<void> => {
    const ctx = createSystemContext(options, bindings, execution)
    const run = ([name, work]: [string, (typeof works)[string]]) => runWork(ctx, options.name, name, work)
    const outcomes = await Promise.allSettled(Object.entries(works).map(run))
    ctx.metrics.storeLater(ctx)
    const failed = outcomes.find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  }
}

async function runWork<C extends Context>(
  ctx: C,
  functionName: string,
  operation: string,
  work: (ctx: C) => Promise<unknown>,
) {
  const startedMs = ctx.clock.now().getTime()
  const end = (outcome: 'done' | 'failed', fields: object = {}) => {
    const durationMs = ctx.clock.now().getTime() - startedMs
    ctx.metrics.add(cronCounter, { function: functionName, operation, outcome })
    ctx.metrics.observe(cronSeconds, { function: functionName, operation }, durationMs / 1000)
    ctx.log(outcome === 'done' ? 'info' : 'error', 'cron', { operation, outcome, duration_ms: durationMs, ...fields })
  }
  try {
    await work(ctx)
    end('done')
  } catch (error) {
    end('failed', errorFields(error))
    await trackError(ctx, { functionName, event: operation, error })
    throw error
  }
}
