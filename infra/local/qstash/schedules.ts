import { Cron } from 'croner'
import { ApiError } from './api-error.ts'
import type { Broker } from './broker.ts'
import type { Clock } from './clock.ts'
import { newId } from './ids.ts'
import type { Publisher, PublishRequest } from './publish.ts'
import { parsePublishOptions } from './publish-options.ts'
import { shownBody, shownHeaders } from './redact.ts'

type EndState = 'IN_PROGRESS' | 'SUCCESS' | 'FAIL'

interface Schedule {
  id: string
  cron: string
  destination: string
  headers: Record<string, string>
  bodyBase64: string
  callerIp: string
  queueName?: string
  createdAtMs: number
  isPaused: boolean
  nextAtMs: number | null
  lastAtMs?: number
  lastStates?: Record<string, EndState>
}

export type NewSchedule = Pick<Schedule, 'destination' | 'headers' | 'callerIp'> & { body: Buffer }

/** Publishes on the ticks of cron expressions. */
export class Schedules {
  readonly #broker: Broker
  readonly #publisher: Publisher
  readonly #clock: Clock
  readonly #schedules = new Map<string, Schedule>()
  #cancelTimer: () => void = () => {}

  constructor(broker: Broker, publisher: Publisher) {
    this.#broker = broker
    this.#publisher = publisher
    this.#clock = broker.clock
    for (const schedule of broker.store.documents<Schedule>('schedule')) this.#schedules.set(schedule.id, schedule)
    broker.onScheduledEnd = (scheduleId, messageId, isDelivered) => this.#noteEnd(scheduleId, messageId, isDelivered)
  }

  /** Ticks missed while the server was down are made up for by one message. */
  resume(): void {
    this.#fireDue()
  }

  /**
   * Makes a schedule, or replaces the one that has the id.
   *
   * @returns its id
   * @throws ApiError 400
   */
  upsert({ destination, headers, body, callerIp }: NewSchedule): string {
    const { cron, scheduleId: id = newId('scd'), queueName } = parsePublishOptions(headers)
    if (cron === undefined) throw new ApiError(400, 'Upstash-Cron is missing')
    if (!/^[\w.-]{1,256}$/.test(id)) throw new ApiError(400, `invalid Upstash-Schedule-Id: ${id}`)
    const nowMs = this.#clock.now()
    const old = this.#schedules.get(id)
    const schedule: Schedule = {
      id,
      cron,
      destination,
      headers,
      bodyBase64: body.toString('base64'),
      callerIp,
      queueName,
      createdAtMs: old?.createdAtMs ?? nowMs,
      isPaused: old?.isPaused ?? false,
      nextAtMs: nextTickMs(cron, nowMs),
    }
    this.#publisher.assertAcceptable(requestOf(schedule))
    this.#schedules.set(id, schedule)
    this.#save(schedule)
    this.#armTimer()
    return id
  }

