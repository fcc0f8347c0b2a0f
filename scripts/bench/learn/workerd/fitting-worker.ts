import { regressionMetrics } from '#models/_learn/judging/regression-metrics.ts'
import { predictEnsemble } from '#models/_learn/trees/predict.ts'
import { fitBoosted } from '../ours/boosting-settings.ts'

/** Memories that the kernels took since the Worker started. */
const memories: WebAssembly.Memory[] = []

/** Nothing inside a Worker tells how much memory it holds: at least those are counted that the kernels ask for. */
WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    super(descriptor)
    memories.push(this)
  }
}

/** A Worker that fits the table it is sent: columns of 32-bit floats, the target last; it is judged by the last rows. */
const worker = {
  async fetch(request: Request): Promise<Response> {
    if (request.method === 'HEAD') return new Response()
    const { searchParams } = new URL(request.url)
    const [rows = 0, heldOut = 0] = ['rows', 'heldOut'].map((name) => Number(searchParams.get(name)))
    const body = await request.arrayBuffer()
    const count = body.byteLength / 4 / (rows + heldOut)
    const columns = Array.from(
      { length: count },
      (_, j) => new Float32Array(body, 4 * j * (rows + heldOut), rows + heldOut),
    )
    const features = columns.slice(0, -1)
    const target = Float64Array.from(columns.at(-1) ?? [])
    const train = { rows, columns: features.map((column) => column.subarray(0, rows)) }
    const test = { rows: heldOut, columns: features.map((column) => column.subarray(rows)) }
    const model = await fitBoosted(train, target.subarray(0, rows))
    const { r2 } = regressionMetrics(target.subarray(rows), predictEnsemble(model, test))
    const wasmBytes = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)
    return Response.json({ r2, trees: model.trees.length, wasmBytes })
  },
}

// biome-ignore lint/style/noDefaultExport: the runtime looks for the Worker here
export default worker
