import { afterAll, beforeAll } from 'vitest'
import type { Feed } from '#models/_runtime/encode-feeds.ts'
import { findPython, type PythonRunner, startPython } from '#models/_runtime/testing/python.ts'
import { packQuestion, unpackAnswer } from '#models/_runtime/testing/wire.ts'
import { type RunningWorker, startWorker } from './one-worker.ts'

/** The Workers runtime and Python's onnxruntime, where there is one, for the tests of a file. */
export async function otherRuntimes() {
  const pythonPath = await findPython()
  let worker: RunningWorker
  let python: PythonRunner

  beforeAll(async () => {
    worker = await startWorker('models/_runtime/testing/onnx-worker.ts')
    if (pythonPath !== undefined) python = startPython(pythonPath)
  })

  afterAll(async () => {
    python?.stop()
    await worker?.[Symbol.asyncDispose]()
  })

  return {
    hasPython: pythonPath !== undefined,
    async runInWorker(artefact: Uint8Array, feeds: readonly Feed[]) {
      const response = await fetch(worker.url, { method: 'POST', body: packQuestion(artefact, feeds) })
      const answer = await response.text()
      if (!response.ok) throw new Error(`the Worker answered ${response.status}: ${answer}`)
      return unpackAnswer(answer)
    },
    runInPython: (artefact: Uint8Array, feeds: readonly Feed[]) => python.run(artefact, feeds),
  }
}
