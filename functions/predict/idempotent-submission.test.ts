import { beforeAll, describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenCarPredictor } from '#shared/testing/predictors.ts'
import { carPredictor } from '#shared/testing/things.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'
import { exampleData } from './ask.ts'

const { predictorName: model_name, priceCredits } = carPredictor

beforeAll(async () => {
  if (hasServices) await givenCarPredictor({ name: model_name, priceCredits })
})

describe.skipIf(!hasServices)('POST /predict with an Idempotency-Key', () => {
  async function givenSubmit() {
    const user = await givenUser({ credits: 100 })
    const token = await user.token()
    const submit = (headers: Record<string, string>) =>
      callGateway('POST', '/predict', {
        token,
        body: { model_name, data: exampleData() },
        headers: { 'idempotency-key': 'once', ...headers },
      })
    return { user, submit }
  }

  test('many retries at once are one job, paid once, and each is told its id', async () => {
    const { user, submit } = await givenSubmit()
    const answers = await Promise.all(Array.from({ length: 8 }, () => submit({})))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')).toHaveLength(7)
    expect(await user.held()).toBe(priceCredits)
  })

  test('the same key with another deadline is another request, and refused', async () => {
    const { submit } = await givenSubmit()
    expect((await submit({ 'cancel-after': '5m' })).status).toBe(202)
    expect(await submit({ 'cancel-after': '9m' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    })
  })
})
