import { createApp } from '#shared/app.ts'
import { registerCloseSession } from './close-session.ts'
import { registerCreateApiKey } from './create-api-key.ts'
import { authEnv } from './env.ts'
import { registerGetKeySet } from './get-key-set.ts'
import { registerGetProfile } from './get-profile.ts'
import { registerListApiKeys } from './list-api-keys.ts'
import { registerListUsers } from './list-users.ts'
import { registerOpenSession } from './open-session.ts'
import { registerRenewSession } from './renew-session.ts'
import { registerRevokeApiKey } from './revoke-api-key.ts'
import { createAuthServices } from './services.ts'
import { registerSetRole } from './set-role.ts'
import { registerSignIn } from './sign-in.ts'
import { registerSignUp } from './sign-up.ts'

const app = createApp({ name: 'auth', env: authEnv, services: createAuthServices, maximumBodyBytes: 16 * 2 ** 10 })

registerSignUp(app)
registerSignIn(app)
registerOpenSession(app)
registerRenewSession(app)
registerCloseSession(app)
registerGetProfile(app)
registerCreateApiKey(app)
registerListApiKeys(app)
registerRevokeApiKey(app)
registerListUsers(app)
registerSetRole(app)
registerGetKeySet(app)

/** Who people are, and what they may do. */
export default app
