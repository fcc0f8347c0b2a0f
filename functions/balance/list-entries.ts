import { createRoute, z } from '@hono/zod-openapi'
import { and, desc, eq, gte, lt } from 'drizzle-orm'
import { entryKinds, ledgerEntries } from '#db/schema/wallet.ts'
import { secured } from '#shared/identity.ts'
import { idPattern } from '#shared/ids.ts'
import { decodeCursor, MomentQuery, pageOf, pageQuery, toPage } from '#shared/pages.ts'
import { problems } from '#shared/problem.ts'
import type { BalanceApp } from './services.ts'

const Entry = z.object({
  id: z.string(),
  kind: z.enum(entryKinds),
  amount: z
    .number()
    .int()
    .openapi({ description: 'What it changed of the credits that can be spent: below zero, less' }),
  moved: z.number().int().openapi({ description: 'Credits that went from `debit_account` to `credit_account`' }),
  debit_account: z.string(),
  credit_account: z.string(),
  job_id: z.string().nullable(),
  created_at: z.iso.datetime(),
})

const listEntries = createRoute({
  operationId: 'listEntries',
  method: 'get',
  path: '/balance/entries',
  tags: ['Wallet'],
  summary: 'Your ledger, newest first',
  description: 'The sum of all `amount`s is the balance.',
  ...secured(),
  request: {
    query: z.object({
      ...pageQuery,
      kind: z.enum(entryKinds).optional().openapi({ example: 'hold' }),
      created_from: MomentQuery.optional().openapi({ example: '2026-01-01T00:00:00Z' }),
      created_before: MomentQuery.optional().openapi({ example: '2100-01-01T00:00:00+01:00' }),
    }),
  },
  responses: {
    200: {
      description: 'A page of entries',
      content: {
        'application/json': { schema: pageOf(Entry) },
      },
    },
    ...problems(401, 422),
  },
})

type Row = typeof ledgerEntries.$inferSelect

export function registerListEntries(app: BalanceApp) {
  app.openapi(listEntries, async (c) => {
    const { db, actor } = c.get('ctx')
    const { cursor, limit, kind, created_from, created_before } = c.req.valid('query')
    const before = decodeCursor(cursor, idPattern('entry'))
    const rows = await db
      .select()
      .from(ledgerEntries)
      .where(
        and(
          eq(ledgerEntries.userId, actor.userId),
          kind && eq(ledgerEntries.kind, kind),
          created_from ? gte(ledgerEntries.createdAt, new Date(created_from)) : undefined,
          created_before ? lt(ledgerEntries.createdAt, new Date(created_before)) : undefined,
          before ? lt(ledgerEntries.id, before) : undefined,
        ),
      )
      .orderBy(desc(ledgerEntries.id))
      .limit(limit + 1)
    const { items, next_cursor } = toPage(rows, limit)
    return c.json({ items: items.map(toEntry), next_cursor }, 200)
  })
}

function toEntry(row: Row): z.infer<typeof Entry> {
  return {
    id: row.id,
    kind: row.kind,
    amount: signedAmount(row),
    moved: row.amountCredits,
    debit_account: row.debitAccount ?? '',
    credit_account: row.creditAccount ?? '',
    job_id: row.jobId,
    created_at: row.createdAt.toISOString(),
  }
}

/** What an entry did to the credits that can be spent. A capture takes from what was held already. */
function signedAmount({ creditAccount, debitAccount, amountCredits }: Row): number {
  if (creditAccount === 'available') return amountCredits
  return debitAccount === 'available' ? -amountCredits : 0
}
