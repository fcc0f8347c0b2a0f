import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import type { Feed } from '../encode-feeds.ts'

const script = fileURLToPath(new URL('run_onnx.py', import.meta.url))
const Outputs = z.record(z.string(), z.array(z.number()))

/** A Python that has onnxruntime, if there is one: `AUSPEX_PYTHON`, the one in `.cache/python`, or `python3`. */
export async function findPython(): Promise<string | undefined> {
  const cached = fileURLToPath(new URL('../../../.cache/python/bin/python', import.meta.url))
  const candidates = [process.env.AUSPEX_PYTHON, existsSync(cached) ? cached : undefined, 'python3']
  for (const python of candidates) {
    if (python !== undefined && (await hasOnnxRuntime(python))) return python
  }
  return undefined
}

async function hasOnnxRuntime(python: string): Promise<boolean> {
  return promisify(execFile)(python, ['-c', 'import numpy, onnxruntime']).then(
    () => true,
    () => false,
  )
}

/** The outputs of an ONNX file by Python's onnxruntime. */
export async function runInPython(python: string, model: string, feeds: readonly Feed[]) {
  const plain = feeds.map(({ name, type, data }) => ({ name, type, data: Array.from<number | string>(data) }))
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ model, feeds: plain }))
  const chunks: Buffer[] = []
  for await (const chunk of child.stdout) chunks.push(Buffer.from(chunk))
  return Outputs.parse(JSON.parse(Buffer.concat(chunks).toString()))
}
