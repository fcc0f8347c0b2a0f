import { validateHeaderName, validateHeaderValue } from 'node:http'
import { ApiError } from './api-error.ts'
import { parseDurationMs } from './duration.ts'
import type { CallbackSpec, DeliveryOptions, FlowLimits } from './message.ts'
import { parseRedaction } from './redact.ts'
import { compileRetryDelay } from './retry-delay.ts'

/** Lower-case names to values, as node:http gives them. */
export type HeaderMap = Readonly<Record<string, string | string[] | undefined>>

/** All that the headers of a publish, an enqueue, a batch item or a schedule can say. */
export interface PublishOptions {
  delivery: DeliveryOptions
  delayMs: number
  notBeforeMs?: number
  deduplicationId?: string
  isContentDeduplicated: boolean
  cron?: string
  scheduleId?: string
  queueName?: string
}

const DEFAULT_RETRIES = 3
const MAX_RETRIES = 100
const MAX_DELAY_MS = 366 * 86_400_000
const MAX_LABELS = 20
const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
const FORWARD = 'upstash-forward-'
const CALLBACK = 'upstash-callback'
const FAILURE_CALLBACK = 'upstash-failure-callback'

/** Framing is the server's own business; forwarding these would let a publisher break it. */
const NEVER_FORWARDED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** @throws ApiError 400 when a header cannot be understood */
export function parsePublishOptions(headers: HeaderMap): PublishOptions {
  const delivery: DeliveryOptions = { method: 'POST', headers: [], maxRetries: DEFAULT_RETRIES }
  const options: PublishOptions = { delivery, delayMs: 0, isContentDeduplicated: false }
  const callback: CallbackSpec = { url: '', headers: {} }
  const failureCallback: CallbackSpec = { url: '', headers: {} }
  for (const name in headers) {
    const raw = headers[name]
    if (raw === undefined) continue
    const value = typeof raw === 'string' ? raw : raw.join(', ')
    if (name === 'content-type') delivery.headers.push([name, checked(name, value)])
    else if (!name.startsWith('upstash-')) continue
    else if (name.startsWith(FORWARD)) forward(delivery, name.slice(FORWARD.length), value)
    else if (name.startsWith(CALLBACK)) readCallback(callback, name.slice(CALLBACK.length), value)
    else if (name.startsWith(FAILURE_CALLBACK))
      readCallback(failureCallback, name.slice(FAILURE_CALLBACK.length), value)
    else READERS[name]?.(options, value)
  }
  const flow = parseFlow(headers)
  if (flow !== undefined) delivery.flow = flow
  if (callback.url !== '') delivery.callback = validCallback(callback)
  if (failureCallback.url !== '') delivery.failureCallback = validCallback(failureCallback)
  return options
}

const READERS: Readonly<Record<string, (options: PublishOptions, value: string) => void>> = {
  'upstash-method': ({ delivery }, value) => {
    delivery.method = value.toUpperCase()
    if (!METHODS.has(delivery.method)) throw new ApiError(400, `invalid Upstash-Method: ${value}`)
  },
  'upstash-delay': (options, value) => {
    options.delayMs = durationMs('Upstash-Delay', value)
  },
  'upstash-not-before': (options, value) => {
    options.notBeforeMs = wholeNumber('Upstash-Not-Before', value, Number.MAX_SAFE_INTEGER / 1_000) * 1_000
  },
  'upstash-deduplication-id': (options, value) => {
    options.deduplicationId = value
  },
  'upstash-content-based-deduplication': (options, value) => {
    options.isContentDeduplicated = value === 'true'
  },
  'upstash-retries': ({ delivery }, value) => {
    delivery.maxRetries = wholeNumber('Upstash-Retries', value, MAX_RETRIES)
  },
  'upstash-retry-delay': ({ delivery }, value) => {
    try {
      compileRetryDelay(value)
    } catch (error) {
      throw new ApiError(400, `invalid Upstash-Retry-Delay: ${error instanceof Error ? error.message : value}`)
    }
    delivery.retryDelay = value
  },
  'upstash-timeout': ({ delivery }, value) => {
    delivery.timeoutMs = durationMs('Upstash-Timeout', value)
    if (delivery.timeoutMs === 0) throw new ApiError(400, 'Upstash-Timeout must be positive')
  },
  'upstash-label': ({ delivery }, value) => {
    delivery.labels = splitList(value)
    if (delivery.labels.length > MAX_LABELS) throw new ApiError(400, `too many labels, at most ${MAX_LABELS}`)
  },
  'upstash-redact-fields': ({ delivery }, value) => {
    delivery.redaction = parseRedaction(value)
  },
  'upstash-cron': (options, value) => {
    options.cron = value
  },
  'upstash-schedule-id': (options, value) => {
    options.scheduleId = value
  },
  'upstash-queue-name': (options, value) => {
    options.queueName = value
  },
}

export const splitList = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

function forward(delivery: DeliveryOptions, name: string, value: string): void {
  if (!NEVER_FORWARDED.has(name)) delivery.headers.push([name, checked(name, value)])
}

function checked(name: string, value: string): string {
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  } catch {
    throw new ApiError(400, `invalid header: ${JSON.stringify(name)}`)
  }
  return value
}

function readCallback(callback: CallbackSpec, rest: string, value: string): void {
  if (rest === '') callback.url = value
  else callback.headers[`upstash${rest}`] = value
}

function validCallback(callback: CallbackSpec): CallbackSpec {
  if (!isHttpUrl(callback.url)) throw new ApiError(400, `invalid callback url: ${callback.url}`)
  parsePublishOptions(callback.headers)
  return callback
}

export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text)
}

function durationMs(header: string, value: string): number {
  const parsedMs = /^\d+$/.test(value) ? Number(value) * 1_000 : parseDurationMs(value)
  if (parsedMs === undefined) throw new ApiError(400, `invalid ${header}: ${value}`)
  if (parsedMs > MAX_DELAY_MS) throw new ApiError(400, `${header} is too long: ${value}`)
  return parsedMs
}

function wholeNumber(header: string, value: string, maximum: number): number {
  const parsed = Number(value)
  if (!/^\d+$/.test(value) || parsed > maximum) throw new ApiError(400, `invalid ${header}: ${value}`)
  return parsed
}

function parseFlow(headers: HeaderMap): FlowLimits | undefined {
  const key = headers['upstash-flow-control-key']
  if (key === undefined) return undefined
  const flow: FlowLimits = { key: String(key) }
  for (const part of splitList(String(headers['upstash-flow-control-value'] ?? ''))) {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim())
    if (/^parallelism$/i.test(name)) flow.parallelism = flowNumber(part, value)
    else if (/^rate$/i.test(name)) flow.rate = flowNumber(part, value)
    else if (/^period$/i.test(name)) flow.periodS = Math.ceil(durationMs('Upstash-Flow-Control-Value', value) / 1_000)
    else throw new ApiError(400, `invalid Upstash-Flow-Control-Value: ${part}`)
  }
  if (flow.parallelism === undefined && flow.rate === undefined)
    throw new ApiError(400, 'Upstash-Flow-Control-Value needs parallelism or rate')
  if (flow.periodS === 0) throw new ApiError(400, 'invalid Upstash-Flow-Control-Value: period must be positive')
  return flow
}

function flowNumber(part: string, value: string): number {
  const parsed = wholeNumber('Upstash-Flow-Control-Value', value, 1_000_000)
  if (parsed === 0) throw new ApiError(400, `invalid Upstash-Flow-Control-Value: ${part}`)
  return parsed
}
