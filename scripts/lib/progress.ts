import type { Step } from '#infra/local/embedded.ts'

export interface Progress {
  step: Step
  /** How far a long step is: one line, written over. Where that cannot be, only what is new in it. */
  detail(stage: string, done: string): void
}

/** Tells of each step when it is done and how long it took: steps may run side by side. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  let lastStage = ''
  const clear = () => output.isTTY && output.write('\r\x1b[K')
  return {
    async step(name, work) {
      const startedMs = performance.now()
      const result = await work()
      clear()
      output.write(`  ${name.padEnd(24, ' ')}${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s\n`)
      return result
    },
    detail(stage, done) {
      if (output.isTTY) {
        clear()
        output.write(`  ${stage}: ${done}`)
      } else if (stage !== lastStage) output.write(`  ${stage} ...\n`)
      lastStage = stage
    },
  }
}
