import type { AuthProvider } from '@refinedev/core'
import { ApiError, call } from './call.ts'
import { tellOtherTabs } from './session-news.ts'

/** Who is signed in, and what they have. */
export interface Profile {
  id: string
  email: string
  name: string
  role: 'user' | 'expert' | 'admin'
  balance: number
  held: number
}

export interface Credentials {
  email: string
  password: string
}

export const readProfile = (signal?: AbortSignal) => call<Profile>('/users/profile', { signal })

/** A session is a cookie that only the gateway reads: nothing is kept here. */
export const sessions: AuthProvider = {
  async login(credentials: Credentials) {
    try {
      const { email } = await call<{ email: string }>('/session', { method: 'POST', body: credentials })
      tellOtherTabs({ kind: 'signed_in', email })
      return { success: true }
    } catch (error) {
      return { success: false, error: asError(error) }
    }
  },
  async logout() {
    await call('/session', { method: 'DELETE' })
    tellOtherTabs({ kind: 'signed_out' })
    return { success: true, redirectTo: '/console/sign-in' }
  },
  async check() {
    try {
      await readProfile()
      return { authenticated: true }
    } catch (error) {
      const unknown = error instanceof ApiError && error.status === 401
      // A server that cannot be reached says nothing about who is signed in.
      return unknown ? { authenticated: false, redirectTo: '/console/sign-in' } : { authenticated: true }
    }
  },
  // A session that ended is renewed in a dialog, above what was being done: see shell/session-renewal.tsx.
  onError: async () => ({}),
  getIdentity: () => readProfile(),
  getPermissions: async () => (await readProfile()).role,
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
