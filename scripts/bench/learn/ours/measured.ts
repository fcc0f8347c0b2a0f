import { readFileSync, writeFileSync } from 'node:fs'
import type { Run } from '../measurement.ts'

export interface Fitted<Model> {
  model: Model
  run: Pick<Run, 'seconds' | 'peakMb' | 'beforeMb'>
}

/** Times a training and tells the most memory that the process held meanwhile, as the peers' program does. */
export async function measured<Model>(train: () => Model | Promise<Model>): Promise<Fitted<Model>> {
  const beforeMb = memoryMb('VmRSS')
  resetPeak()
  const startedMs = performance.now()
  const model = await train()
  const seconds = (performance.now() - startedMs) / 1000
  return { model, run: { seconds, beforeMb, peakMb: memoryMb('VmHWM') } }
}

export function timed<Result>(work: () => Result): { result: Result; seconds: number } {
  const startedMs = performance.now()
  const result = work()
  return { result, seconds: (performance.now() - startedMs) / 1000 }
}

/** Lets the peak count from here. */
export function resetPeak(pid: number | 'self' = 'self') {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

export function memoryMb(name: 'VmRSS' | 'VmHWM', pid: number | 'self' = 'self'): number {
  const [, kilobytes] = new RegExp(`${name}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  if (kilobytes === undefined) throw new Error(`the system does not tell ${name}: memory is measured on Linux only`)
  return Number(kilobytes) / 1024
}
