import { describe, expect, test } from 'vitest'
import { givenReceiver } from '#shared/testing/receiver.ts'
import { postWebhook } from './post-webhook.ts'
import { maximumDeliveryAttempts, retryDelaySeconds } from './retry-schedule.ts'

const message = { headers: { 'webhook-id': 'delivery_1' }, body: '{}' }
const noLimit = new AbortController().signal

describe('an attempt to post', () => {
  test('a receiver that does not answer in time has not answered', async () => {
    const limit = new AbortController()
    await using receiver = await givenReceiver(() => limit.abort())
    expect(await postWebhook(receiver.url, message, limit.signal)).toEqual({ status: null, reason: 'timeout' })
    expect(receiver.received).toHaveLength(1)
  })

  test('a body without end is not read', async () => {
    await using receiver = await givenReceiver((response) => {
      const flood = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      }
      response.writeHead(200).on('drain', flood)
      flood()
    })
    expect(await postWebhook(receiver.url, message, noLimit)).toMatchObject({ status: 200 })
  })

  test.each([
    [{ 'retry-after': '120' }, 120_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 12:02:00 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, 120_000],
    [{ 'retry-after': 'Sat, 21 Nov 2026 11:00:00 GMT', date: 'Sat, 21 Nov 2026 12:00:00 GMT' }, undefined],
    [{ 'retry-after': '-5' }, undefined],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('how long a receiver asks to be left alone: %j', async (headers, retryAfterMs) => {
    await using receiver = await givenReceiver((response) => response.writeHead(503, headers).end())
    expect(await postWebhook(receiver.url, message, noLimit)).toEqual({ status: 503, reason: null, retryAfterMs })
  })

  test('no wait is shorter than planned or longer than a day, and there is none after the last attempt', () => {
    expect(retryDelaySeconds(1)).toBe(5)
    expect(retryDelaySeconds(1, 1)).toBe(5)
    expect(retryDelaySeconds(1, 60_001)).toBe(61)
    expect(retryDelaySeconds(1, 1e12)).toBe(86_400)
    expect(retryDelaySeconds(maximumDeliveryAttempts - 1)).toBe(86_400)
    expect(retryDelaySeconds(maximumDeliveryAttempts)).toBeUndefined()
  })
})
