import { sql } from 'drizzle-orm'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { actorId } from '#shared/actor.ts'
import type { Context } from '#shared/context.ts'
import { newId } from '#shared/ids.ts'

/** A model as training leaves it. */
export interface TrainedVersion {
  manifest: Manifest
  artefact: Uint8Array
  sha256: string
  metrics: object
  parameters: object
  dataSha256: string
  priceCredits: number
}

/**
 * Stores a trained model as the next version of its predictor, and has it serve: artefact, version, switch and the
 * record of the switch in one transaction. To register what serves already changes nothing.
 */
export async function registerVersion(
  { db, actor }: Pick<Context, 'db' | 'actor'>,
  trained: TrainedVersion,
  reason: string,
): Promise<void> {
  const { name, domain } = trained.manifest
  const bytes = `\\x${Buffer.from(trained.artefact).toString('hex')}`
  await db.batch([
    db.execute(sql`
      insert into artefacts (sha256, bytes, size_bytes) values (${trained.sha256}, ${bytes}::bytea, ${trained.artefact.length})
      on conflict do nothing`),
    db.execute(sql`
      insert into model_versions (id, predictor_name, version, artefact_sha256, manifest, metrics, parameters, data_sha256)
      select ${newId('version')}, ${name}, coalesce(max(version), 0) + 1, ${trained.sha256}, ${JSON.stringify(trained.manifest)}::jsonb,
        ${JSON.stringify(trained.metrics)}::jsonb, ${JSON.stringify(trained.parameters)}::jsonb, ${trained.dataSha256}
      from model_versions where predictor_name = ${name}
      on conflict (predictor_name, artefact_sha256) do nothing`),
    db.execute(sql`
      with chosen as (
        select id from model_versions where predictor_name = ${name} and artefact_sha256 = ${trained.sha256}
      ), switched as (
        insert into predictors (name, domain, price_credits, champion_version_id)
        select ${name}, ${domain}, ${trained.priceCredits}, id from chosen
        on conflict (name) do update set champion_version_id = excluded.champion_version_id,
          price_credits = excluded.price_credits, updated_at = now()
        where predictors.champion_version_id <> excluded.champion_version_id
        returning champion_version_id
      )
      insert into deployments (id, predictor_name, version_id, reason, actor_id)
      select ${newId('deployment')}, ${name}, champion_version_id, ${reason}, ${actorId(actor)} from switched`),
  ])
}
