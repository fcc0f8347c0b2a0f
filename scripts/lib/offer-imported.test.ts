import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '#db/client.ts'
import { migrate } from '#db/migrate.ts'
import { type LocalPostgres, startPostgres } from '#infra/local/postgres/start.ts'
import { importModel } from '#models/_import/import-model.ts'
import { foreignModel } from '#models/_import/testing/foreign-models.ts'
import { nodeOrt } from '#models/_runtime/ort-node.ts'
import { offerImported } from './offer-imported.ts'

let postgres: LocalPostgres
let db: Database

beforeAll(async () => {
  postgres = await startPostgres()
  db = createDatabase(postgres.connectionString, postgres.fetchEndpoint)
  await migrate(db)
})
afterAll(() => postgres.close())

function imported({ priceCredits = 2, ...changes }: { priceCredits?: number; title?: string; domain?: string } = {}) {
  const { bytes, manifest } = foreignModel('xgboost_regressor')
  return importModel({ bytes, draft: { ...manifest, ...changes }, priceCredits, ort: nodeOrt })
}

async function served() {
  const { rows } = await db.execute(sql`
    select version, price_credits::int as price, domain, manifest ->> 'title' as title
    from predictors join model_versions on model_versions.id = champion_version_id`)
  return rows
}

test('what is imported serves; imported again it changes nothing, and otherwise it is the next version', async () => {
  expect(await offerImported(db, await imported(), 'houses.onnx')).toBe(2)
  const first = { version: 1, price: 2, domain: 'imported', title: 'xgboost_regressor' }
  expect(await served()).toEqual([first])
  expect(await offerImported(db, await imported({ priceCredits: 9 }), 'houses.onnx')).toBe(2)
  expect(await served()).toEqual([first])
  expect(await offerImported(db, await imported({ priceCredits: 9, title: 'Houses' }), 'houses.onnx')).toBe(9)
  expect(await served()).toEqual([{ ...first, version: 2, price: 9, title: 'Houses' }])
})

test('the name of a predictor of another domain is not taken from it', async () => {
  const before = await served()
  const model = await imported({ domain: 'houses' })
  await expect(offerImported(db, model, 'houses.onnx')).rejects.toThrow(
    'xgboost_regressor is a predictor of the domain imported already: give the model another name',
  )
  expect(await served()).toEqual(before)
})
