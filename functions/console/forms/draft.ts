import type { Columns, Feature, Manifest, Value } from '#models/_runtime/manifest.ts'
import { readNumber } from './read-number.ts'

/** What a form holds of one row: the text of every field; `null` is "not known". */
export type Draft = Readonly<Record<string, string | null>>

/** Rows as they were read, not yet checked: one array a column. */
export type RawColumns = Readonly<Record<string, readonly unknown[]>>

type Features = Manifest['features']

/** What the training data show most often, or in the middle. */
export function draftOfDefaults(features: Features): Draft {
  return Object.fromEntries(features.map(({ name, ...feature }) => [name, String(feature.default)]))
}

/** One row of columns; a column that is not there stays as it was before. */
export function draftOfRow(features: Features, columns: RawColumns, row: number, before: Draft): Draft {
  return Object.fromEntries(
    features.map((feature) => {
      const { name } = feature
      const isThere = Object.hasOwn(columns, name)
      return [name, isThere ? textOfValue(feature, columns[name]?.[row]) : (before[name] ?? null)]
    }),
  )
}

/** What does not fit is shown all the same: nobody pays for a value that was silently put in its place. */
function textOfValue({ nullable }: Feature, value: unknown): string | null {
  if (value === null || value === undefined) return nullable ? null : ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The value that a text stands for; a text that is no number stays a text, for the check to refuse. */
export function valueOfText(feature: Feature, text: string | null, decimalComma: boolean): Value {
  if (text === null) return null
  const trimmed = text.trim()
  const isNumber = feature.type === 'number' || feature.type === 'integer'
  // A number says by its own box that it is not known: an empty field was forgotten.
  if (!isNumber) return trimmed === '' && feature.nullable ? null : trimmed
  return readNumber(trimmed, decimalComma) ?? trimmed
}

/** A draft as the API takes it: columns with one value each; what may be left out and is not known, is. */
export function columnsOfDraft(features: Features, draft: Draft, decimalComma: boolean): Columns {
  return Object.fromEntries(
    features.flatMap((feature) => {
      const value = valueOfText(feature, draft[feature.name] ?? null, decimalComma)
      const isLeftOut = value === null && !feature.required
      return isLeftOut ? [] : [[feature.name, [value]]]
    }),
  )
}
