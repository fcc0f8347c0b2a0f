import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { callGateway } from '#shared/testing/gateway.ts'
import { givenPredictor } from '#shared/testing/predictors.ts'
import { expectRefusal } from '#shared/testing/target.ts'
import { givenUser } from '#shared/testing/users.ts'
import { hasServices } from '#shared/testing/world.ts'

const Job = z.looseObject({ job_id: z.string() })

async function givenPricing(priceCredits: number) {
  const { predictorName: name } = await givenPredictor({ priceCredits })
  const admin = await (await givenUser({ role: 'admin' })).token()
  const user = await givenUser({ credits: 100 })
  const token = await user.token()
  const ask = { model_name: name, data: { x: [1, 2] } }
  const setPrice = (body: unknown, of = name) => callGateway('PATCH', `/predictors/${of}`, { token: admin, body })
  // What is on offer is remembered for a while: this has it read anew.
  await setPrice({ price: priceCredits })
  return {
    name,
    user,
    setPrice,
    quote: async () => (await callGateway('POST', '/predict/quote', { token, body: ask })).body,
    submit: async () => Job.parse((await callGateway('POST', '/predict', { token, body: ask })).body),
    read: async (jobId: string) => (await callGateway('GET', `/predict/${jobId}`, { token })).body,
    listed: async () => (await callGateway('GET', '/predictors', { token })).text,
  }
}

describe.skipIf(!hasServices)('a new price', () => {
  test('is what is shown, quoted and taken from then on', async () => {
    const { name, user, setPrice, submit, read, quote, listed } = await givenPricing(3)
    expect(await listed()).toContain(name)
    expect(await setPrice({ price: 7 })).toMatchObject({ status: 200, body: { model_name: name, price: 7 } })
    const { models } = z.object({ models: z.array(z.looseObject({})) }).parse(JSON.parse(await listed()))
    expect(models.find((model) => model.model_name === name)).toMatchObject({ price: 7 })
    expect(await quote()).toMatchObject({ price: 14 })
    const { job_id } = await submit()
    expect(await read(job_id)).toMatchObject({ price: 14 })
    expect(await user.balance()).toBe(86)
  })

  test('does not change what was accepted', async () => {
    const { setPrice, submit, read, user } = await givenPricing(3)
    const { job_id } = await submit()
    await setPrice({ price: 50 })
    expect(await read(job_id)).toMatchObject({ price: 6 })
    expect(await user.held()).toBe(6)
  })

  test('may be nothing', async () => {
    const { setPrice, submit, read } = await givenPricing(3)
    await setPrice({ price: 0 })
    expect(await read((await submit()).job_id)).toMatchObject({ price: 0 })
  })

  test.for([-1, 0.5, 1_000_001, '5', null, undefined])('cannot be %s', async (price) => {
    const { setPrice } = await givenPricing(3)
    const answer = await setPrice({ price })
    expectRefusal(answer, { status: 422 })
    expect(answer.body).toMatchObject({ errors: [{ pointer: '/price' }] })
  })

  test('is given to nothing that is not there', async () => {
    const { setPrice } = await givenPricing(3)
    expectRefusal(await setPrice({ price: 5 }, 'nothing'), { status: 404 })
  })
})
