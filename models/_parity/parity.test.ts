import { beforeAll, describe, expect, test } from 'vitest'
import { otherRuntimes } from '#infra/local/workerd/testing/other-runtimes.ts'
import { findModelProblems, TABULAR_RULES } from '../_onnx/check-model.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import { runOnnx } from '../_runtime/testing/run-onnx.ts'
import { cases } from './cases.ts'
import { expectParity } from './expect-parity.ts'
import type { MadeCase } from './parity-case.ts'

const { hasPython, runInWorker, runInPython } = await otherRuntimes()

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
    expectParity(await runInWorker(made.artefact, made.feeds), made.expected)
  })

  test.skipIf(!hasPython)("in Python's onnxruntime", async () => {
    expectParity(await runInPython(made.artefact, made.feeds), made.expected)
  })
})

test.runIf(!hasPython)("Python's onnxruntime is not here, so its numbers were NOT compared", () => {
  process.stderr.write('No Python with onnxruntime was found: set AUSPEX_PYTHON to compare its numbers.\n')
})
