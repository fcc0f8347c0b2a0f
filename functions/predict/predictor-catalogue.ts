import { z } from '@hono/zod-openapi'
import { asc, eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { modelVersions, predictors } from '#db/schema/models.ts'
import { Manifest } from '#models/_runtime/manifest.ts'
import type { Clock } from '#shared/clock.ts'
import { Problem } from '#shared/problem.ts'

/** A model on offer, with the version that serves it now. */
export interface Predictor {
  name: string
  priceCredits: number
  manifest: Manifest
  metrics: Record<string, number>
  versionId: string
  version: number
  artefactSha256: string
  updatedAt: Date
}

export interface PredictorCatalogue {
  list(db: Database): Promise<Predictor[]>
  /** @throws Problem `not_found` with the names that exist */
  find(db: Database, name: string): Promise<Predictor>
  /** The next look is a fresh one: something was changed. */
  forget(): void
}

const freshMs = 2_000
const Metrics = z.record(z.string(), z.number())

/**
 * The predictors on offer, read once in two seconds by an isolate: every submission needs one, and they change when a
 * model is promoted. A job records the version that it was priced and checked for, so a stale read is never a wrong one.
 */
export function createPredictorCatalogue(clock: Clock): PredictorCatalogue {
  let known: { readAtMs: number; predictors: Predictor[] } | undefined

  async function list(db: Database) {
    const nowMs = clock.now().getTime()
    // A clock that was set back may not keep old predictors until it has caught up.
    if (!known || Math.abs(nowMs - known.readAtMs) >= freshMs)
      known = { readAtMs: nowMs, predictors: await readPredictors(db) }
    return known.predictors
  }

  return {
    list,
    forget() {
      known = undefined
    },
    async find(db, name) {
      const all = await list(db)
      const predictor = all.find((candidate) => candidate.name === name)
      if (predictor) return predictor
      throw new Problem('not_found', {
        detail: 'There is no such predictor',
        extra: { available: all.map((candidate) => candidate.name) },
      })
    },
  }
}

async function readPredictors(db: Database): Promise<Predictor[]> {
  const rows = await db
    .select()
    .from(predictors)
    .innerJoin(modelVersions, eq(modelVersions.id, predictors.championVersionId))
    .orderBy(asc(predictors.domain), asc(predictors.priceCredits), asc(predictors.name))
  return rows.map(({ predictors: predictor, model_versions: champion }) => ({
    name: predictor.name,
    priceCredits: predictor.priceCredits,
    manifest: Manifest.parse(champion.manifest),
    metrics: Metrics.parse(champion.metrics),
    versionId: champion.id,
    version: champion.version,
    artefactSha256: champion.artefactSha256,
    updatedAt: predictor.updatedAt,
  }))
}
