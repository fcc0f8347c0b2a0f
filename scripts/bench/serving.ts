import { existsSync } from 'node:fs'
import { askOnce } from './ask-once.ts'
import { generate, type LoadReport } from './load-generator.ts'
import { peersFolder as peers, type System, startAuspex, startPeer } from './systems.ts'

const concurrencies = [1, 4, 16] as const
const jobs = { 1: 150, 4: 300, 16: 500 }

interface Row {
  system: string
  concurrency: number
  jobsPerSecond: number
  submitP50Ms: number
  submitP95Ms: number
  finishedP50Ms: number
  finishedP95Ms: number
}

/**
 * Paid asynchronous predictions, end to end: the same load generator drives the classic stack and this one, one after
 * the other, twice over, on the same machine. Of several runs the best counts: noise only ever makes things slower.
 */
export async function benchServing(): Promise<Row[]> {
  if (!existsSync(`${peers}/loadgen.py`)) {
    console.log('The load generator and the classic stack are not here: set AUSPEX_PEERS to their folder.')
    return []
  }
  const rows: Row[] = []
  for (let round = 1; round <= 2; round++) {
    for (const start of [startPeer, startAuspex]) rows.push(...(await measure(await start(peers), round)))
  }
  const best = concurrencies.flatMap((concurrency) =>
    ['peer', 'auspex'].map((system) => pickBest(rows, system, concurrency)),
  )
  print(best)
  return best
}

async function measure(system: System, round: number): Promise<Row[]> {
  try {
    const rows: Row[] = []
    const coldMs = await askOnce(system.base, 1000)
    console.log(`\n${system.name}, round ${round}: its first prediction took ${Math.round(coldMs)} ms`)
    for (const concurrency of concurrencies) {
      const report = await generate(peers, system, { concurrency, jobs: jobs[concurrency] })
      rows.push(toRow(system.name, concurrency, report))
    }
    return rows
  } finally {
    await system.stop()
  }
}

function toRow(system: string, concurrency: number, report: LoadReport): Row {
  const [phase] = report.phases
  if (!phase) throw new Error('the load generator reported no phase')
  return {
    system,
    concurrency,
    jobsPerSecond: phase.jobs_per_s,
    submitP50Ms: phase.submit.p50_ms,
    submitP95Ms: phase.submit.p95_ms,
    finishedP50Ms: phase.submit_to_finished.p50_ms,
    finishedP95Ms: phase.submit_to_finished.p95_ms,
  }
}

function pickBest(rows: Row[], system: string, concurrency: number): Row {
  const [best] = rows
    .filter((row) => row.system === system && row.concurrency === concurrency)
    .sort((a, b) => b.jobsPerSecond - a.jobsPerSecond)
  if (!best) throw new Error(`no run of ${system} at concurrency ${concurrency}`)
  return best
}

function print(rows: Row[]) {
  const text = (value: number) => value.toFixed(1)
  console.log(
    '\n| concurrency | system | jobs/s | submit p50 / p95, ms | submit to finished p50 / p95, ms |\n|---|---|---|---|---|',
  )
  for (const row of rows) {
    const submit = `${text(row.submitP50Ms)} / ${text(row.submitP95Ms)}`
    const finished = `${text(row.finishedP50Ms)} / ${text(row.finishedP95Ms)}`
    console.log(`| ${row.concurrency} | ${row.system} | ${text(row.jobsPerSecond)} | ${submit} | ${finished} |`)
  }
  for (const concurrency of concurrencies) {
    const [peer, ours] = ['peer', 'auspex'].map((system) => pickBest(rows, system, concurrency))
    if (!peer || !ours) continue
    const ratio = (a: number, b: number) => (a / b).toFixed(2)
    console.log(
      `concurrency ${concurrency}: ${ratio(ours.jobsPerSecond, peer.jobsPerSecond)} x its jobs per second, ` +
        `${ratio(ours.submitP95Ms, peer.submitP95Ms)} x its submit p95, ${ratio(ours.finishedP95Ms, peer.finishedP95Ms)} x its finished p95`,
    )
  }
}
