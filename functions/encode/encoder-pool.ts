import { describeEncoder } from '#models/_encoders/describe-encoder.ts'
import type { EncoderDescription, EncoderManifest } from '#models/_encoders/manifest.ts'
import type { RunningEncoder } from '#models/_encoders/running-encoder.ts'
import { within } from '#models/_runtime/turnstile.ts'
import { NotFound } from '#shared/problem.ts'

/** Makes an encoder ready: it gives up, before it takes memory, when the signal says that nobody waits any more. */
export type StartEncoder = (manifest: EncoderManifest, signal: AbortSignal) => Promise<RunningEncoder>

interface Attempt {
  running: Promise<RunningEncoder>
  abandoned: AbortController
}

interface Entry {
  manifest: EncoderManifest
  description: EncoderDescription
  attempt?: Attempt
}

/**
 * The encoders of an isolate: each is started by its first text, once for all that come meanwhile, and stays. A failed
 * start is forgotten, so that the next can succeed.
 */
export class EncoderPool {
  readonly #entries: Promise<Map<string, Entry>>
  readonly #start: StartEncoder
  readonly #startLimitMs: number

  constructor(manifests: readonly EncoderManifest[], start: StartEncoder, startLimitMs = 30_000) {
    this.#entries = Promise.all(
      manifests.map(async (manifest): Promise<Entry> => ({ manifest, description: await describeEncoder(manifest) })),
    ).then((entries) => new Map(entries.map((entry) => [entry.description.id, entry])))
    this.#start = start
    this.#startLimitMs = startLimitMs
  }

  /** In the order of preference. */
  async list(): Promise<EncoderDescription[]> {
    return [...(await this.#entries).values()].map(({ description }) => description)
  }

  /**
   * Everybody waits on their own: the request whose attempt it is may have been cancelled, and with it all it waited for.
   *
   * @throws NotFound
   */
  async get(id: string): Promise<RunningEncoder> {
    const entry = (await this.#entries).get(id)
    if (!entry) throw new NotFound('encoder')
    entry.attempt ??= this.#begin(entry.manifest)
    const { attempt } = entry
    try {
      return await within(this.#startLimitMs, attempt.running, 'the encoder was being loaded')
    } catch (error) {
      attempt.abandoned.abort()
      if (entry.attempt === attempt) delete entry.attempt
      throw error
    }
  }

  #begin(manifest: EncoderManifest): Attempt {
    const abandoned = new AbortController()
    return { running: this.#start(manifest, abandoned.signal), abandoned }
  }
}
