import { Hono } from 'hono'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { createOnnxEncoder } from '#models/_encoders/onnx-encoder.ts'
import { createTurns } from '#models/_encoders/turns.ts'
import type { OrtProvider } from '#models/_runtime/ort-backend.ts'
import { boundedBody } from '#shared/body.ts'
import { parseEnv } from '#shared/env.ts'
import { errorFields, type Log } from '#shared/log.ts'
import { memoise } from '#shared/memoise.ts'
import { NotFound } from '#shared/problem.ts'
import { type Recording, recorded } from '#shared/recorded.ts'
import { registerEncodeTexts } from './encode-texts.ts'
import { EncoderPool } from './encoder-pool.ts'
import { type EncodeEnv, encodeEnv } from './env.ts'
import { registerGetHealth } from './get-health.ts'
import { createHostedEncoder } from './hosted-encoder.ts'
import { registerListEncoders } from './list-encoders.ts'
import { createLoadFile } from './load-file.ts'
import { toEncodeProblem } from './to-encode-problem.ts'

export interface WasmMemory {
  /** What is taken now. */
  bytes(): number
  limitBytes: number
}

export type EncodeApp = Hono<{ Bindings: object; Variables: { pool: EncoderPool; log: Log; recording: Recording } }>

/** Texts are up to four bytes a character, and more when escaped. */
const maximumBodyBytes = 8 * 2 ** 20
const waitMs = 20_000

/**
 * Turns texts into vectors, for other functions. It knows no users and no database.
 *
 * @param ort the runtime that suits the platform
 */
export function createEncodeApp(ort: OrtProvider, memory: WasmMemory): EncodeApp {
  const app: EncodeApp = new Hono()
  const turns = createTurns(waitMs)
  const poolOf = memoise((bindings: object) => createPool(parseEnv(encodeEnv, bindings)))

  function createPool(env: EncodeEnv): EncoderPool {
    const load = createLoadFile(env)
    const manifests = [allMiniLm, ...(env.HOSTED_ENCODER ? [env.HOSTED_ENCODER] : [])]
    return new EncoderPool(manifests, async (manifest, signal) =>
      manifest.kind === 'onnx'
        ? createOnnxEncoder(manifest, { load, ort, turns, signal })
        : createHostedEncoder(manifest, env.HOSTED_ENCODER_TOKEN),
    )
  }

  app.use(recorded('encode'))
  app.use(async (c, next) => {
    c.set('log', c.get('recording').log)
    c.set('pool', poolOf(c.env))
    await next()
  })
  app.use(boundedBody({ maximumBytes: maximumBodyBytes }))
  registerListEncoders(app)
  registerEncodeTexts(app, memory)
  registerGetHealth(app, memory)
  app.notFound(() => {
    throw new NotFound('address')
  })
  app.onError((error, c) => {
    const problem = toEncodeProblem(error)
    const { log, requestId } = c.get('recording')
    if (problem.status >= 500) log('error', 'request_failed', errorFields(problem))
    return problem.toResponse(requestId)
  })
  return app
}
