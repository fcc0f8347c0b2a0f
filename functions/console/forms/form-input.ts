import type { Manifest } from '#models/_runtime/manifest.ts'
import { type Draft, draftOfDefaults, draftOfRow, type RawColumns } from './draft.ts'
import { type ImportedRows, missingColumns } from './rows.ts'

/** What a person has put into a form: one row, field by field, or many rows from elsewhere. */
export interface FormInput {
  mode: 'one' | 'many'
  draft: Draft
  imported?: ImportedRows
}

export function emptyInput({ features }: Pick<Manifest, 'features'>): FormInput {
  return { mode: 'one', draft: draftOfDefaults(features) }
}

/** Takes rows in: a single one fills the fields, where it can be changed. */
export function takeRows(manifest: Pick<Manifest, 'features'>, input: FormInput, imported: ImportedRows): FormInput {
  if (imported.rows > 1) return { ...input, mode: 'many', imported }
  return { ...input, mode: 'one', draft: draftOfRow(manifest.features, imported.columns, 0, input.draft) }
}

/** Columns of a single row that it did not tell: they stay as they were. */
export function keptColumns(manifest: Pick<Manifest, 'features'>, { rows, columns }: ImportedRows): string[] {
  return rows === 1 ? missingColumns(manifest, columns) : []
}

/** What was kept of a form, as far as it fits the manifest of today. */
export function readInput(manifest: Pick<Manifest, 'features'>, text: string | null): FormInput {
  const fresh = emptyInput(manifest)
  const kept = parse(text)
  if (!isRecord(kept) || !isRecord(kept.draft)) return fresh
  const { draft } = kept
  const known = Object.keys(fresh.draft).filter((name) => Object.hasOwn(draft, name) && isText(draft[name]))
  const imported = isImported(kept.imported) ? kept.imported : undefined
  return {
    mode: kept.mode === 'many' ? 'many' : 'one',
    draft: { ...fresh.draft, ...Object.fromEntries(known.map((name) => [name, draft[name] as string | null])) },
    ...(imported && { imported }),
  }
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

const isText = (value: unknown) => typeof value === 'string' || value === null

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isImported(value: unknown): value is ImportedRows {
  return (
    isRecord(value) &&
    typeof value.source === 'string' &&
    typeof value.rows === 'number' &&
    Array.isArray(value.ignored) &&
    isRecord(value.columns) &&
    Object.values(value.columns satisfies Record<string, unknown> as RawColumns).every(Array.isArray)
  )
}
