import { z } from 'zod'
import { flag, type Method, method, structured } from '../method.ts'
import { badRequest, TelegramError } from '../telegram-error.ts'
import { assertWebhookUrl } from '../updates.ts'

const getMe = method(z.object({}), (_given, { double }) => ({
  ...double.world.bot,
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
  can_connect_to_business: false,
  has_main_web_app: false,
}))

const setWebhook = method(
  z.object({
    url: z.string(),
    secret_token: z.string().optional(),
    allowed_updates: structured(z.array(z.string())).default([]),
    drop_pending_updates: flag.optional(),
    max_connections: z.coerce.number().int().min(1).max(100).optional(),
  }),
  ({ url, secret_token, allowed_updates, drop_pending_updates }, { double }) => {
    if (secret_token !== undefined && !/^[\w-]{1,256}$/.test(secret_token))
      throw badRequest('secret token contains unallowed characters')
    if (url !== '') assertWebhookUrl(url)
    const webhook = url === '' ? undefined : { url, secretToken: secret_token, allowedUpdates: allowed_updates }
    double.updates.setWebhook(webhook, { dropPending: drop_pending_updates ?? false })
    return true
  },
)

const deleteWebhook = method(
  z.object({ drop_pending_updates: flag.optional() }),
  ({ drop_pending_updates }, { double }) => {
    double.updates.setWebhook(undefined, { dropPending: drop_pending_updates ?? false })
    return true
  },
)

const getWebhookInfo = method(z.object({}), (_given, { double }) => double.updates.info)

const longestPollSeconds = 50

const getUpdates = method(
  z.object({
    offset: z.coerce.number().int().default(0),
    limit: z.coerce.number().int().min(1).max(100).default(100),
    timeout: z.coerce.number().int().min(0).max(longestPollSeconds).default(0),
  }),
  ({ offset, limit, timeout }, { double }) => {
    if (double.updates.hasWebhook)
      throw new TelegramError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    return double.updates.poll(offset, limit, timeout * 1000)
  },
)

const Commands = structured(
  z
    .array(z.object({ command: z.string().regex(/^[a-z0-9_]{1,32}$/), description: z.string().min(1).max(256) }))
    .max(100),
)
const Language = { language_code: z.string().default('') }

const setMyCommands = method(z.object({ commands: Commands, ...Language }), (given, { double }) => {
  double.commands.set(given.language_code, given.commands)
  return true
})

const getMyCommands = method(z.object(Language), ({ language_code }, { double }) => {
  return double.commands.get(language_code) ?? []
})

const deleteMyCommands = method(z.object(Language), ({ language_code }, { double }) => {
  double.commands.delete(language_code)
  return true
})

const getFile = method(z.object({ file_id: z.string() }), ({ file_id }, { double }) => {
  const file = double.world.files.get(file_id)
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  return {
    file_id,
    file_unique_id: file_id.slice(0, 12),
    file_size: file.bytes.byteLength,
    file_path: file.path,
  }
})

/** The bot itself, its webhook, commands and files. */
export const botMethods: Readonly<Record<string, Method>> = {
  getMe,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  getUpdates,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  getFile,
}
