import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningWorker, startWorker } from '#infra/local/workerd/testing/one-worker.ts'
import { expectParity } from '../_parity/expect-parity.ts'
import { encodeFeeds } from '../_runtime/encode-feeds.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { findPython, type PythonRunner, startPython } from '../_runtime/testing/python.ts'
import { packQuestion, unpackAnswer } from '../_runtime/testing/wire.ts'
import { importModel } from './import-model.ts'
import { foreignModel, golden } from './testing/foreign-models.ts'

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

async function question(name: string) {
  const { bytes, manifest: draft, expected } = foreignModel(name)
  const { artefact, manifest } = await importModel({ bytes, draft, priceCredits: 1, ort: nodeOrt })
  const feeds = encodeFeeds(manifest, golden.columns, expected.length)
  return { artefact, feeds, expected: { [manifest.output.name]: expected.flat() } }
}

describe.each(golden.models)('$name of $library gives the numbers of the library itself', ({ name }) => {
  test('in the Workers runtime', async () => {
    const { artefact, feeds, expected } = await question(name)
    const response = await fetch(worker.url, { method: 'POST', body: packQuestion(artefact, feeds) })
    const answer = await response.text()
    expect(response.status, answer).toBe(200)
    expectParity(unpackAnswer(answer), expected)
  })

  test.skipIf(pythonPath === undefined)("in Python's onnxruntime", async () => {
    const { artefact, feeds, expected } = await question(name)
    expectParity(await python.run(artefact, feeds), expected)
  })
})
