import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Feed } from '../encode-feeds.ts'
import { type NumberOutputs, packQuestion, unpackAnswer } from './wire.ts'

const script = fileURLToPath(new URL('run_onnx.py', import.meta.url))

/** A Python that has onnxruntime, if there is one: `AUSPEX_PYTHON`, the one in `.cache/python`, or `python3`. */
export async function findPython(): Promise<string | undefined> {
  const cached = fileURLToPath(new URL('../../../.cache/python/bin/python', import.meta.url))
  const candidates = [process.env.AUSPEX_PYTHON, existsSync(cached) ? cached : undefined, 'python3']
  for (const python of candidates) {
    if (python !== undefined && (await hasOnnxRuntime(python))) return python
  }
  return undefined
}

async function hasOnnxRuntime(python: string): Promise<boolean> {
  return promisify(execFile)(python, ['-c', 'import numpy, onnxruntime']).then(
    () => true,
    () => false,
  )
}

export interface PythonRunner {
  run(model: Uint8Array, feeds: readonly Feed[]): Promise<NumberOutputs>
  stop(): void
}

/** Python's onnxruntime in a process that stays, because it takes long to start. One question at a time. */
export function startPython(python: string): PythonRunner {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async run(model, feeds) {
      child.stdin.write(`${packQuestion(model, feeds)}\n`)
      const answer = await lines.next()
      if (answer.done) throw new Error('Python has ended before it answered: its own words are above')
      return unpackAnswer(answer.value)
    },
    stop: () => void child.stdin.end(),
  }
}
