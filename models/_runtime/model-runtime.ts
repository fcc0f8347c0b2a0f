import type { InferenceSession } from 'onnxruntime-web/wasm'
import { encodeFeeds, type Feed } from './encode-feeds.ts'
import type { Columns, Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'
import type { Ort, OrtProvider } from './ort-backend.ts'
import { type PredictedRow, readRows } from './read-rows.ts'
import { SessionCache } from './session-cache.ts'
import { sha256Hex } from './sha256.ts'
import { toTensors } from './tensors.ts'
import { createTurnstile, within } from './turnstile.ts'

/** An immutable ONNX file: its name is its hash, its bytes are fetched when they are needed. */
export interface Artefact {
  sha256: string
  load(): Promise<Uint8Array>
}

export interface Timings {
  /** Was the session made for this call? */
  cold: boolean
  /** Until the session was there: fetching, checking and building it, or waiting for who does. */
  loadMs: number
  /** From the session to the rows. */
  runMs: number
}

export interface Prediction {
  rows: PredictedRow[]
  timings: Timings
}

export interface ModelRuntime {
  /** @throws ModelError */
  predict(artefact: Artefact, manifest: Manifest, columns: Columns): Promise<Prediction>
  /** Forgets all sessions; their memory is freed when their last calls are done. */
  release(): void
}

interface RuntimeOptions {
  ort: OrtProvider
  /** How many models stay in memory; the one that was not used for longest goes first. */
  maxSessions?: number
  /** How long a call waits for another call's work before it gives up. */
  waitMs?: number
  clock?: () => number
}

/** Runs artefacts: one session an artefact, made once and shared; a failed attempt is forgotten, so that the next can succeed. */
export function createModelRuntime({
  ort: provideOrt,
  maxSessions = 4,
  waitMs = 20_000,
  clock = () => performance.now(),
}: RuntimeOptions): ModelRuntime {
  const turnstile = createTurnstile(waitMs)
  const sessions = new SessionCache<InferenceSession>(maxSessions, (session) => turnstile.pass(() => session.release()))

  async function create(artefact: Artefact): Promise<InferenceSession> {
    const bytes = await loadChecked(artefact)
    const ort = await provide(provideOrt)
    return turnstile.pass(() => createSession(ort, bytes))
  }

  async function predict(artefact: Artefact, manifest: Manifest, columns: Columns): Promise<Prediction> {
    const rows = columns[manifest.features[0]?.name ?? '']?.length ?? 0
    const feeds = encodeFeeds(manifest, columns, rows)
    const startMs = clock()
    const lease = sessions.lease(artefact.sha256, () => create(artefact))
    let outcome: 'done' | 'failed' = 'failed'
    try {
      const session = await within(waitMs, lease.session, 'the model was being loaded')
      const loadedMs = clock()
      const ort = await provide(provideOrt)
      const outputs = await turnstile.pass(() => run(ort, session, feeds))
      outcome = 'done'
      return {
        rows: readRows(manifest, rows, outputs),
        timings: { cold: lease.cold, loadMs: loadedMs - startMs, runMs: clock() - loadedMs },
      }
    } finally {
      lease.end(outcome)
    }
  }

  return { predict, release: () => sessions.clear() }
}

async function loadChecked(artefact: Artefact): Promise<Uint8Array> {
  let bytes: Uint8Array
  try {
    bytes = await artefact.load()
  } catch (cause) {
    throw new ModelError(`artefact ${artefact.sha256} could not be loaded`, { retryable: true, cause })
  }
  const actual = await sha256Hex(bytes)
  if (actual === artefact.sha256) return bytes
  throw new ModelError(`artefact ${artefact.sha256} came with the hash ${actual}`, { retryable: true })
}

async function provide(provideOrt: OrtProvider): Promise<Ort> {
  try {
    return await provideOrt()
  } catch (cause) {
    throw new ModelError('the ONNX runtime did not start', { retryable: true, cause })
  }
}

async function createSession(ort: Ort, bytes: Uint8Array): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 4 })
  } catch (cause) {
    throw new ModelError('the artefact is no model that the ONNX runtime can read', { retryable: false, cause })
  }
}

async function run(ort: Ort, session: InferenceSession, feeds: readonly Feed[]) {
  try {
    return await session.run(toTensors(ort, feeds), {
      logSeverityLevel: 4,
    })
  } catch (cause) {
    throw new ModelError('the model failed on this input', { retryable: false, cause })
  }
}
