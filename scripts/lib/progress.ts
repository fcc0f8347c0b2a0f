import type { Step } from '#infra/local/embedded.ts'

export interface Progress {
  step: Step
  /** What goes on within a step; shown where a line can be written over. */
  detail(text: string): void
}

/** Tells of each step when it is done and how long it took: steps may run side by side. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  const clear = () => output.isTTY && output.write('\r\x1b[K')
  return {
    async step(name, work) {
      const startedMs = performance.now()
      const result = await work()
      clear()
      output.write(`  ${name.padEnd(24, ' ')}${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s\n`)
      return result
    },
    detail(text) {
      if (!output.isTTY) return
      clear()
      output.write(`  ${text}`)
    },
  }
}