  setPaused(id: string, isPaused: boolean): void {
    const schedule = this.#find(id)
    schedule.isPaused = isPaused
    if (!isPaused) schedule.nextAtMs = nextTickMs(schedule.cron, this.#clock.now())
    this.#save(schedule)
    this.#armTimer()
  }

  delete(id: string): void {
    this.#schedules.delete(this.#find(id).id)
    this.#broker.store.deleteDocument('schedule', id)
    this.#armTimer()
  }

  get(id: string) {
    return scheduleView(this.#find(id))
  }

  list() {
    return [...this.#schedules.values()].map(scheduleView)
  }

  close(): void {
    this.#cancelTimer()
  }

  #find(id: string): Schedule {
    const schedule = this.#schedules.get(id)
    if (schedule === undefined) throw new ApiError(404, `schedule ${id} not found`)
    return schedule
  }

  #save(schedule: Schedule): void {
    this.#broker.store.putDocument('schedule', schedule.id, schedule)
  }

  #armTimer(): void {
    this.#cancelTimer()
    let earliestMs = Number.POSITIVE_INFINITY
    for (const { isPaused, nextAtMs } of this.#schedules.values())
      if (!isPaused && nextAtMs !== null) earliestMs = Math.min(earliestMs, nextAtMs)
    this.#cancelTimer = Number.isFinite(earliestMs)
      ? this.#clock.setTimer(() => this.#fireDue(), Math.max(0, earliestMs - this.#clock.now()))
      : () => {}
  }

  #fireDue(): void {
    const nowMs = this.#clock.now()
    for (const schedule of this.#schedules.values())
      if (!schedule.isPaused && schedule.nextAtMs !== null && schedule.nextAtMs <= nowMs) this.#fire(schedule, nowMs)
    this.#armTimer()
  }

  /** The messages and the step to the next tick are one transaction: no tick is fired twice, none is lost. */
  #fire(schedule: Schedule, nowMs: number): void {
    const messages = this.#prepare(schedule)
    schedule.lastAtMs = schedule.nextAtMs ?? nowMs
    schedule.nextAtMs = nextTickMs(schedule.cron, nowMs)
    schedule.lastStates = Object.fromEntries(messages.map(({ id }) => [id, 'IN_PROGRESS']))
    this.#save(schedule)
    this.#broker.submit(messages).catch(() => {
      // The store refuses from now on and says so to every publisher; after a restart this tick is made up for.
    })
  }

  #prepare(schedule: Schedule) {
    try {
      return this.#publisher.prepare(requestOf(schedule)).messages
    } catch (error) {
      // The URL group was deleted meanwhile: this tick has nowhere to go, the next one may.
      if (error instanceof ApiError) return []
      throw error
    }
  }

  #noteEnd(scheduleId: string, messageId: string, isDelivered: boolean): void {
    const schedule = this.#schedules.get(scheduleId)
    if (schedule?.lastStates?.[messageId] === undefined) return
    schedule.lastStates[messageId] = isDelivered ? 'SUCCESS' : 'FAIL'
    this.#save(schedule)
  }
}

const requestOf = ({ id, destination, headers, bodyBase64, callerIp, queueName }: Schedule): PublishRequest => ({
  destination,
  headers,
  body: Buffer.from(bodyBase64, 'base64'),
  callerIp,
  queueName,
  scheduleId: id,
})

/** Five fields, optionally after `CRON_TZ=<zone> `. @returns null when there is no next tick */
function nextTickMs(cron: string, afterMs: number): number | null {
  const [, timezone, pattern = cron] = /^CRON_TZ=(\S+)\s+(.*)$/.exec(cron) ?? []
  try {
    const job = new Cron(pattern, { mode: '5-part', paused: true, timezone: timezone ?? 'UTC' })
    return job.nextRun(new Date(afterMs))?.getTime() ?? null
  } catch {
    throw new ApiError(400, `invalid Upstash-Cron: ${cron}`)
  }
}

function scheduleView(schedule: Schedule) {
  const { delivery, delayMs } = parsePublishOptions(schedule.headers)
  return {
    scheduleId: schedule.id,
    cron: schedule.cron,
    createdAt: Math.round(schedule.createdAtMs),
    destination: schedule.destination,
    method: delivery.method,
    header: shownHeaders(delivery.headers, delivery.redaction),
    ...shownBody(Buffer.from(schedule.bodyBase64, 'base64'), delivery.redaction),
    retries: delivery.maxRetries,
    delay: delayMs === 0 ? undefined : delayMs / 1_000,
    callback: delivery.callback?.url,
    failureCallback: delivery.failureCallback?.url,
    retryDelayExpression: delivery.retryDelay,
    callerIP: schedule.callerIp,
    isPaused: schedule.isPaused,
    queueName: schedule.queueName,
    flowControlKey: delivery.flow?.key,
    parallelism: delivery.flow?.parallelism,
    rate: delivery.flow?.rate,
    period: delivery.flow?.periodS,
    label: delivery.labels?.[0],
    labels: delivery.labels,
    lastScheduleTime: schedule.lastAtMs,
    nextScheduleTime: schedule.nextAtMs ?? undefined,
    lastScheduleStates: schedule.lastStates,
  }
}
