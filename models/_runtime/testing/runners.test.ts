import { expect, test } from 'vitest'
import { GraphBuilder } from '../../_onnx/graph-builder.ts'
import { nodeOrt } from '../ort-node.ts'
import { findPython, startPython } from './python.ts'
import { runOnnx } from './run-onnx.ts'
import { packAnswer, packError, packQuestion, unpackAnswer, unpackQuestion } from './wire.ts'

const { NaN: unknown, POSITIVE_INFINITY: endless } = Number
const python = await findPython()

test('questions and answers arrive as they were sent: no number is lost, and errors are thrown', () => {
  const model = Uint8Array.of(0, 255, 128)
  const feeds = [
    { name: 'x', type: 'float32' as const, data: Float32Array.of(unknown, -endless, 0.1, -0), rows: 2, columns: 2 },
    { name: 's', type: 'string' as const, data: ['', 'süß 😀'], rows: 2, columns: 1 },
  ]
  expect(unpackQuestion(packQuestion(model, feeds))).toEqual({ model, feeds })
  const outputs = { y: Float64Array.of(unknown, endless, Math.PI, -0) }
  expect(unpackAnswer(packAnswer(outputs))).toEqual(outputs)
  expect(() => unpackAnswer(packError(new Error('no such operator')))).toThrow('no such operator')
})

function negated(): Uint8Array {
  const graph = new GraphBuilder('negated')
  graph.output('y', graph.node('Neg', [graph.input('x', 'float', 2)]), 'float', 2)
  return graph.build()
}

const feed = { name: 'x', type: 'float32' as const, data: Float32Array.of(1, unknown, endless, 4), rows: 2, columns: 2 }

test('onnxruntime-web takes tables of several columns', async () => {
  expect(await runOnnx(nodeOrt, negated(), [feed])).toEqual({ y: Float64Array.of(-1, unknown, -endless, -4) })
})

test.skipIf(python === undefined)('Python says what is wrong with a file, and goes on', async () => {
  const { run, stop } = startPython(python ?? '')
  await expect(run(Uint8Array.of(1, 2, 3), [feed])).rejects.toThrow(/protobuf/i)
  expect(await run(negated(), [feed])).toEqual({ y: Float64Array.of(-1, unknown, -endless, -4) })
  stop()
})
