import { expect, test } from 'vitest'
import { assertModel, findModelProblems, TABULAR_RULES } from './check-model.ts'
import { GraphBuilder } from './graph-builder.ts'

const interfaceOfDoubler = { inputs: { x: 'float' }, outputs: { y: 1 } } as const

function doubler(): Uint8Array {
  const graph = new GraphBuilder('doubler')
  const x = graph.input('x', 'float')
  graph.output('y', graph.node('Add', [x, x]), 'float')
  return graph.build({ b: '2', a: '1' })
}

test('the same calls give the same bytes, whatever the order of the metadata', () => {
  const graph = new GraphBuilder('doubler')
  const x = graph.input('x', 'float')
  graph.output('y', graph.node('Add', [x, x]), 'float')
  expect(graph.build({ a: '1', b: '2' })).toEqual(doubler())
})

test('a good file has no problems', () => {
  expect(findModelProblems(doubler(), TABULAR_RULES, interfaceOfDoubler)).toEqual([])
})

test('what is not an ONNX file is said to be none', () => {
  expect(findModelProblems(Uint8Array.of(255, 255, 1), TABULAR_RULES, interfaceOfDoubler)).toEqual([
    'it is not an ONNX file',
  ])
  expect(findModelProblems(new Uint8Array(), TABULAR_RULES, interfaceOfDoubler)).toEqual(['it has no graph'])
})

test('operators, size, inputs and outputs that are not as agreed are all named', () => {
  const graph = new GraphBuilder('odd')
  const x = graph.input('z', 'string')
  graph.output('y', graph.node('Erf', [x]), 'float', 3)
  expect(() => assertModel(graph.build(), { ...TABULAR_RULES, maxBytes: 10 }, interfaceOfDoubler)).toThrow(
    /at most 10 are allowed[\s\S]*Erf is not allowed[\s\S]*input x: 1 x 1 is missing[\s\S]*z: 8 x 1 is not expected[\s\S]*y: 1 x 3/,
  )
})

test('a node cannot read what nothing has made, and no name is given twice', () => {
  const graph = new GraphBuilder('broken')
  graph.input('x', 'float')
  expect(() => graph.node('Add', ['x', 'nowhere'])).toThrow(/reads nowhere/)
  expect(() => graph.input('x', 'float')).toThrow(/used twice/)
  expect(() => graph.constant('c', { type: 'float', shape: [2, 2], values: [1] })).toThrow(/needs 4 values, got 1/)
})
