import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, normalize } from 'node:path'
import auth from '#functions/auth/index.ts'
import balance from '#functions/balance/index.ts'
import bot from '#functions/bot/index.ts'
import gateway from '#functions/gateway/index.ts'
import { createInferApp } from '#functions/infer/app.ts'
import metrics from '#functions/metrics/index.ts'
import movies from '#functions/movies/index.ts'
import predict from '#functions/predict/index.ts'
import type { ModelRuntime } from '#models/_runtime/model-runtime.ts'
import { type Answer, type CallOptions, call, type Fetches, watchedExecution } from './call.ts'
import { testBindings } from './world.ts'

/** A model runtime whose answer is known: row by row 1000, 1001, ..., and one credit of each for every feature. */
export const countingModels: ModelRuntime = {
  async predict(_artefact, manifest, columns) {
    const { features, interval } = manifest
    const rows = columns[features[0]?.name ?? '']?.length ?? 0
    const contributions = Object.fromEntries(features.map(({ name }) => [name, 1]))
    const rowOf = (value: number) => ({
      value,
      ...(interval && { interval: { lower: value - 10, upper: value + 10, coverage: interval.coverage } }),
      contributions,
    })
    return {
      rows: Array.from({ length: rows }, (_, row) => rowOf(1000 + row)),
      timings: { cold: false, loadMs: 0, runMs: 1 },
    }
  },
  release: async () => {},
}

/**
 * The whole API in one process: the gateway before all functions, each called by its service binding as the platform
 * does, static files from where the build takes them.
 *
 * @param models the real runtime (with `nodeOrt`), or one whose answers are known
 * @param consoleFiles what was built of the console, by path: nothing unless told
 */
export function createTestGateway({
  models = countingModels,
  bindings = testBindings(),
  consoleFiles = {},
}: {
  models?: ModelRuntime
  bindings?: ReturnType<typeof testBindings>
  consoleFiles?: Readonly<Record<string, string>>
} = {}) {
  const deferred = new Set<Promise<unknown>>()
  /** What a function defers outlives the gateway's own request, so that it is waited for here. */
  const bind = (app: Fetches) => ({
    fetch(request: Request) {
      const { execution, settled } = watchedExecution()
      const answer = Promise.resolve(app.fetch(request, bindings, execution))
      const work = answer.then(settled).finally(() => deferred.delete(work))
      deferred.add(work)
      return answer
    },
  })
  const services = {
    LOG_LEVEL: 'error',
    AUTH: bind(auth),
    BALANCE: bind(balance),
    PREDICT: bind(predict),
    INFER: bind(createInferApp(models)),
    METRICS: bind(metrics),
    MOVIES: bind(movies),
    BOT: bind(bot),
    ASSETS: { fetch: async (request: Request) => serveText(consoleFiles, request) ?? serveStatic(request) },
  }
  return {
    async call(method: string, path: string, options: Omit<CallOptions, 'bindings'> = {}): Promise<Answer> {
      const answer = await call(gateway, method, path, { ...options, bindings: services })
      await Promise.all(deferred)
      return answer
    },
  }
}

export type TestGateway = ReturnType<typeof createTestGateway>

let shared: TestGateway | undefined

/** Calls a gateway that the tests of one file share: one isolate of every function, as in production. */
export function callGateway(method: string, path: string, options?: Omit<CallOptions, 'bindings'>): Promise<Answer> {
  shared ??= createTestGateway()
  return shared.call(method, path, options)
}

const folders = [
  join(import.meta.dirname, '../../gateway/assets'),
  join(dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json')), '..'),
]

function serveText(files: Readonly<Record<string, string>>, request: Request): Response | undefined {
  const text = files[new URL(request.url).pathname]
  return text === undefined ? undefined : new Response(request.method === 'HEAD' ? null : text)
}

/** Serves files as the platform's static assets do: by path, below the folders, 404 for all else. */
async function serveStatic(request: Request): Promise<Response> {
  const path = normalize(new URL(request.url).pathname.replace(/^\/docs\/swagger-ui/, '/swagger-ui-dist/swagger-ui'))
  for (const folder of folders) {
    const bytes = await readFile(join(folder, path)).catch(() => undefined)
    if (bytes) return new Response(request.method === 'HEAD' ? null : bytes)
  }
  return new Response('Not found', { status: 404 })
}
