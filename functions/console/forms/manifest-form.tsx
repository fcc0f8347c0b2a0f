import type { CSSProperties } from 'react'
import { useMemo } from 'react'
import type { Manifest } from '#models/_runtime/manifest.ts'
import type { CellFault } from './check-columns.ts'
import type { Draft } from './draft.ts'
import { useFeatureTexts } from './feature-texts.ts'
import { Field } from './field.tsx'
import { useFaultText } from './use-fault-text.ts'

interface ManifestFormProps {
  manifest: Manifest
  /** Which of the features, where not all. */
  only?: readonly string[]
  draft: Draft
  faults: readonly CellFault[]
  onChange(name: string, value: string | null): void
}

const grid: CSSProperties = {
  display: 'grid',
  gap: '16px 20px',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 200px), 1fr))',
}

/** A form that is drawn from a manifest: a field a feature, in the manifest's order. */
export function ManifestForm({ manifest, only, draft, faults, onChange }: ManifestFormProps) {
  const texts = useFeatureTexts(manifest.domain)
  const faultText = useFaultText(manifest)
  const faultOf = useMemo(() => new Map(faults.map((fault) => [fault.column, fault])), [faults])
  const features = manifest.features.filter(({ name }) => only === undefined || only.includes(name))
  return (
    <div style={grid}>
      {features.map((feature) => {
        const fault = faultOf.get(feature.name)
        return (
          <Field
            key={feature.name}
            feature={feature}
            texts={texts}
            value={draft[feature.name] ?? null}
            fault={fault && faultText(fault)}
            onChange={onChange}
          />
        )
      })}
    </div>
  )
}

/** Moves the focus to the field of a feature, for who cannot see where it is wrong. */
export function focusField(place: HTMLElement | null, name: string | undefined) {
  const fields = [...(place?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
  const field = fields.find(({ dataset }) => dataset.field === name)
  field?.querySelector<HTMLElement>('input:not([type=checkbox]), [role=combobox]')?.focus()
  field?.scrollIntoView({ block: 'center' })
}
