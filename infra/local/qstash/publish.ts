import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import { contentKey } from './deduplicator.ts'
import type { Message, MessageSpec } from './message.ts'
import { type HeaderMap, isHttpUrl, parsePublishOptions } from './publish-options.ts'
import { assertQueueName } from './queues.ts'
import type { Endpoint, UrlGroups } from './url-groups.ts'

export const MAX_MESSAGE_BYTES = 1024 * 1024

export interface PublishRequest {
  /** An address, or the name of a URL group. */
  destination: string
  headers: HeaderMap
  body: Buffer
  callerIp: string
  queueName?: string
  /** Set when a schedule publishes. */
  scheduleId?: string
}

export interface PublishResult {
  messageId: string
  url: string
  deduplicated?: true
}

/** What the publisher is told, and the messages that have to be submitted before it is told so. */
export interface Publication {
  result: PublishResult | PublishResult[]
  messages: Message[]
}

export class Publisher {
  readonly #broker: Broker
  readonly #urlGroups: UrlGroups

  constructor(broker: Broker, urlGroups: UrlGroups) {
    this.#broker = broker
    this.#urlGroups = urlGroups
  }

  /** @throws ApiError when the request cannot be accepted */
  prepare(request: PublishRequest): Publication {
    this.#assertSound(request)
    const { destination } = request
    if (isHttpUrl(destination)) {
      const { result, message } = this.#prepareOne(request, { url: destination })
      return { result, messages: message === undefined ? [] : [message] }
    }
    const prepared = this.#endpoints(destination).map((endpoint) => this.#prepareOne(request, endpoint, destination))
    return {
      result: prepared.map(({ result }) => result),
      messages: prepared.flatMap(({ message }) => message ?? []),
    }
  }

  /** Throws what `prepare` would throw, and prepares nothing. */
  assertAcceptable(request: PublishRequest): void {
    this.#assertSound(request)
    if (!isHttpUrl(request.destination)) this.#endpoints(request.destination)
    parsePublishOptions(request.headers)
  }

  #assertSound({ destination, body, queueName }: PublishRequest): void {
    if (body.length > MAX_MESSAGE_BYTES) throw new ApiError(413, `message is larger than ${MAX_MESSAGE_BYTES} bytes`)
    if (queueName !== undefined) assertQueueName(queueName)
    if (/^https?:/.test(destination) && !isHttpUrl(destination))
      throw new ApiError(400, `invalid destination url: ${destination}`)
  }

  #endpoints(name: string): Endpoint[] {
    if (!/^[\w.-]+$/.test(name))
      throw new ApiError(400, `invalid destination: ${name} is neither an http(s) url nor the name of a url group`)
    return this.#urlGroups.get(name).endpoints
  }

  #prepareOne(request: PublishRequest, { url, name }: Endpoint, topicName?: string) {
    const options = parsePublishOptions(request.headers)
    const nowMs = this.#broker.clock.now()
    const key = deduplicationKey(request, options, url, topicName)
    const known = key === undefined ? undefined : this.#broker.deduplicator.find(key, nowMs)
    if (known !== undefined) {
      const result: PublishResult = { messageId: known, url, deduplicated: true }
      return { result, message: undefined }
    }
    const spec: MessageSpec = {
      ...options.delivery,
      url,
      queueName: request.queueName,
      scheduleId: request.scheduleId,
      topicName,
      endpointName: name,
      callerIp: request.callerIp,
      createdAtMs: nowMs,
      notBeforeMs: options.notBeforeMs ?? nowMs + options.delayMs,
    }
    const message = this.#broker.newMessage(spec, request.body)
    if (key !== undefined) this.#broker.deduplicator.remember(key, message.id, nowMs)
    const result: PublishResult = { messageId: message.id, url }
    return { result, message }
  }
}

/** Every endpoint of a group counts for itself, so that each gets its message once. */
function deduplicationKey(
  { body, scheduleId }: PublishRequest,
  { deduplicationId, isContentDeduplicated, delivery }: ReturnType<typeof parsePublishOptions>,
  url: string,
  topicName?: string,
): string | undefined {
  if (scheduleId !== undefined) return undefined // the ticks of a schedule are alike on purpose
  if (deduplicationId !== undefined) return topicName === undefined ? deduplicationId : `${deduplicationId} ${url}`
  if (isContentDeduplicated) return contentKey(url, delivery.headers, body)
  return undefined
}
