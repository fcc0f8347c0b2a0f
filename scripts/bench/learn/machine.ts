import { cpus, totalmem } from 'node:os'

/** What the figures were measured on, in words that name no machine. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.replace(/\s+/g, ' ').trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} cores of ${model}, ${memory} GB, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 7)}`
}
