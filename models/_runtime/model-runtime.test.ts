import { expect, test } from 'vitest'
import { GraphBuilder } from '../_onnx/graph-builder.ts'
import { Manifest } from './manifest.ts'
import { ModelError } from './model-error.ts'
import { createModelRuntime } from './model-runtime.ts'
import { nodeOrt } from './ort-node.ts'
import { sha256Hex } from './sha256.ts'

const manifest = Manifest.parse({
  name: 'multiple',
  domain: 'test',
  title: 'A multiple of x',
  task: 'regression',
  summary: '',
  features: [{ name: 'x', label: 'x', type: 'number', required: true, nullable: true, default: 0 }],
  output: { name: 'y', label: 'y', unit: '' },
  interval: { coverage: 0.9 },
  baseline: 0,
})

/** y = factor x, between x and y + 1. */
async function multiple(factor: number) {
  const graph = new GraphBuilder('multiple')
  const x = graph.input('x', 'float')
  const constant = (value: number) => graph.constant('c', { type: 'float', shape: [1, 1], values: [value] })
  const y = graph.node('Mul', [x, constant(factor)])
  graph.output('y', y, 'float')
  graph.output('y_lower', x, 'float')
  graph.output('y_upper', graph.node('Add', [y, constant(1)]), 'float')
  graph.output('contributions', y, 'float')
  const bytes = graph.build()
  let loads = 0
  const artefact = {
    sha256: await sha256Hex(bytes),
    load: async () => {
      loads++
      return bytes
    },
  }
  return { artefact, loads: () => loads }
}

async function failure(promise: Promise<unknown>): Promise<ModelError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof ModelError) return error
  throw new Error('no ModelError was thrown', { cause: error })
}

test('rows come back with their interval and contributions', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const { artefact } = await multiple(3)
  const { rows } = await runtime.predict(artefact, manifest, { x: [2, 5] })
  expect(rows).toEqual([
    { value: 6, interval: { lower: 2, upper: 7, coverage: 0.9 }, contributions: { x: 6 } },
    { value: 15, interval: { lower: 5, upper: 16, coverage: 0.9 }, contributions: { x: 15 } },
  ])
})

test('what the manifest does not promise is not asked of the artefact', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const { artefact } = await multiple(3)
  const { interval: _, baseline: __, ...bare } = manifest
  expect((await runtime.predict(artefact, bare, { x: [2] })).rows).toEqual([{ value: 6 }])
})

const classifier = { ...manifest, task: 'classification', interval: undefined, baseline: undefined }

/** p(b) = x, p(c) = 0 where there is a c. */
async function sure(classes: readonly string[]) {
  const graph = new GraphBuilder('sure')
  const x = graph.input('x', 'float')
  const constant = (value: number) => graph.constant('c', { type: 'float', shape: [1, 1], values: [value] })
  const others = classes.slice(2).map(() => graph.node('Mul', [x, constant(0)]))
  const all = graph.node('Concat', [graph.node('Sub', [constant(1), x]), x, ...others], {
    attributes: { axis: { int: 1 } },
  })
  graph.output('y', all, 'float', classes.length)
  const bytes = graph.build()
  const artefact = { sha256: await sha256Hex(bytes), load: async () => bytes }
  return (x: number) =>
    createModelRuntime({ ort: nodeOrt }).predict(artefact, Manifest.parse({ ...classifier, classes }), { x: [x] })
}

test('of two classes the number is the probability of the second, of more that of the most likely one', async () => {
  const [two, three] = [await sure(['a', 'b']), await sure(['a', 'b', 'c'])]
  expect((await two(0.25)).rows).toEqual([{ value: 0.25, label: 'a', probabilities: { a: 0.75, b: 0.25 } }])
  expect((await three(0.25)).rows).toEqual([{ value: 0.75, label: 'a', probabilities: { a: 0.75, b: 0.25, c: 0 } }])
})

test('a manifest of a classification names at least two different classes, and promises no interval', () => {
  const isGood = (changes: object) => Manifest.safeParse({ ...classifier, ...changes }).success
  expect(isGood({ classes: ['a', 'b'] })).toBe(true)
  expect([{}, { classes: ['a'] }, { classes: ['a', 'a'] }].map(isGood)).toEqual([false, false, false])
  expect(isGood({ classes: ['a', 'b'], interval: { coverage: 0.9 } })).toBe(false)
  expect(isGood({ classes: ['a', 'b'], task: 'regression' })).toBe(false)
})

test('many calls at once load an artefact once and never mix their answers', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const [three, seven] = [await multiple(3), await multiple(7)]
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      runtime.predict(i % 2 ? three.artefact : seven.artefact, manifest, { x: [i] }),
    ),
  )
  expect(answers.map(({ rows }) => rows[0]?.value)).toEqual(Array.from({ length: 40 }, (_, i) => i * (i % 2 ? 3 : 7)))
  expect([three.loads(), seven.loads()]).toEqual([1, 1])
  expect(answers.filter(({ timings }) => timings.cold)).toHaveLength(2)
})

test('a failed load may pass, is forgotten, and the next call tries again', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const { artefact } = await multiple(2)
  let attempts = 0
  const flaky = {
    ...artefact,
    load: async () => {
      attempts++
      if (attempts === 1) throw new Error('connection reset')
      return artefact.load()
    },
  }
  expect((await failure(runtime.predict(flaky, manifest, { x: [1] }))).retryable).toBe(true)
  expect((await runtime.predict(flaky, manifest, { x: [1] })).rows[0]?.value).toBe(2)
})

test('bytes that their name does not match are never run', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const [named, sent] = [await multiple(2), await multiple(4)]
  const swapped = { sha256: named.artefact.sha256, load: sent.artefact.load }
  const error = await failure(runtime.predict(swapped, manifest, { x: [1] }))
  expect([error.message.includes(sent.artefact.sha256), error.retryable]).toEqual([true, true])
})

test('bytes that are no model, and models that answer nonsense, fail for good', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt })
  const bytes = Uint8Array.of(1, 2, 3)
  const noModel = { sha256: await sha256Hex(bytes), load: async () => bytes }
  expect((await failure(runtime.predict(noModel, manifest, { x: [1] }))).retryable).toBe(false)
  const { artefact } = await multiple(1)
  const unknown = await failure(runtime.predict(artefact, manifest, { x: [null] }))
  expect([unknown.message, unknown.retryable]).toEqual(['the model answered NaN', false])
  const other = { ...manifest, output: { ...manifest.output, name: 'z' } }
  expect((await failure(runtime.predict(artefact, other, { x: [1] }))).message).toContain('no output z')
})

test('the artefact that was not used for longest leaves first', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt, maxSessions: 2 })
  const [a, b, c] = [await multiple(11), await multiple(12), await multiple(13)]
  for (const { artefact } of [a, b, a, c, a, b]) await runtime.predict(artefact, manifest, { x: [1] })
  expect([a.loads(), b.loads(), c.loads()]).toEqual([1, 2, 1])
  runtime.release()
})

test('a call does not wait for ever for another call that was cancelled while it loaded', async () => {
  const runtime = createModelRuntime({ ort: nodeOrt, waitMs: 5 })
  const { artefact } = await multiple(5)
  const stuck = { ...artefact, load: () => new Promise<Uint8Array>(() => undefined) }
  const first = failure(runtime.predict(stuck, manifest, { x: [1] }))
  const second = failure(runtime.predict(artefact, manifest, { x: [1] }))
  expect([(await first).retryable, (await second).retryable]).toEqual([true, true])
})
