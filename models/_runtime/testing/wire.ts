import { z } from 'zod'
import type { Feed } from '../encode-feeds.ts'

/** Numbers travel as base64 of their bytes, lowest first, because JSON has no NaN and no infinities. */
const FeedOnWire = z.object({
  name: z.string(),
  shape: z.tuple([z.number(), z.number()]),
  floats: z.base64().optional(),
  strings: z.array(z.string()).optional(),
})

/** An ONNX file and what to run it on. */
const Question = z.object({ model: z.base64(), feeds: z.array(FeedOnWire) })

/** Outputs by name, as doubles, or what went wrong. */
const Answer = z.union([z.object({ outputs: z.record(z.string(), z.base64()) }), z.object({ error: z.string() })])

/** What an ONNX file gives, by the name of the output, row by row. */
export type NumberOutputs = Readonly<Record<string, Float64Array>>

export function packQuestion(model: Uint8Array, feeds: readonly Feed[]): string {
  const packed = feeds.map((feed): z.infer<typeof FeedOnWire> => {
    const shape: [number, number] = [feed.rows, feed.columns ?? 1]
    return feed.type === 'string'
      ? { name: feed.name, shape, strings: feed.data }
      : { name: feed.name, shape, floats: toBase64(feed.data) }
  })
  return JSON.stringify({ model: toBase64(model), feeds: packed })
}

export function unpackQuestion(text: string): { model: Uint8Array; feeds: Feed[] } {
  const { model, feeds } = Question.parse(JSON.parse(text))
  return {
    model: fromBase64(model),
    feeds: feeds.map(({ name, shape: [rows, columns], floats, strings }) =>
      strings === undefined
        ? { name, rows, columns, type: 'float32', data: new Float32Array(fromBase64(floats ?? '').buffer) }
        : { name, rows, columns, type: 'string', data: strings },
    ),
  }
}

export function packAnswer(outputs: NumberOutputs): string {
  const packed = Object.entries(outputs).map(([name, values]) => [name, toBase64(values)])
  return JSON.stringify({ outputs: Object.fromEntries(packed) })
}

export function packError(error: unknown): string {
  return JSON.stringify({ error: String(error) })
}

/** @throws Error with what went wrong there */
export function unpackAnswer(text: string): NumberOutputs {
  const answer = Answer.parse(JSON.parse(text))
  if ('error' in answer) throw new Error(answer.error)
  return Object.fromEntries(
    Object.entries(answer.outputs).map(([name, values]) => [name, new Float64Array(fromBase64(values).buffer)]),
  )
}

function toBase64({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  let text = ''
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) text += String.fromCharCode(byte)
  return btoa(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
