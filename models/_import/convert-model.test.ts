import onnxProto, { type onnx } from 'onnx-proto'
import { expect, test } from 'vitest'
import { GraphBuilder } from '../_onnx/graph-builder.ts'
import type { Columns } from '../_runtime/manifest.ts'
import { createModelRuntime } from '../_runtime/model-runtime.ts'
import { nodeOrt } from '../_runtime/ort-node.ts'
import type { TrainedModel } from '../_runtime/trained-model.ts'
import { importModel } from './import-model.ts'

const { ModelProto } = onnxProto.onnx
const ort = nodeOrt

async function predict({ artefact, sha256, manifest }: TrainedModel, columns: Columns) {
  const runtime = createModelRuntime({ ort })
  const { rows } = await runtime.predict({ sha256, load: async () => artefact }, manifest, columns)
  runtime.release()
  return rows
}

/** Adds up its inputs, which are of several types and widths. */
function mixed(): Uint8Array {
  const value = (name: string, elemType: number, columns: number): onnx.IValueInfoProto => ({
    name,
    type: { tensorType: { elemType, shape: { dim: [{}, { dimValue: columns }] } } },
  })
  const cast = (name: string) => ({
    opType: 'Cast',
    input: [name],
    output: [`${name}_`],
    attribute: [{ name: 'to', type: 2, i: 1 }],
  })
  const sum = {
    opType: 'ReduceSum',
    input: ['all'],
    output: ['sum'],
    attribute: [{ name: 'axes', type: 7, ints: [1] }],
  }
  const double = { opType: 'Cast', input: ['sum'], output: ['y'], attribute: [{ name: 'to', type: 2, i: 11 }] }
  const concat = {
    opType: 'Concat',
    input: ['whole_', 'double_', 'flag_'],
    output: ['all'],
    attribute: [{ name: 'axis', type: 2, i: 1 }],
  }
  const model = {
    irVersion: 4,
    opsetImport: [{ domain: '', version: 11 }],
    graph: {
      name: 'mixed',
      node: [cast('whole'), cast('double'), cast('flag'), concat, sum, double],
      input: [value('whole', 7, 1), value('double', 11, 2), value('flag', 9, 1)],
      output: [{ name: 'y', type: { tensorType: { elemType: 11 } } }],
    },
  }
  return Uint8Array.from(ModelProto.encode(model).finish())
}

test('inputs of any type and width are fed in order, or as the manifest says, and codes are what it says', async () => {
  const number = { type: 'number', default: 1 }
  const colour = { name: 'colour', type: 'category', choices: ['red', 'blue'], codes: [100, 300], default: 'blue' }
  const [a, b, flag] = [
    { ...number, name: 'a' },
    { ...number, name: 'b' },
    { ...number, name: 'flag' },
  ]
  const draft = { name: 'mixed', title: 'Mixed', output: { name: 'sum' } }
  const of = (changes: object) => importModel({ bytes: mixed(), draft: { ...draft, ...changes }, priceCredits: 1, ort })
  const columns = { a: [1.75], b: [0.5], flag: [7], colour: ['blue'] }
  expect(await predict(await of({ features: [colour, a, b, flag] }), columns)).toEqual([{ value: 303.25 }])
  const told = { whole: ['flag'], double: ['colour', 'b'], flag: ['a'] }
  expect(await predict(await of({ features: [flag, b, a, colour], inputs: told }), columns)).toEqual([{ value: 308.5 }])
  const unknown = of({ features: [{ ...a, nullable: true }, b, flag, colour] })
  await expect(unknown).rejects.toThrow(/a for input whole: the model takes int64 there, which has no value/)
})

test('of the one probability that some give for two classes both are served', async () => {
  const graph = new GraphBuilder('sigmoid')
  graph.output('p', graph.node('Sigmoid', [graph.input('X', 'float')]), 'float')
  const draft = {
    ...{ name: 'sure', title: 'Sure', task: 'classification', classes: ['no', 'yes'], output: { name: 'is_sure' } },
    features: [{ name: 'x', type: 'number', default: -1 }],
  }
  const { examples } = await importModel({ bytes: graph.build(), draft, priceCredits: 1, ort })
  const [row] = examples.rows
  expect(row).toMatchObject({ label: 'no', value: row?.probabilities?.yes })
  expect(row?.value).toBeCloseTo(1 / (1 + Math.E), 6)
})

test('what has one dimension in the foreign file is served as a column', async () => {
  const graph = new GraphBuilder('flat')
  const axis = graph.constant('axis', { type: 'int64', shape: [1], values: [1] })
  const flat = graph.node('ReduceSum', [graph.input('X', 'float', 2), axis], { attributes: { keepdims: { int: 0 } } })
  graph.output('y', flat, 'float')
  const features = ['a', 'b'].map((name) => ({ name, type: 'number', default: 1 }))
  const draft = { name: 'flat', title: 'Flat', features, output: { name: 'sum' } }
  const { artefact } = await importModel({ bytes: graph.build(), draft, priceCredits: 1, ort })
  const { InferenceSession, Tensor } = await ort()
  const session = await InferenceSession.create(artefact)
  const column = new Tensor('float32', [1, 2, 3], [3, 1])
  const { sum } = await session.run({ a: column, b: column })
  expect([sum?.dims, sum?.data]).toEqual([[3, 1], Float32Array.of(2, 4, 6)])
  await session.release()
})
