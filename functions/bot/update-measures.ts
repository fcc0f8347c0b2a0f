import { counter } from '#shared/measures.ts'

/** Kinds are those of Telegram (`message`, `callback_query`, `inline_query`, ...), `other` for what the bot does not read. */
export const updateCounter = counter(
  'auspex_bot_updates_total',
  'Updates of Telegram that were worked on, by outcome: done, put_off, given_up',
  ['kind', 'outcome'],
)
