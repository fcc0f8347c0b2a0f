import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { startWorker } from '#infra/local/workerd/testing/one-worker.ts'
import type { Run } from '../measurement.ts'
import { memoryMb, resetPeak } from '../ours/measured.ts'
import { readColumns, readTableInfo } from '../read-table.ts'

const ROWS = 50_000
const HELD_OUT = 10_000
/** What the system counts a process's time in: a hundredth of a second on Linux. */
const TICKS_PER_SECOND = 100

const Answer = z.object({ r2: z.number(), trees: z.number(), wasmBytes: z.number() })

/**
 * Fits 50k x 20 inside workerd. The seconds are processor time of the whole runtime from the request to the answer, the
 * memory is what the runtime grew by at most: the table that is sent, the kernels' memory and the heap with its garbage.
 */
export async function measureInWorkerd(): Promise<Run> {
  await using worker = await startWorker('scripts/bench/learn/workerd/fitting-worker.ts')
  const body = packTable()
  await fetch(worker.url, { method: 'HEAD' }) // the Worker's code is read at the first request
  const pid = runtimeOf(worker.pid)
  const beforeMb = memoryMb('VmRSS', pid)
  const beforeSeconds = processorSeconds(pid)
  resetPeak(pid)
  const response = await fetch(`${worker.url}?rows=${ROWS}&heldOut=${HELD_OUT}`, { method: 'POST', body })
  const seconds = processorSeconds(pid) - beforeSeconds
  const peakMb = memoryMb('VmHWM', pid) - beforeMb
  if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${await response.text()}`)
  const { r2, wasmBytes } = Answer.parse(await response.json())
  return { seconds, beforeMb, peakMb, quality: { r2, wasm_mb: wasmBytes / 2 ** 20 } }
}

function packTable(): Uint8Array<ArrayBuffer> {
  const { train_rows: heldOutFrom = 0 } = readTableInfo('friedman_1m_20')
  const train = readColumns('friedman_1m_20', Float32Array, 0, ROWS)
  const test = readColumns('friedman_1m_20', Float32Array, heldOutFrom, heldOutFrom + HELD_OUT)
  const table = new Float32Array(train.length * (ROWS + HELD_OUT))
  train.forEach((column, j) => {
    table.set(column, j * (ROWS + HELD_OUT))
    table.set(test[j] ?? [], j * (ROWS + HELD_OUT) + ROWS)
  })
  return new Uint8Array(table.buffer)
}

/** The watchdog's child that is the runtime. */
function runtimeOf(watchdog: number): number {
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    const { name, parent } = readStat(Number(entry)) ?? {}
    if (name === 'workerd' && parent === watchdog) return Number(entry)
  }
  throw new Error('the runtime is not among the processes')
}

function processorSeconds(pid: number): number {
  const stat = readStat(pid)
  if (stat === undefined) throw new Error('the runtime has ended')
  return stat.ticks / TICKS_PER_SECOND
}

/** See proc(5): the name is in brackets, then come the state, the parent, and user and system time as fields 14 and 15. */
function readStat(pid: number) {
  try {
    const [, name, rest = ''] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    return { name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return undefined // it has just ended
  }
}
