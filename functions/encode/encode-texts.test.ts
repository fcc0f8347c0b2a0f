import { expect, test } from 'vitest'
import { allMiniLm } from '#models/_encoders/all-minilm-l6-v2.ts'
import { fileKey } from '#models/_encoders/file-key.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'
import { createEncodeApp } from './app.ts'
import { createEncoders, EncoderList } from './encoders.ts'
import { encodeEnv } from './env.ts'
import { createLoadFile } from './load-file.ts'
import { startEmbeddingsApi } from './testing/embeddings-api.ts'

const app = createEncodeApp(nodeOrt, { bytes: () => 0, limitBytes: 1 })
const noFiles = { fetch: async () => new Response('nothing here', { status: 404 }) }
const bindings = { LOG_LEVEL: 'error', ASSETS: noFiles }
const execution = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} }

const service = (env: object) => ({ fetch: async (request: Request) => app.fetch(request, env, execution) })

function ask(body: unknown, env: object = bindings): Promise<Response> {
  const request = new Request('http://encode/encode', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })
  return service(env).fetch(request)
}

const input = { text: 'a', purpose: 'query' as const }

test('what is no list of 1 to 64 texts of at most 10,000 characters is refused by what is wrong', async () => {
  const pointers = async (inputs: unknown) => {
    const response = await ask({ encoder: 'x', inputs })
    expect(response.status).toBe(422)
    const body = (await response.json()) as { errors: { pointer: string }[] }
    return body.errors.map(({ pointer }) => pointer)
  }
  expect(await pointers([])).toEqual(['/inputs'])
  expect(await pointers(Array(65).fill(input))).toEqual(['/inputs'])
  expect(await pointers([{ ...input, text: 'a'.repeat(10_001) }])).toEqual(['/inputs/0/text'])
  expect(await pointers([input, { text: 'a', purpose: 'fun' }])).toEqual(['/inputs/1/purpose'])
  expect((await ask({ encoder: 'nobody@000000000000', inputs: [input] })).status).toBe(404)
})

test('without its files an encoder is unavailable, and the answer says what to do', async () => {
  const { encoders } = EncoderList.parse(
    await (await service(bindings).fetch(new Request('http://encode/encoders'))).json(),
  )
  const response = await ask({ encoder: encoders[0]?.id, inputs: [input] })
  expect(response.status).toBe(503)
  expect(await response.text()).toContain('npm run encoders')
})

test('a hosted encoder is listed after the built-in one and serves through the same client', async () => {
  await using api = await startEmbeddingsApi()
  const manifest = {
    ...{ kind: 'hosted', name: 'hosted', model: 'm', url: api.url },
    ...{ dimensions: 2, languages: ['*'], maximumTokens: 512 },
  }
  const env = { ...bindings, HOSTED_ENCODER: JSON.stringify(manifest), HOSTED_ENCODER_TOKEN: 'secret' }
  const encoders = createEncoders(service(env))
  const [builtIn, hosted] = await encoders.list()
  expect([builtIn?.name, hosted?.name]).toEqual([allMiniLm.name, 'hosted'])
  const [vector] = await encoders.encode(hosted?.id ?? '', [{ text: 'aaa', purpose: 'query' }])
  expect(vector).toEqual([3 / Math.hypot(3, 1), 1 / Math.hypot(3, 1)])
})

test('files come from the bucket where one is bound, by the names they have among the assets', async () => {
  const keys: string[] = []
  const bucket = {
    async get(key: string) {
      keys.push(key)
      return key.endsWith('graph.bin') ? { arrayBuffer: async () => Uint8Array.of(1, 2).buffer } : null
    },
  }
  const load = createLoadFile(encodeEnv.parse({ ...bindings, ENCODERS: bucket }))
  expect(await load(allMiniLm.files.graph)).toEqual(Uint8Array.of(1, 2))
  await expect(load(allMiniLm.files.weights)).rejects.toMatchObject({ code: 'unavailable' })
  expect(keys).toEqual([fileKey(allMiniLm.files.graph), fileKey(allMiniLm.files.weights)])
})
