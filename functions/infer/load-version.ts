import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { artefacts, modelVersions } from '#db/schema/models.ts'
import { Manifest } from '#models/_runtime/manifest.ts'
import { ModelError } from '#models/_runtime/model-error.ts'
import type { Artefact } from '#models/_runtime/model-runtime.ts'

export interface Version {
  manifest: Manifest
  artefact: Artefact
}

export interface VersionLoader {
  /** @throws ModelError that may pass when the version cannot be read */
  load(db: Database, versionId: string): Promise<Version>
}

const maximumKnown = 100

/** Reads versions, which never change, once an isolate. Bytes are fetched only when a session is made of them. */
export function createVersionLoader(): VersionLoader {
  const known = new Map<string, { manifest: Manifest; sha256: string }>()

  async function describe(db: Database, versionId: string) {
    const found = known.get(versionId)
    if (found) return found
    const [row] = await db
      .select({ manifest: modelVersions.manifest, sha256: modelVersions.artefactSha256 })
      .from(modelVersions)
      .where(eq(modelVersions.id, versionId))
    if (!row) throw new ModelError(`version ${versionId} is not registered`, { retryable: false })
    const description = { manifest: Manifest.parse(row.manifest), sha256: row.sha256 }
    if (known.size >= maximumKnown) known.clear()
    known.set(versionId, description)
    return description
  }

  return {
    async load(db, versionId) {
      const { manifest, sha256 } = await describe(db, versionId)
      return { manifest, artefact: { sha256, load: () => readArtefact(db, sha256) } }
    },
  }
}

async function readArtefact(db: Database, sha256: string): Promise<Uint8Array> {
  const [row] = await db.select({ bytes: artefacts.bytes }).from(artefacts).where(eq(artefacts.sha256, sha256))
  if (!row) throw new Error(`artefact ${sha256} is not stored`)
  return row.bytes
}
