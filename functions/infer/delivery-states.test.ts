import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { givenReceiver } from '#shared/testing/receiver.ts'
import { hasServices } from '#shared/testing/world.ts'
import { claimDelivery } from './claim-delivery.ts'
import { givenDelivery } from './testing/deliveries.ts'

/** What may happen to a message: callbacks at once, time passing, or a sender that dies having sent or not. */
const happenings = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('callbacks' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constantFrom('time' as const, 'death' as const) }),
  ),
  { maxLength: 30 },
)
const answers = fc.array(fc.constantFrom(200, 204, 500, 500, 500, 404, 301, 429, 410), { maxLength: 12 })

describe.skipIf(!hasServices)('the states of a webhook message', () => {
  test('whatever happens, it is sent by one at a time, ends once and in one way, and nothing follows the end', () =>
    fc.assert(
      fc.asyncProperty(happenings, answers, async (script, statuses) => {
        const sent: number[] = []
        await using receiver = await givenReceiver((response) => {
          const status = statuses[sent.length] ?? 500
          sent.push(status)
          response.writeHead(status).end()
        })
        const delivery = await givenDelivery(receiver.url)
        for (const happening of script) {
          const before = await delivery.row()
          const sentBefore = sent.length
          if (happening.kind === 'time') await delivery.becomeDue()
          if (happening.kind === 'death') await claimDelivery(delivery.user.ctx, delivery.deliveryId)
          if (happening.kind === 'callbacks') {
            await Promise.all(Array.from({ length: happening.count }, () => delivery.callback()))
            expect(sent.length - sentBefore).toBeLessThanOrEqual(1)
          }
          if (before.status === 'pending') continue
          expect({ ...(await delivery.row()), seconds_left: 0 }).toEqual({ ...before, seconds_left: 0 })
          expect(sent.length).toBe(sentBefore)
        }
        const { status, attempts } = await delivery.row()
        const isGood = (answer: number) => answer === 200 || answer === 204
        expect(status === 'delivered').toBe(sent.some(isGood))
        expect(sent.slice(0, -1).filter((answer) => isGood(answer) || answer === 410)).toEqual([])
        if (status === 'failed') expect(sent.at(-1) === 410 || attempts >= 10).toBe(true)
      }),
      { numRuns: 25 },
    ))
})
