import { describeEncoder } from '#models/_encoders/describe-encoder.ts'
import type { EncoderDescription, EncoderManifest } from '#models/_encoders/manifest.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { within } from '#models/_runtime/turnstile.ts'
import { NotFound } from '#shared/problem.ts'

/** Makes an encoder ready: it gives up, before it takes memory, when the signal says that nobody waits any more. */
export type StartEncoder = (manifest: EncoderManifest, signal: AbortSignal) => Promise<RunningEncoder>

interface Entry {
  manifest: EncoderManifest
  running?: Promise<RunningEncoder>
}

/**
 * The encoders of an isolate: each is started by its first text, once for all that come meanwhile, and stays. A failed
 * start is forgotten, so that the next can succeed.
 */
export class EncoderPool {
  readonly #entries: Promise<Map<string, Entry & { description: EncoderDescription }>>
  readonly #start: StartEncoder
  readonly #startLimitMs: number

  constructor(manifests: readonly EncoderManifest[], start: StartEncoder, startLimitMs = 30_000) {
    this.#entries = Promise.all(
      manifests.map(async (manifest) => ({ manifest, description: await describeEncoder(manifest) })),
    ).then((entries) => new Map(entries.map((entry) => [entry.description.id, entry])))
    this.#start = start
    this.#startLimitMs = startLimitMs
  }

  /** In the order of preference. */
  async list(): Promise<EncoderDescription[]> {
    return [...(await this.#entries).values()].map(({ description }) => description)
  }

  /** @throws NotFound */
  async get(id: string): Promise<RunningEncoder> {
    const entry = (await this.#entries).get(id)
    if (!entry) throw new NotFound('encoder')
    entry.running ??= this.#attempt(entry)
    return entry.running
  }

  async #attempt(entry: Entry): Promise<RunningEncoder> {
    const abandoned = new AbortController()
    try {
      const start = this.#start(entry.manifest, abandoned.signal)
      return await within(this.#startLimitMs, start, 'the encoder was being loaded')
    } catch (error) {
      abandoned.abort()
      delete entry.running
      throw error
    }
  }
}
