import { createApp } from '#shared/app.ts'
import { signedByQueue } from '#shared/queue.ts'
import { botEnv } from './env.ts'
import { registerReceiveUpdate } from './receive-update.ts'
import { registerRunUpdates } from './run-updates.ts'
import { secretHeader } from './sent-by-telegram.ts'
import { createBotServices } from './services.ts'

const options = { name: 'bot', env: botEnv, services: createBotServices }
const app = createApp(options)

app.openAPIRegistry.registerComponent('securitySchemes', 'telegram', {
  type: 'apiKey',
  in: 'header',
  name: secretHeader,
  description: 'The secret that Telegram was given with the address of the webhook',
})
app.use('/bot/updates', signedByQueue)
registerReceiveUpdate(app)
registerRunUpdates(app)

/** A chat in Telegram that does what the API does. */
export default app
