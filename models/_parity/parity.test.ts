import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningWorker, startWorker } from '#infra/local/workerd/testing/one-worker.ts'
import { findModelProblems, TABULAR_RULES } from '../_onnx/check-model.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { findPython, type PythonRunner, startPython } from '../_runtime/testing/python.ts'
import { runOnnx } from '../_runtime/testing/run-onnx.ts'
import { packQuestion, unpackAnswer } from '../_runtime/testing/wire.ts'
import { cases } from './cases.ts'
import { expectParity } from './expect-parity.ts'
import type { MadeCase } from './parity-case.ts'

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

describe.each(cases)('$name: the artefact gives the numbers of the TypeScript predictor', (parityCase) => {
  let made: MadeCase

  beforeAll(async () => {
    made = await parityCase.make()
  })

  test('on 1,000 rows', () => {
    expect(made.feeds.map(({ rows }) => rows)).toEqual(made.feeds.map(() => 1_000))
    expect(Object.keys(made.expected)).not.toHaveLength(0)
  })

  test('and is fit to be served', () => {
    expect(findModelProblems(made.artefact, TABULAR_RULES)).toEqual([])
  })

  test('in onnxruntime-web in Node', async () => {
    expectParity(await runOnnx(nodeOrt, made.artefact, made.feeds), made.expected)
  })

  test('in the Workers runtime', async () => {
    const response = await fetch(worker.url, { method: 'POST', body: packQuestion(made.artefact, made.feeds) })
    expectParity(unpackAnswer(await response.text()), made.expected)
  })

  test.skipIf(pythonPath === undefined)("in Python's onnxruntime", async () => {
    expectParity(await python.run(made.artefact, made.feeds), made.expected)
  })
})

test.runIf(pythonPath === undefined)("Python's onnxruntime is not here, so its numbers were NOT compared", () => {
  process.stderr.write('No Python with onnxruntime was found: set AUSPEX_PYTHON to compare its numbers.\n')
})
