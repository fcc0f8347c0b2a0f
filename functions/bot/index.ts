import { createApp } from '#shared/app.ts'
import { botEnv } from './env.ts'

const app = createApp({ name: 'bot', env: botEnv, services: () => ({}) })

/** A chat in Telegram that does what the API does. */
export default app
