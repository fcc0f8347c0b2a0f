import fc from 'fast-check'
import onnxProto, { type onnx } from 'onnx-proto'
import { expect, test } from 'vitest'
import { assertModel, FOREIGN_RULES, findModelProblems, TABULAR_RULES } from './check-model.ts'
import { GraphBuilder } from './graph-builder.ts'
import { addTreeEnsemble } from './tree-ensemble.ts'

const { ModelProto } = onnxProto.onnx
const interfaceOfDoubler = { inputs: { x: 'float' }, outputs: { y: 1 } } as const

function doubler(): Uint8Array {
  const graph = new GraphBuilder('doubler')
  const x = graph.input('x', 'float')
  graph.output('y', graph.node('Add', [x, x]), 'float')
  return graph.build({ b: '2', a: '1' })
}

/** A tree with two leaves over two columns, and a constant. */
function stump(): Uint8Array {
  const graph = new GraphBuilder('stump')
  const x = graph.input('X', 'float', 2)
  const one = graph.constant('one', { type: 'float', shape: [1, 1], values: [1] })
  const tree = {
    feature: [1, -1, -1],
    threshold: [0.5, 0, 0],
    left: [1, 0, 0],
    right: [2, 0, 0],
    missingLeft: [0, 0, 0],
    leaves: new Map([
      [1, [[0, 10]] as const],
      [2, [[0, 20]] as const],
    ]),
  }
  graph.output('y', graph.node('Add', [addTreeEnsemble(graph, x, [tree], 1), one]), 'float')
  return graph.build()
}

/** What is said of a file in which something was changed. */
function problemsAfter(change: (model: onnx.ModelProto, graph: onnx.IGraphProto) => void, bytes = stump()) {
  const model = ModelProto.decode(bytes)
  if (!model.graph) throw new Error('no graph')
  change(model, model.graph)
  return findModelProblems(Uint8Array.from(ModelProto.encode(model).finish()), FOREIGN_RULES)
}

const node = (graph: onnx.IGraphProto, index = 0): onnx.INodeProto => graph.node?.[index] ?? {}
const attribute = (graph: onnx.IGraphProto, name: string): onnx.IAttributeProto =>
  node(graph).attribute?.find((one) => one.name === name) ?? {}
const input = (graph: onnx.IGraphProto) => graph.input?.[0]?.type?.tensorType ?? {}

test('the same calls give the same bytes, whatever the order of the metadata', () => {
  const graph = new GraphBuilder('doubler')
  const x = graph.input('x', 'float')
  graph.output('y', graph.node('Add', [x, x]), 'float')
  expect(graph.build({ a: '1', b: '2' })).toEqual(doubler())
})

test('a good file has no problems', () => {
  expect(findModelProblems(doubler(), TABULAR_RULES, interfaceOfDoubler)).toEqual([])
  expect(problemsAfter(() => {})).toEqual([])
})

test.each([
  ['nothing', '', 'it is empty'],
  ['a pickle', '\x80\x04\x95', 'a Python pickle'],
  ['a LightGBM text model', 'tree\nversion=v4', 'a LightGBM text model'],
  ['JSON', '{"learner": 1}', 'JSON, such as XGBoost'],
  ['a pointer', 'version https://git-lfs.github.com/spec/v1', 'git lfs pull'],
  ['other bytes', '\xff\xff\x01', 'it is not an ONNX file'],
])('%s is no ONNX file, and it is said what it seems to be', (_, text, message) => {
  const problems = findModelProblems(Buffer.from(text, 'latin1'), FOREIGN_RULES)
  expect(problems).toEqual([expect.stringContaining(message)])
})

test('a file that was cut off is said to be so', () => {
  expect(findModelProblems(stump().subarray(0, -20), FOREIGN_RULES)).toEqual([expect.stringContaining('cut off')])
})

