import type { onnx } from 'onnx-proto'
import { nameNode, operatorName, show } from './naming.ts'

/** Why some operators are not allowed, and what to do instead. */
const HINTS: Readonly<Record<string, string>> = {
  'ai.onnx.ml.ZipMap': "its maps are no tensors: export with zipmap=False, in skl2onnx options={'zipmap': False}",
  SequenceConstruct: 'sequences are not served: give one tensor an output',
  If: 'branches are not served: export the model for inference only',
  Loop: 'loops are not served',
  Scan: 'loops are not served',
  RandomNormal: 'a prediction must not change from call to call',
  RandomUniform: 'a prediction must not change from call to call',
}

/** Only operators that every runtime in use knows, that end, and that give the same for the same. */
export function* checkOperators({ graph, functions }: onnx.ModelProto, allowed: ReadonlySet<string>) {
  const refused = new Map<string, { first: string; count: number }>()
  for (const [index, node] of (graph?.node ?? []).entries()) {
    const operator = operatorName(node)
    if (!allowed.has(operator)) {
      const { first = nameNode(node, index), count = 0 } = refused.get(operator) ?? {}
      refused.set(operator, { first, count: count + 1 })
    }
    if (node.attribute?.some(({ g, graphs }) => g || (graphs && graphs.length > 0)))
      yield `${nameNode(node, index)} holds a graph of its own: branches and loops are not served`
  }
  for (const [operator, { first, count }] of refused) {
    const hint = Object.hasOwn(HINTS, operator) ? `; ${HINTS[operator]}` : ''
    const others = count > 1 ? ` and ${count - 1} more` : ''
    yield `operator ${show(operator)} is not allowed: ${first}${others}${hint}`
  }
  if (functions && functions.length > 0)
    yield `it defines ${functions.length} functions of its own: export it with them inlined`
}
