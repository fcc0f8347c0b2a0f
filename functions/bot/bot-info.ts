import type { UserFromGetMe } from 'grammy/types'
import type { BotEnv } from './env.ts'

/** What Telegram would say of the bot, were it asked: from the settings, so that no isolate has to ask. */
export function botInfoOf(env: Pick<BotEnv, 'TELEGRAM_BOT_TOKEN' | 'TELEGRAM_BOT_USERNAME'>): UserFromGetMe {
  return {
    id: Number(env.TELEGRAM_BOT_TOKEN.split(':')[0]),
    is_bot: true,
    first_name: 'Auspex',
    username: env.TELEGRAM_BOT_USERNAME ?? '',
    can_join_groups: false,
    can_read_all_group_messages: false,
    supports_inline_queries: true,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }
}