test('operators, inputs and outputs that are not as agreed are all named', () => {
  const graph = new GraphBuilder('odd')
  const x = graph.input('z', 'string')
  graph.output('y', graph.node('Det', [graph.node('Det', [x])]), 'float', 3)
  expect(() => assertModel(graph.build(), TABULAR_RULES, interfaceOfDoubler)).toThrow(
    /Det is not allowed: node 0 "Det_0" \(Det\) and 1 more[\s\S]*input "x": float x 1 is missing[\s\S]*"z": string x 1 is not expected[\s\S]*"y": float x 3/,
  )
  expect(findModelProblems(doubler(), { ...TABULAR_RULES, maxBytes: 10 })).toEqual([
    expect.stringContaining('at most 10 are allowed'),
  ])
})

test.each<[string, (model: onnx.ModelProto, graph: onnx.IGraphProto) => void, RegExp]>([
  ['a newer format', (model) => (model.irVersion = 99), /version 99; 11 is the newest.*older opset/],
  ['an older format', (model) => (model.irVersion = 1), /version 1; 3 is the oldest/],
  [
    'newer operators',
    (model) => Object.assign(model.opsetImport[0] ?? {}, { version: 77 }),
    /version 77 of the standard operators; 23 is the newest allowed: export it with target_opset=23/,
  ],
  [
    'a domain of its own',
    (model) => model.opsetImport.push({ domain: 'com.me', version: 1 }),
    /"com.me", which no runtime/,
  ],
  [
    'two versions of a domain',
    (model) => model.opsetImport.push({ domain: 'ai.onnx', version: 12 }),
    /versions 20 and 12 of the standard operators/,
  ],
  [
    'a domain without version',
    (model) => model.opsetImport.pop(),
    /uses the operators of "ai.onnx.ml" and does not say/,
  ],
  [
    'a loop',
    (_, graph) => Object.assign(node(graph, 1), { opType: 'Loop' }),
    /Loop is not allowed: node 1.*loops are not/,
  ],
  [
    'a graph in a graph',
    (_, graph) => node(graph, 1).attribute?.push({ name: 'body', g: { node: [] } }),
    /node 1 "Add_1" \(Add\) holds a graph of its own/,
  ],
  [
    'numbers in another file',
    (_, graph) => Object.assign(graph.initializer?.[0] ?? {}, { externalData: [{ key: 'location', value: 'w' }] }),
    /numbers of constant "one_\d" are in another file/,
  ],
  [
    'a constant that is not there',
    (_, graph) => Object.assign(graph.initializer?.[0] ?? {}, { dims: [1_000_000, 1_000_000] }),
    /says that it holds 1000000000000 values, and holds 1/,
  ],
  ['a type that is not served', (_, graph) => (input(graph).elemType = 10), /"X" takes float16, which is not served/],
  [
    'a number of rows',
    (_, graph) => Object.assign(input(graph).shape?.dim?.[0] ?? {}, { dimParam: undefined, dimValue: 1 }),
    /"X" takes exactly 1 rows \(\[1, 2\]\).*None as the first/,
  ],
  [
    'three dimensions',
    (_, graph) => input(graph).shape?.dim?.push({ dimValue: 3 }),
    /shape \[N, 2, 3\], and not that of a table/,
  ],
  [
    'a sequence for an input',
    (_, graph) => (graph.input = [{ name: 'X', type: { sequenceType: {} } }]),
    /input "X" is a sequence, not a tensor/,
  ],
  [
    'a sequence of maps for an output',
    (_, graph) => graph.output?.push({ name: 'X', type: { sequenceType: { elemType: { mapType: {} } } } }),
    /output "X" is a sequence of maps, not a tensor: .*zipmap=False/,
  ],
  ['no outputs', (_, graph) => (graph.output = []), /it has no outputs/],
  [
    'an unused input',
    (_, graph) => graph.input?.push({ ...graph.input[0], name: 'Z' }),
    /input "Z" is read by nothing/,
  ],
  ['an input twice', (_, graph) => graph.input?.push({ ...graph.input[0] }), /"X" is made twice/],
  ['a node that reads nothing', (_, graph) => (node(graph).input = ['W']), /node 0 .* reads "W" before it is made/],
  [
    'a threshold that is none',
    (_, graph) => (attribute(graph, 'nodes_values').floats = [NaN, 0, 0]),
    /threshold of tree:node 0:0/,
  ],
  [
    'a leaf without a number',
    (_, graph) => (attribute(graph, 'target_weights').floats = [1, Infinity]),
    /0:2 .* adds Infinity/,
  ],
  [
    'a column that is not there',
    (_, graph) => (attribute(graph, 'nodes_featureids').ints = [5, 0, 0]),
    /column 5, and is given 2/,
  ],
  ['a path without end', (_, graph) => (attribute(graph, 'nodes_truenodeids').ints = [0, 0, 0]), /leads back to 0:0/],
  [
    'a child that is not there',
    (_, graph) => (attribute(graph, 'nodes_truenodeids').ints = [9, 0, 0]),
    /leads to 0:9, which is not/,
  ],
  ['too few modes', (_, graph) => (attribute(graph, 'nodes_modes').strings = []), /3 nodes and 0 nodes_modes/],
  [
    'a target that is not there',
    (_, graph) => (attribute(graph, 'target_ids').ints = [0, 3]),
    /0:2 .* adds to target 3 of 1/,
  ],
])('%s is named, with what to do', (_, change, message) => {
  expect(problemsAfter(change)).toContainEqual(expect.stringMatching(message))
})

