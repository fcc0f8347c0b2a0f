import type { onnx } from 'onnx-proto'
import { attribute } from './attributes.ts'

/** Operators that give as many columns as they are given. */
const KEEPING: ReadonlySet<string> = new Set(['Identity', 'Cast', 'Imputer', 'Scaler', 'Normalizer', 'Binarizer'])

/** How many columns values have, where that is plain to see: of inputs `[N, columns]` and what is made of them. */
export function countColumns(graph: onnx.IGraphProto): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { name, type } of graph.input ?? []) {
    const dims = type?.tensorType?.shape?.dim ?? []
    const columns = Number(dims[1]?.dimValue ?? 0)
    if (dims.length === 2 && columns > 0) counts.set(name ?? '', columns)
  }
  for (const node of graph.node ?? []) {
    const columns = columnsOf(node, counts)
    if (columns !== undefined) counts.set(node.output?.[0] ?? '', columns)
  }
  return counts
}

function columnsOf(node: onnx.INodeProto, counts: ReadonlyMap<string, number>): number | undefined {
  const inputs = (node.input ?? []).map((name) => counts.get(name))
  if (KEEPING.has(node.opType ?? '')) return inputs[0]
  if (node.opType !== 'Concat' || Math.abs(Number(attribute(node, 'axis')?.i ?? 0)) !== 1) return undefined
  return inputs.reduce<number | undefined>(
    (sum, columns) => (sum === undefined || columns === undefined ? undefined : sum + columns),
    0,
  )
}
