import type { Tensor } from 'onnxruntime-web/wasm'
import type { Feed } from './encode-feeds.ts'
import type { Ort } from './ort-backend.ts'

/** The feeds as onnxruntime-web takes them, by the names of the inputs. */
export function toTensors(ort: Ort, feeds: readonly Feed[]): Record<string, Tensor> {
  return Object.fromEntries(feeds.map((feed) => [feed.name, toTensor(ort, feed)]))
}

function toTensor(ort: Ort, feed: Feed): Tensor {
  const shape = [feed.rows, feed.columns ?? 1]
  return feed.type === 'string'
    ? new ort.Tensor('string', feed.data, shape)
    : new ort.Tensor('float32', feed.data, shape)
}
