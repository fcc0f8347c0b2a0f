import { describe, expect, test, vi } from 'vitest'
import auth from '#functions/auth/index.ts'
import { call } from './testing/call.ts'
import { hasServices, testBindings } from './testing/world.ts'

describe.skipIf(!hasServices)('settings', () => {
  test.each(['JWT_PRIVATE_KEY', 'JWT_PUBLIC_KEYS', 'DATABASE_URL', 'PASSWORD_PEPPER', 'UPSTASH_REDIS_REST_TOKEN'])(
    'without a good %s no request is served, and the value is told to nobody',
    async (name) => {
      const log = vi.spyOn(console, 'log').mockImplementation(() => {})
      for (const value of ['', 'tell-tale', '"tell-tale']) {
        if (name === 'UPSTASH_REDIS_REST_TOKEN' && value !== '') continue
        const answer = await call(auth, 'POST', '/sign_in', {
          body: { email: 'a@example.com', password: 'a password' },
          bindings: { ...testBindings(), [name]: value },
        })
        expect(answer).toMatchObject({ status: 500, body: { code: 'misconfigured' } })
        expect(answer.text).toContain(name)
        expect(answer.text + JSON.stringify(log.mock.calls)).not.toContain('tell-tale')
      }
      log.mockRestore()
    },
  )
})
