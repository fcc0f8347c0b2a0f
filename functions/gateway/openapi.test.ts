import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { createUser } from '#functions/auth/create-user.ts'
import auth from '#functions/auth/index.ts'
import { hashPassword } from '#functions/auth/password.ts'
import balance from '#functions/balance/index.ts'
import { otherWordEncoder } from '#functions/encode/testing/word-encoders.ts'
import { createInferApp } from '#functions/infer/app.ts'
import metrics from '#functions/metrics/index.ts'
import predict from '#functions/predict/index.ts'
import { call, signedDelivery } from '#shared/testing/call.ts'
import { callGateway, countingModels } from '#shared/testing/gateway.ts'
import {
  addressOf,
  Document,
  exampleRequest,
  type Operation,
  readOperations,
  showsToken,
  telegramHeaders,
} from '#shared/testing/operations.ts'
import { answering, givenReceiver } from '#shared/testing/receiver.ts'
import { givenThings } from '#shared/testing/things.ts'
import { givenUser, testContext } from '#shared/testing/users.ts'
import { hasServices, testBindings, testDatabase } from '#shared/testing/world.ts'

const { raw, operations } = hasServices ? await readOperations() : { raw: {}, operations: [] }
const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false })
addFormats.default(ajv)
ajv.addSchema(raw, 'openapi.json')

const isSuccess = (status: string) => status.startsWith('2')
const pointer = (...parts: string[]) =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

describe.skipIf(!hasServices)('the document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator()
    expect(await validator.validate(raw)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('takes from no two functions different parts of one name', async () => {
    const { components } = Document.parse(raw)
    for (const app of [auth, balance, predict, metrics, createInferApp(countingModels)]) {
      const own = Document.parse((await call(app, 'GET', '/openapi.json')).body).components
      expect(components).toMatchObject(own)
    }
  })

  test('names every operation once', () => {
    const ids = operations.map(({ operationId }) => operationId)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.for(operations)('$operationId says what it does, how it succeeds and how it fails', (operation) => {
    const { summary, tags, responses, caller, body } = operation
    const statuses = Object.keys(responses)
    expect(summary).toMatch(/^[A-Z].+[^.]$/)
    expect(tags).toHaveLength(1)
    expect(statuses.some(isSuccess)).toBe(true)
    expect(statuses).toEqual(
      expect.arrayContaining([
        ...(caller === 'anyone' ? [] : ['401']),
        ...(caller === 'expert' || caller === 'admin' ? ['403'] : []),
        ...(body ? ['400', '413', '415', '422'] : []),
      ]),
    )
  })

  test.for(operations)('every refusal of $operationId is a problem', ({ responses }) => {
    for (const [status, { content }] of Object.entries(responses)) {
      if (status.startsWith('4')) expect(Object.keys(content ?? {})).toEqual(['application/problem+json'])
    }
  })
})

/** Makes what the examples speak of true: the demo account is there, the new one is not yet. */
async function setScene({ operationId }: Operation) {
  if (['signIn', 'logIn', 'openSession'].includes(operationId)) {
    const passwordHash = await hashPassword('auspex-demo-1', testBindings().PASSWORD_PEPPER)
    await createUser(testContext(), { email: 'user@demo.local', name: 'Demo', passwordHash }).catch(() => {})
  }
  await testDatabase().execute(sql`update users set email = id || '@example.com' where email = 'ada@example.com'`)
}

async function callAsDocumented(operation: Operation, ids: Record<string, string>, token: string) {
  const request = exampleRequest(operation, ids)
  const path = addressOf(operation, request)
  const { body } = request
  const headers = { ...request.headers, ...telegramHeaders(operation) }
  if (operation.caller !== 'queue')
    return callGateway(operation.method, path, { token: showsToken(operation) ? token : undefined, headers, body })
  const delivery = await signedDelivery({ path, body })
  return callGateway(operation.method, path, { body: delivery.body, headers: { ...headers, ...delivery.headers } })
}

describe.skipIf(!hasServices)('every example is true:', () => {
  test.for(operations)('$operationId answers its own as documented', async (operation) => {
    await using receiver = await givenReceiver(answering(204))
    await setScene(operation)
    const user = await givenUser({ credits: 100, role: 'admin' })
    const { ids, queuedJobId } = await givenThings(user, { webhookUrl: receiver.url })
    const others: Record<string, Record<string, string>> = {
      // Only what has not started can be cancelled.
      cancelPrediction: { job_id: queuedJobId },
      // Only what serves nobody can be deleted.
      deleteEncoder: { encoder_id: otherWordEncoder.id },
    }
    const prepared = { ...ids, ...others[operation.operationId] }
    const answer = await callAsDocumented(operation, prepared, await user.token())
    expect(Object.keys(operation.responses).filter(isSuccess), answer.text).toContain(String(answer.status))
    const content = operation.responses[answer.status]?.content ?? {}
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';')
    expect(Object.keys(content)).toEqual(type === '' ? [] : expect.arrayContaining([type]))
    if (type !== 'application/json') return
    const at = pointer('paths', operation.path, operation.method.toLowerCase(), 'responses', String(answer.status))
    const fits = ajv.compile({ $ref: `openapi.json#${at}${pointer('content', type, 'schema')}` })
    fits(answer.body)
    expect(fits.errors ?? []).toEqual([])
  })
})
