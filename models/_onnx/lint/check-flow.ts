import type { onnx } from 'onnx-proto'
import { nameNode, quote } from './naming.ts'

/** Every value is made once, before it is read, inside the file; and what is asked of callers is used. */
export function* checkFlow(graph: onnx.IGraphProto): Generator<string> {
  const made = new Set<string>()
  const read = new Set<string>()
  const inputs = (graph.input ?? []).map(({ name }) => name ?? '')
  for (const name of inputs) yield* make(made, name, 'input')
  // In old files constants are listed among the inputs, as values that callers may replace.
  const constants = (graph.initializer ?? []).map(({ name }) => name ?? '')
  for (const name of constants) if (!inputs.includes(name)) yield* make(made, name, 'constant')
  for (const [index, node] of (graph.node ?? []).entries()) {
    for (const name of node.input ?? []) {
      if (name !== '' && !made.has(name)) yield `${nameNode(node, index)} reads ${quote(name)} before it is made`
      read.add(name)
    }
    for (const name of node.output ?? []) if (name !== '') yield* make(made, name, nameNode(node, index))
  }
  const outputs = (graph.output ?? []).map(({ name }) => name ?? '')
  if (outputs.length === 0) yield 'it has no outputs'
  for (const [i, name] of outputs.entries()) {
    if (!made.has(name)) yield `output ${quote(name)} is never made`
    if (outputs.indexOf(name) < i) yield `output ${quote(name)} is listed twice`
  }
  for (const name of inputs)
    if (!read.has(name) && !outputs.includes(name))
      yield `input ${quote(name)} is read by nothing: export the model without that column`
}

function* make(made: Set<string>, name: string, where: string) {
  if (made.has(name)) yield `${quote(name)} is made twice, the second time by ${where}`
  made.add(name)
}
