import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { ApiError, NetworkError } from '../api/call.ts'
import { describeError, faultsByField } from './describe-error.ts'

const errors = { network: 'unreachable', unexpected: 'unexpected', forbidden: 'not yours' }
const texts = createInstance()
const t = await texts.init({ lng: 'en', resources: { en: { translation: { parts: { errors } } } } })

test('known codes are told in our words, others in those of the server', () => {
  expect(describeError(t, new ApiError(403, { code: 'forbidden', detail: 'Only admins' }))).toBe('not yours')
  expect(describeError(t, new ApiError(418, { code: 'teapot', detail: 'Short and stout' }))).toBe('Short and stout')
  expect(describeError(t, new NetworkError(undefined))).toBe('unreachable')
  expect(describeError(t, new TypeError('x'))).toBe('unexpected')
})

test('faults go to the fields that they point to', () => {
  const faults = [
    { pointer: '/url', code: 'a', message: 'is long' },
    { pointer: '/url', code: 'b', message: 'is odd' },
    { pointer: '/headers/0', code: 'c', message: 'is unknown' },
  ]
  expect(faultsByField(t, new ApiError(422, { code: 'invalid_request', errors: faults }))).toEqual([
    { name: 'url', errors: ['is long', 'is odd'] },
    { name: 'headers', errors: ['is unknown'] },
  ])
  expect(faultsByField(t, new NetworkError(undefined))).toEqual([])
})
