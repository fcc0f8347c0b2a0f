import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@upstash/qstash'
import { expect, onTestFinished, test } from 'vitest'
import { Destination } from './testing/destination.ts'
import { FakeClock } from './testing/fake-clock.ts'
import { givenQstash, KEYS, newReceiver, TOKEN } from './testing/given-qstash.ts'

const START_MS = Date.parse('2026-11-21T10:00:30Z')
const MINUTE_MS = 60_000

function givenFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qstash-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'qstash.db')
}

/** The command-line server in a process of its own. */
async function spawnServer(dataFile: string): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, 'main.ts'), ['--port', '0', '--data', dataFile], {
    silent: true,
    env: {
      ...process.env,
      QSTASH_TOKEN: TOKEN,
      QSTASH_CURRENT_SIGNING_KEY: KEYS.currentSigningKey,
      QSTASH_NEXT_SIGNING_KEY: KEYS.nextSigningKey,
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = child.stdout === null ? [] : await once(child.stdout, 'data')
  const url = /http:\S+/.exec(String(line))?.[0]
  if (url === undefined) throw new Error(`the server did not start: ${line}`)
  return { child, url }
}

test('kill -9 under load loses no acknowledged message', async () => {
  const dataFile = givenFile()
  const destination = await Destination.start(newReceiver(), Date.now)
  onTestFinished(() => destination.close())
  const acknowledged = new Set<string>()
  let publishedCount = 0

  const publishUntilKilled = async (client: Client) => {
    for (;;) {
      publishedCount += 1
      const delay = publishedCount % 5 === 0 ? 1 : undefined
      const { messageId } = await client.publishJSON({ url: destination.url(), body: publishedCount, delay })
      acknowledged.add(messageId)
    }
  }
  for (const killAfter of [40, 90, 150]) {
    const { child, url } = await spawnServer(dataFile)
    const client = new Client({ baseUrl: url, token: TOKEN, retry: { retries: 0 }, enableTelemetry: false })
    destination.answer = () => {
      if (acknowledged.size >= killAfter) child.kill('SIGKILL')
      return undefined
    }
    await Promise.allSettled(Array.from({ length: 8 }, () => publishUntilKilled(client)))
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  const allDelivered = Promise.withResolvers<void>()
  const missing = new Set(acknowledged)
  const note = ({ headers }: { headers: http.IncomingHttpHeaders }) => {
    missing.delete(String(headers['upstash-message-id']))
    if (missing.size === 0) allDelivered.resolve()
    return undefined
  }
  destination.answer = note
  destination.deliveries.forEach(note)
  await spawnServer(dataFile)
  await allDelivered.promise
  expect(acknowledged.size).toBeGreaterThanOrEqual(150)
})

test('one data file is opened by one server', async () => {
  const dataFile = givenFile()
  await givenQstash({ dataFile })
  await expect(givenQstash({ dataFile })).rejects.toThrow('locked')
})

test('everything that was set up is there after a restart', async () => {
  const dataFile = givenFile()
  const first = await givenQstash({ dataFile })
  const { client, destination, clock } = first
  destination.answer = ({ target }) => ({ status: target === '/bad' ? 500 : 200 })
  await client.queue({ queueName: 'line' }).upsert({ parallelism: 4, paused: true })
  await client.queue({ queueName: 'line' }).enqueueJSON({ url: destination.url('/line'), body: 1 })
  await client.urlGroups.addEndpoints({ name: 'all', endpoints: [{ url: destination.url('/group') }] })
  await client.flowControl.pin('k', { rate: 7 })
  await client.schedules.create({ destination: destination.url('/tick'), cron: '* * * * *', scheduleId: 's' })
  const once = await client.publishJSON({ url: destination.url('/once'), body: 1, deduplicationId: 'd' })
  await client.publishJSON({ url: destination.url('/bad'), body: 1, retries: 0 })
  await client.publishJSON({ url: destination.url('/later'), body: 1, delay: 30 })
  const rotated = await (await first.request('POST', '/v2/keys/rotate')).json()
  await first.settle()
  const { logs } = await client.logs()
  await first.qstash.close()

  const second = await givenQstash({ dataFile, clock })
  expect(await second.client.queue({ queueName: 'line' }).get()).toMatchObject({ parallelism: 4, paused: true, lag: 1 })
  expect(await second.client.urlGroups.get('all')).toMatchObject({ endpoints: [{ url: destination.url('/group') }] })
  expect(await second.client.flowControl.get('k')).toMatchObject({ rateMax: 7, isPinnedRate: true })
  expect(await second.client.schedules.list()).toMatchObject([{ scheduleId: 's', cron: '* * * * *' }])
  expect((await second.client.dlq.listMessages()).messages).toMatchObject([{ url: destination.url('/bad') }])
  expect((await second.client.logs()).logs).toEqual(logs)
  expect(await (await second.request('GET', '/v2/keys')).json()).toEqual(rotated)
  const again = await second.client.publishJSON({ url: destination.url('/once'), body: 1, deduplicationId: 'd' })
  expect(again).toMatchObject({ messageId: once.messageId, deduplicated: true })
  await second.advance(30_000)
  expect(destination.at('/later')).toHaveLength(1)
})

test('a message goes on after a restart with the attempt and at the time it had come to', async () => {
  const dataFile = givenFile()
  const first = await givenQstash({ dataFile })
  const { destination, clock } = first
  destination.answer = () => ({ status: 500 })
  await first.client.publishJSON({ url: destination.url(), body: 1, retries: 2, retryDelay: '60000' })
  await first.settle()
  await first.qstash.close()

  const second = await givenQstash({ dataFile, clock })
  await second.advance(59_999)
  expect(destination.deliveries).toHaveLength(1)
  await second.advance(3_600_000)
  expect(destination.deliveries.map(({ headers }) => headers['upstash-retried'])).toEqual(['0', '1', '2'])
  expect((await second.client.dlq.listMessages()).messages).toHaveLength(1)
})

test('a tick is fired once over a restart, and ticks missed meanwhile are made up for by one', async () => {
  const dataFile = givenFile()
  const clock = new FakeClock(START_MS)
  const first = await givenQstash({ dataFile, clock })
  const { destination } = first
  await first.client.schedules.create({ destination: destination.url(), cron: '* * * * *' })
  await first.advance(MINUTE_MS)
  await first.qstash.close()
  expect(destination.deliveries).toHaveLength(1)

  const second = await givenQstash({ dataFile, clock })
  await second.settle()
  expect(destination.deliveries).toHaveLength(1)
  await second.qstash.close()
  await clock.advance(10 * MINUTE_MS, async () => {})

  const third = await givenQstash({ dataFile, clock })
  await third.settle()
  expect(destination.deliveries).toHaveLength(2)
  await third.advance(2 * MINUTE_MS)
  expect(destination.deliveries).toHaveLength(4)
})
