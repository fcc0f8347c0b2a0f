import { setTimeout as sleep } from 'node:timers/promises'
import { syntheticFilms } from '#functions/movies/testing/synthetic-films.ts'
import { createApiClient, type Person } from '../lib/api-client.ts'
import { demoPassword } from '../lib/demo-accounts.ts'
import { measurePipeline } from './film-pipeline.ts'
import { startAuspex } from './systems.ts'

const filmCount = 10_000
const storingLimitMs = 300_000
/** How long the encoder is watched: it reads for minutes. */
const watchedMs = 60_000

export interface FilmsRow {
  films: number
  acceptedMs: number
  storedPerSecond: number
  embeddedPerSecond: number
  readsP50Ms: number
  readsP95Ms: number
  readsMaxMs: number
}

/**
 * Ten thousand films by one call to the whole system with its real encoder: how long the call takes, how fast films are
 * stored and then read by the encoder, and how long a person waits who looks for titles all the while.
 */
export async function benchFilms(): Promise<FilmsRow[]> {
  console.log('The database alone, films/s:')
  console.table([await measurePipeline()])
  const system = await startAuspex()
  try {
    const row = await measureImport(system.base)
    console.table([row])
    return [row]
  } finally {
    await system.stop()
  }
}

export async function measureImport(base: string): Promise<FilmsRow> {
  const admin = await signInAdmin(base)
  const films = syntheticFilms(filmCount, Date.now() % 1e6)
  const reads = watchReads(admin)
  const startedMs = performance.now()
  const { import_id } = await admin.post('/movies/import', films)
  const acceptedMs = performance.now() - startedMs
  const progress = () => admin.get(`/movies/imports/${import_id}`)
  while ((await progress()).stored < filmCount && performance.now() - startedMs < storingLimitMs) await sleep(250)
  const storedSeconds = (performance.now() - startedMs) / 1000
  const before = (await progress()).done
  const watchedFromMs = performance.now()
  await sleep(watchedMs)
  const embedded = (await progress()).done - before
  const embeddedPerSecond = embedded / ((performance.now() - watchedFromMs) / 1000)
  const waits = (await reads.end()).sort((a, b) => a - b)
  const quantile = (q: number) => Math.round(waits[Math.min(waits.length - 1, Math.floor(q * waits.length))] ?? 0)
  return {
    films: filmCount,
    acceptedMs: Math.round(acceptedMs),
    storedPerSecond: Math.round(filmCount / storedSeconds),
    embeddedPerSecond: Math.round(embeddedPerSecond * 10) / 10,
    readsP50Ms: quantile(0.5),
    readsP95Ms: quantile(0.95),
    readsMaxMs: quantile(1),
  }
}

async function signInAdmin(base: string): Promise<Person> {
  const body = JSON.stringify({ email: 'admin@demo.local', password: demoPassword })
  const answer = await fetch(`${base}/sign_in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  return createApiClient(base).as({ token: ((await answer.json()) as { access_token: string }).access_token })
}

/** Somebody who types a title, twenty letters a second. */
function watchReads(person: Person) {
  const waits: number[] = []
  let isOver = false
  const reading = (async () => {
    while (!isOver) {
      const startedMs = performance.now()
      await person.get('/movies/search?title=the%20gold')
      waits.push(performance.now() - startedMs)
      await sleep(50)
    }
  })()
  return {
    async end() {
      isOver = true
      await reading
      return waits
    },
  }
}