test('an infinite threshold is sound: it tells what is not known from all else', () => {
  expect(problemsAfter((_, graph) => (attribute(graph, 'nodes_values').floats = [Infinity, 0, 0]))).toEqual([])
})

test('coefficients must be numbers, and as many as columns ask for', () => {
  const linear = (coefficients: number[]) => {
    const graph = new GraphBuilder('linear')
    const attributes = { coefficients: { floats: coefficients }, intercepts: { floats: [0] } }
    const x = graph.input('X', 'float', 2)
    graph.output('y', graph.node('LinearRegressor', [x], { domain: 'ai.onnx.ml', attributes }), 'float')
    return findModelProblems(graph.build(), FOREIGN_RULES)
  }
  expect(linear([1, 2])).toEqual([])
  expect(linear([1, Number.NaN])).toEqual([expect.stringContaining('coefficient 1')])
  expect(linear([1, 2, 3])).toEqual([expect.stringContaining('3 coefficients and is given 2 columns')])
})

test('whatever is in a file, the answer is a short list of sentences and never a throw', () => {
  const isShortList = (bytes: Uint8Array) => {
    for (const expected of [undefined, interfaceOfDoubler]) {
      const problems = findModelProblems(bytes, FOREIGN_RULES, expected)
      expect(problems.length).toBeLessThanOrEqual(51)
      for (const problem of problems) expect(problem).toMatch(/^[^\n]{5,600}$/)
    }
  }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isShortList))
  const good = stump()
  const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(7)), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(flips, fc.nat(good.length), (flipped, length) => {
      const bytes = good.slice()
      for (const [at, bit] of flipped) bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
      isShortList(bytes)
      isShortList(bytes.subarray(0, length))
    }),
    { numRuns: 500 },
  )
})

test('a node cannot read what nothing has made, and no name is given twice', () => {
  const graph = new GraphBuilder('broken')
  graph.input('x', 'float')
  expect(() => graph.node('Add', ['x', 'nowhere'])).toThrow(/reads nowhere/)
  expect(() => graph.input('x', 'float')).toThrow(/used twice/)
  expect(() => graph.constant('c', { type: 'float', shape: [2, 2], values: [1] })).toThrow(/needs 4 values, got 1/)
})
