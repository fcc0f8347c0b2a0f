import type { Redaction } from './redact.ts'

export interface FlowLimits {
  key: string
  parallelism?: number
  rate?: number
  periodS?: number
}

/** Where the answers go, and the publish headers (`upstash-...`) that the callback's own message gets. */
export interface CallbackSpec {
  url: string
  headers: Record<string, string>
}

/** What a publisher decides about a delivery, whatever its destination. */
export interface DeliveryOptions {
  method: string
  /** Forwarded to the destination; lower-case names. */
  headers: [string, string][]
  maxRetries: number
  /** An expression in milliseconds; the default back-off when absent. */
  retryDelay?: string
  timeoutMs?: number
  callback?: CallbackSpec
  failureCallback?: CallbackSpec
  flow?: FlowLimits
  labels?: string[]
  redaction?: Redaction
}

/** Everything about a message that never changes. Its JSON is what the store keeps. */
export interface MessageSpec extends DeliveryOptions {
  url: string
  queueName?: string
  scheduleId?: string
  topicName?: string
  endpointName?: string
  callerIp: string
  createdAtMs: number
  /** Not delivered before. */
  notBeforeMs: number
}

/**
 * `waiting` for its time, its queue, its flow control or a free slot; `active` while its destination is called;
 * `gone` when delivered, given up or cancelled.
 */
export type MessageState = 'waiting' | 'active' | 'gone'

export interface Message {
  /** Order of acceptance; also the row in the store. */
  readonly seq: number
  readonly id: string
  readonly spec: MessageSpec
  readonly body: Buffer
  retried: number
  dueAtMs: number
  state: MessageState
}

/** How a destination answered; status 0 when it could not be reached, with the reason as the body. */
export interface Answer {
  status: number
  headers: Record<string, string[]>
  body: Buffer
}

export const isSuccess = (answer: Answer) => answer.status >= 200 && answer.status < 300
