import type { Columns, Feature, Manifest, Value } from '../_runtime/manifest.ts'
import { validateColumns } from '../_runtime/validate-columns.ts'

/** What each of the example rows shows. */
export const EXAMPLES = ['the defaults', 'all unknown that may be', 'the far end of every range'] as const

/**
 * Three rows to try a model with: its manifest's defaults, the same with everything unknown that may be, and the far end
 * of each range and list of choices.
 *
 * @throws Error when the manifest itself would refuse one of them
 */
export function exampleRows(manifest: Manifest): Columns {
  const columns = Object.fromEntries(
    manifest.features.map((feature): [string, Value[]] => [
      feature.name,
      [feature.default, feature.nullable ? null : feature.default, farEnd(feature)],
    ]),
  )
  const checked = validateColumns(manifest, columns)
  if (checked.ok) return checked.columns
  const [problem] = checked.problems
  throw new Error(`a default or range of the manifest is not allowed by the manifest itself: ${problem?.message}`)
}

function farEnd(feature: Feature): Value {
  if (feature.type === 'number' || feature.type === 'integer') return feature.range?.[1] ?? feature.default
  return feature.choices?.at(-1) ?? feature.default
}
