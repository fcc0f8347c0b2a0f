import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#db/client.ts'
import { registerVersion } from '#functions/predict/register-version.ts'
import type { TrainedModel } from '#models/_runtime/trained-model.ts'

const Offered = z.object({ domain: z.string(), price: z.coerce.number() })

/**
 * Has an imported model serve under its name.
 *
 * @returns credits a row: of a model that serves already they stay what they were
 * @throws Error when a predictor of another domain has the name
 */
export async function offerImported(db: Database, model: TrainedModel, file: string): Promise<number> {
  const { name, domain } = model.manifest
  const before = await find(db, name)
  if (before && before.domain !== domain)
    throw new Error(`${name} is a predictor of the domain ${before.domain} already: give the model another name`)
  await registerVersion({ db, actor: { kind: 'system' } }, model, `imported from ${file}`)
  return (await find(db, name))?.price ?? model.priceCredits
}

async function find(db: Database, name: string) {
  const { rows } = await db.execute(sql`select domain, price_credits as price from predictors where name = ${name}`)
  return rows[0] && Offered.parse(rows[0])
}
