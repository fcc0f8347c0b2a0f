import { z } from '@hono/zod-openapi'

const count = z.number().int().min(0)
/** A sum over all wallets may be beyond what a number holds exactly. */
const credits = z.number().min(0)
const films = z.array(z.object({ id: z.string(), title: z.string(), number: count }))

export const UsageView = z
  .object({
    days: z
      .array(
        z.object({
          day: z.iso.date(),
          active_users: count.openapi({ description: 'Who asked for a prediction, a search or a recommendation' }),
          new_users: count,
          searches: count.openapi({ description: 'For films, by a query' }),
          predictions: z.record(z.string(), count).openapi({ description: 'Accepted jobs, by predictor' }),
          credits_spent: credits,
          credits_topped_up: credits,
        }),
      )
      .openapi({ description: 'Every day of the span, oldest first' }),
    active_users: count.openapi({ description: 'In the whole span' }),
    jobs: z.object({ ended: count, failed: count }),
    searches: z.object({
      query: count,
      personal: count,
      similar: count,
      without_result: count.openapi({ description: 'By a query' }),
    }),
    query_languages: z
      .object({ ru: count, en: count, other: count })
      .openapi({ description: 'By script: Cyrillic, Latin, neither' }),
    imports: z.object({ number: count, films: count, rejected: count }),
    shown_films: films.openapi({ description: 'Most often among results' }),
    liked_films: films.openapi({ description: 'Most often liked in this span' }),
    queries: z
      .array(z.object({ text: z.string(), number: count, users: count }))
      .openapi({ description: 'Most frequent, in small letters; only those that at least three people asked' }),
  })
  .openapi('Usage')
