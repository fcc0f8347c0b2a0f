import fc from 'fast-check'
import { expect, test } from 'vitest'
import { givenQstash } from './testing/given-qstash.ts'

const HALF_YEAR_MS = 180 * 86_400_000

/** One message: where it goes, how often its destination fails before it succeeds, and how patient it is. */
const Plan = fc.record({
  queueName: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
  failureCount: fc.nat({ max: 5 }),
  isFatal: fc.boolean(),
  retries: fc.nat({ max: 4 }),
  delayS: fc.option(fc.nat({ max: 100 }), { nil: undefined }),
  flowKey: fc.option(fc.constantFrom('k', 'l'), { nil: undefined }),
  advanceMs: fc.constantFrom(0, 0, 1, 15_000, 400_000),
})

test('every accepted message is delivered once or is in the dead letter queue; queues keep their order', async () => {
  const given = await givenQstash()
  const { client, destination } = given
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(Plan, { minLength: 1, maxLength: 12 }), async (plans) => {
      run += 1
      const path = `/run-${run}`
      destination.deliveries.length = 0
      const isFailure = ({ body, headers }: (typeof destination.deliveries)[number]) =>
        Number(headers['upstash-retried']) < (plans[Number(body)]?.failureCount ?? 0)
      destination.answer = (delivery) => {
        if (!isFailure(delivery)) return { status: 200 }
        const isFatal = plans[Number(delivery.body)]?.isFatal === true
        return isFatal ? { status: 489, headers: { 'upstash-nonretryable-error': 'true' } } : { status: 503 }
      }
      for (const [n, { queueName, retries, delayS, flowKey, advanceMs }] of plans.entries()) {
        const flowControl =
          flowKey === undefined ? undefined : { key: flowKey, rate: 2, period: '5s' as const, parallelism: 1 }
        const request = { url: destination.url(path), body: n, retries, delay: delayS, flowControl }
        if (queueName === undefined) await client.publishJSON(request)
        else await client.queue({ queueName: `${queueName}${run}` }).enqueueJSON(request)
        await given.advance(advanceMs)
      }
      await given.advance(HALF_YEAR_MS)

      const { messages } = await client.dlq.listMessages({ filter: { url: destination.url(path) } })
      const dead = messages.map(({ body }) => Number(body)).sort((a, b) => a - b)
      const succeeded = destination.deliveries
        .filter((delivery) => !isFailure(delivery))
        .map(({ body }) => Number(body))
      const isHopeless = ({ failureCount, isFatal, retries }: (typeof plans)[number]) =>
        failureCount > (isFatal ? 0 : retries)
      const numbersOf = (isWanted: (plan: (typeof plans)[number]) => boolean) =>
        plans.flatMap((plan, n) => (isWanted(plan) ? [n] : []))
      expect(dead).toEqual(numbersOf(isHopeless))
      expect(succeeded.toSorted((a, b) => a - b)).toEqual(numbersOf((plan) => !isHopeless(plan)))
      for (const name of ['a', 'b']) {
        const inQueue = destination.deliveries
          .map(({ body }) => Number(body))
          .filter((n) => plans[n]?.queueName === name)
        expect(inQueue).toEqual(inQueue.toSorted((a, b) => a - b))
      }
    }),
    { numRuns: 40, seed: 20261121 },
  )
})
