import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  [' Анна Мария фон Штауфенберг ', 'АШ'],
  ['𝒜da', '𝒜'],
  ['', ''],
])('%j is %j for short', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
