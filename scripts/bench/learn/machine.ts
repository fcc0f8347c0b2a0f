import { cpus, totalmem } from 'node:os'
import type { Measurements } from './measurement.ts'

/** What the figures were measured on, in words that name no machine. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores of ${model}, ${memory} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 7)}`
}

/** How busy the machine was: what shares it makes figures that cannot be relied on. */
export function describeLoad(measurements: Measurements): string {
  const runs = Object.values(measurements).flat()
  const loads = runs.flatMap(({ load }) => (load === undefined ? [] : [load]))
  const unknown = runs.length - loads.length
  const most =
    loads.length > 0 ? `Its load before a run was up to ${Math.max(...loads).toFixed(1)}` : 'Its load was not noted'
  const rest = loads.length > 0 && unknown > 0 ? `, for ${unknown} of ${runs.length} runs it was not noted` : ''
  const shared = unknown > 0 || loads.some((load) => load > 1.5)
  return `${most}${rest}.${shared ? ' **Provisional: the machine was, or may have been, shared; measure anew.**' : ''}`
}
