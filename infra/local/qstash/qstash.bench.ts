/**
 * Messages per second through a server of its own process, by raw HTTP: what publishing and delivering cost, without
 * the client library's share. Run: `node infra/local/qstash/qstash.bench.ts [messages]`.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startQstash } from './start.ts'

const TOKEN = 'bench'
const KEYS = { currentSigningKey: 'sig_current', nextSigningKey: 'sig_next' }
const messageCount = Number(process.argv[2] ?? 5_000)
const agent = new http.Agent({ keepAlive: true })

interface ServerReport {
  url?: string
  cpuMs?: number
}

if (process.send === undefined) await main()
else await serve()

/** In the child: the server, which tells its processor time when asked. */
async function serve(): Promise<void> {
  const qstash = await startQstash({ token: TOKEN, ...KEYS, dataFile: process.argv[2] })
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMs: (user + system) / 1_000 } satisfies ServerReport)
  })
  process.send?.({ url: qstash.url } satisfies ServerReport)
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'qstash-bench-'))
  const child = fork(import.meta.filename, [join(folder, 'qstash.db')])
  const report = async (): Promise<ServerReport> => (await once(child, 'message'))[0]
  const cpuMs = async () => {
    const answer = report()
    child.send('cpu')
    return (await answer).cpuMs ?? 0
  }
  try {
    const { url = '' } = await report()
    await measure(url, 16, 1_000, cpuMs)
    for (const concurrency of [1, 16]) console.log(await measure(url, concurrency, messageCount, cpuMs))
  } finally {
    child.kill()
    rmSync(folder, { recursive: true })
  }
}

async function measure(url: string, concurrency: number, count: number, cpuMs: () => Promise<number>): Promise<string> {
  const delivered = Promise.withResolvers<void>()
  const publishedAtMs: number[] = []
  const deliveryMs: number[] = []
  const destination = http.createServer((request, response) => {
    request.on('data', (body) => {
      deliveryMs.push(performance.now() - (publishedAtMs[JSON.parse(body).index] ?? 0))
    })
    request.on('end', () => {
      response.end()
      if (deliveryMs.length === count) delivered.resolve()
    })
  })
  destination.listen(0, '127.0.0.1')
  await once(destination, 'listening')
  const { port } = destination.address() as AddressInfo
  const cpuBeforeMs = await cpuMs()
  const startedAtMs = performance.now()
  const publishMs: number[] = []
  const publisher = async () => {
    while (publishedAtMs.length < count) {
      const atMs = performance.now()
      const index = publishedAtMs.push(atMs) - 1
      await publish(url, `http://127.0.0.1:${port}/infer`, index)
      publishMs.push(performance.now() - atMs)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, publisher))
  const publishedMs = performance.now() - startedAtMs
  await delivered.promise
  const deliveredMs = performance.now() - startedAtMs
  const usedMs = (await cpuMs()) - cpuBeforeMs
  destination.closeAllConnections()
  destination.close()
  const perSecond = (elapsedMs: number) => Math.round((count / elapsedMs) * 1_000)
  return [
    `c=${concurrency}: ${perSecond(publishedMs)} published/s (${quantiles(publishMs)})`,
    `${perSecond(deliveredMs)} delivered/s (${quantiles(deliveryMs)} after the publish began)`,
    `${((usedMs / count) * 1_000).toFixed(0)} us of the server's processor time a message`,
  ].join(', ')
}

function quantiles(valuesMs: number[]): string {
  const sorted = valuesMs.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2)
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`
}

function publish(url: string, destination: string, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'upstash-method': 'POST',
      'upstash-retries': '3',
      'upstash-deduplication-id': `${destination} ${index}`,
    }
    const request = http.request(`${url}/v2/publish/${destination}`, { agent, method: 'POST', headers }, (response) => {
      response
        .resume()
        .on('end', () => (response.statusCode === 201 ? resolve() : reject(new Error(`${response.statusCode}`))))
    })
    request.on('error', reject)
    request.end(`{"index":${index}}`)
  })
}
