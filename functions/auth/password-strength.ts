export const minimumLength = 10
export const minimumDistinctCharacters = 5
/** The longer favourites of every list of leaked passwords; shorter ones fail by length. */
const common = [
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'qwertyuiop',
  'qwerty',
  '1q2w3e4r',
  '1qaz2wsx',
  'iloveyou',
  'welcome',
  'letmein',
  'administrator',
  'changeme',
  'football',
  'baseball',
  'princess',
  'sunshine',
  'starwars',
  'trustno1',
  'superman',
  'monkey',
  'dragon',
  'abcdefghij',
  '0123456789',
  '1234567890',
  '9876543210',
  'йцукенгшщз',
  'пароль',
]

/** Rules that a password can break, in the order in which they are looked at. */
export type PasswordRule = keyof typeof complaints

const complaints = {
  length: `must have at least ${minimumLength} characters`,
  variety: `must have at least ${minimumDistinctCharacters} different characters`,
  personal: 'must not be your name or e-mail with a little added',
  common: 'is among the most used passwords',
}

/**
 * Says what is weak about a password, or nothing. Length and unpredictability count (NIST SP 800-63B, 5.1.1.2), not
 * which sorts of characters there are.
 */
export function passwordWeakness(password: string, person: { email: string; name: string }): string | undefined {
  const rule = brokenPasswordRule(password, person)
  return rule && complaints[rule]
}

/** @returns the first rule that a password breaks, if any */
export function brokenPasswordRule(
  password: string,
  person: { email: string; name: string },
): PasswordRule | undefined {
  const lower = password.toLowerCase()
  if (password.length < minimumLength) return 'length'
  if (new Set(lower).size < minimumDistinctCharacters) return 'variety'
  const own = [person.email.split('@')[0] ?? '', ...person.name.split(/\s+/)].map((part) => part.toLowerCase())
  if (own.some((part) => part.length >= 4 && isWithLittleAdded(lower, part))) return 'personal'
  if (common.some((word) => lower.startsWith(word) && lower.length - word.length < 5)) return 'common'
  return undefined
}

const isWithLittleAdded = (text: string, part: string) => text.startsWith(part) && text.length - part.length < 4
