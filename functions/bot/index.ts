import { createApp } from '#shared/app.ts'
import { signedByQueue } from '#shared/queue.ts'
import { scheduled } from '#shared/scheduled.ts'
import { registerCreateLinkCode } from './create-link-code.ts'
import { registerDeleteLink } from './delete-link.ts'
import { botEnv } from './env.ts'
import { registerGetLink } from './get-link.ts'
import { registerReceiveUpdate } from './receive-update.ts'
import { registerRunUpdates } from './run-updates.ts'
import { secretHeader } from './sent-by-telegram.ts'
import { createBotServices } from './services.ts'
import { sweepUpdates } from './sweep-updates.ts'

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
registerCreateLinkCode(app)
registerGetLink(app)
registerDeleteLink(app)

/** A chat in Telegram that does what the API does. By cron: what was lost is taken up again. */
export default {
  fetch: app.fetch,
  scheduled: scheduled(options, { sweepUpdates }),
}
