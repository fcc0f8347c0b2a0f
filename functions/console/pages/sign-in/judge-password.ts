import { brokenPasswordRule, type PasswordRule } from '../../../auth/password-strength.ts'

export interface Judgement {
  /** What keeps the server from taking it. */
  broken: PasswordRule | undefined
  /** 0 nothing yet, 1 would be refused, 2 will do, 3 good, 4 very good */
  strength: 0 | 1 | 2 | 3 | 4
}

const GOOD_LENGTH = 14
const VERY_GOOD_LENGTH = 18
const VERY_GOOD_VARIETY = 10

/** Judges by the rules of the server; above them length counts, as long as it is not one key held down. */
export function judgePassword(password: string, person: { email: string; name: string }): Judgement {
  const broken = brokenPasswordRule(password, person)
  return { broken, strength: strengthOf(password, broken) }
}

function strengthOf(password: string, broken: PasswordRule | undefined): Judgement['strength'] {
  if (password === '') return 0
  if (broken !== undefined) return 1
  const variety = new Set(password.toLowerCase()).size
  if (password.length >= VERY_GOOD_LENGTH && variety >= VERY_GOOD_VARIETY) return 4
  return password.length >= GOOD_LENGTH && variety >= VERY_GOOD_VARIETY - 2 ? 3 : 2
}
