import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordWeakness } from '../../../auth/password-strength.ts'
import { judgePassword } from './judge-password.ts'

const ada = { email: 'lovelace@example.com', name: 'Ada Byron' }

test.each([
  ['', 0, 'length'],
  ['short', 1, 'length'],
  ['aaaaaaaaaaaaaaaaaaaa', 1, 'variety'],
  ['lovelace123', 1, 'personal'],
  ['password1234', 1, 'common'],
  ['quiet-tree', 2, undefined],
  ['quiet-trees-walk', 3, undefined],
  ['a long walk home by the river', 4, undefined],
])('%j has strength %i', (password, strength, broken) => {
  expect(judgePassword(password, ada)).toEqual({ strength, broken })
})

test('what the page would take, the server takes, and the other way round', () =>
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (password) => {
      const { broken, strength } = judgePassword(password, ada)
      expect(broken === undefined).toBe(passwordWeakness(password, ada) === undefined)
      expect(strength >= 2).toBe(broken === undefined)
    }),
  ))
