import { sql } from 'drizzle-orm'
import { bigint, check, customType, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, moment } from './columns.ts'

/** The driver turns bytes into PostgreSQL's text form and back. */
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** ONNX files, immutable and named by their SHA-256. */
export const artefacts = pgTable('artefacts', {
  sha256: text('sha256').primaryKey(),
  bytes: bytea('bytes').notNull(),
  sizeBytes: integer('size_bytes').notNull(),
  createdAt: createdAt(),
})

/** A trained model: artefact, data, parameters and what it was measured to be worth. Never changed. */
export const modelVersions = pgTable(
  'model_versions',
  {
    id: text('id').primaryKey(),
    predictorName: text('predictor_name').notNull(),
    version: integer('version').notNull(),
    artefactSha256: text('artefact_sha256')
      .notNull()
      .references(() => artefacts.sha256),
    manifest: jsonb('manifest').notNull(),
    metrics: jsonb('metrics').notNull(),
    parameters: jsonb('parameters').notNull(),
    dataSha256: text('data_sha256').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('version_number_of_predictor').on(table.predictorName, table.version),
    uniqueIndex('artefact_of_predictor').on(table.predictorName, table.artefactSha256),
  ],
)

/** A model on offer. Which version serves is one column, so that promotion and return are one atomic switch. */
export const predictors = pgTable(
  'predictors',
  {
    name: text('name').primaryKey(),
    domain: text('domain').notNull(),
    /** For one row. */
    priceCredits: bigint('price_credits', { mode: 'number' }).notNull(),
    championVersionId: text('champion_version_id')
      .notNull()
      .references(() => modelVersions.id),
    updatedAt: moment('updated_at').notNull().defaultNow(),
  },
  (table) => [check('price_never_negative', sql`${table.priceCredits} >= 0`)],
)

/** Which version served when: appended at every switch, never changed. */
export const deployments = pgTable(
  'deployments',
  {
    id: text('id').primaryKey(),
    predictorName: text('predictor_name').notNull(),
    versionId: text('version_id')
      .notNull()
      .references(() => modelVersions.id),
    reason: text('reason').notNull(),
    actorId: text('actor_id').notNull(),
    deployedAt: moment('deployed_at').notNull().defaultNow(),
  },
  (table) => [index('deployments_of_predictor').on(table.predictorName, table.deployedAt.desc())],
)
