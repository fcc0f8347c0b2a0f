import type { InferenceSession } from 'onnxruntime-web/wasm'
import { encodeFeeds, type Feed } from './encode-feeds.ts'
import type { Columns, Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'
import type { Ort, OrtProvider } from './ort-backend.ts'
import { type PredictedRow, readRows } from './read-rows.ts'
import { sha256Hex } from './sha256.ts'
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
  /** Frees the memory of all sessions. */
  release(): Promise<void>
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
  /** In order of last use. */
  const sessions = new Map<string, Promise<InferenceSession>>()
  const turnstile = createTurnstile(waitMs)

  async function create(artefact: Artefact): Promise<InferenceSession> {
    const bytes = await loadChecked(artefact)
    const ort = await provide(provideOrt)
    return turnstile.pass(() => createSession(ort, bytes))
  }

  function drop(sha256: string, session: Promise<InferenceSession>) {
    if (sessions.get(sha256) === session) sessions.delete(sha256)
    return session.then(
      (it) => turnstile.pass(() => it.release()).catch(() => undefined),
      () => undefined, // it never came to be
    )
  }

  function acquire(artefact: Artefact): { session: Promise<InferenceSession>; cold: boolean } {
    const { sha256 } = artefact
    const known = sessions.get(sha256)
    const session = known ?? create(artefact)
    sessions.delete(sha256)
    sessions.set(sha256, session)
    for (const [oldest, other] of sessions) {
      if (sessions.size <= maxSessions) break
      void drop(oldest, other)
    }
    return { session, cold: known === undefined }
  }

  async function predict(artefact: Artefact, manifest: Manifest, columns: Columns): Promise<Prediction> {
    const rows = columns[manifest.features[0]?.name ?? '']?.length ?? 0
    const feeds = encodeFeeds(manifest, columns, rows)
    const start = clock()
    const { session: pending, cold } = acquire(artefact)
    try {
      const session = await within(waitMs, pending, 'the model was being loaded')
      const loaded = clock()
      const ort = await provide(provideOrt)
      const outputs = await turnstile.pass(() => run(ort, session, feeds))
      return {
        rows: readRows(manifest, rows, outputs),
        timings: { cold, loadMs: loaded - start, runMs: clock() - loaded },
      }
    } catch (error) {
      void drop(artefact.sha256, pending)
      throw error
    }
  }

  async function release() {
    await Promise.all([...sessions].map(([sha256, session]) => drop(sha256, session)))
  }

  return { predict, release }
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
    return await session.run(Object.fromEntries(feeds.map((feed) => [feed.name, tensor(ort, feed)])), {
      logSeverityLevel: 4,
    })
  } catch (cause) {
    throw new ModelError('the model failed on this input', { retryable: false, cause })
  }
}

function tensor(ort: Ort, feed: Feed) {
  const shape = [feed.rows, 1]
  return feed.type === 'string'
    ? new ort.Tensor('string', feed.data, shape)
    : new ort.Tensor('float32', feed.data, shape)
}
