import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feature, Manifest } from '#models/_runtime/manifest.ts'

export interface FeatureTexts {
  label(feature: Pick<Feature, 'name' | 'label'>): string
  description(feature: Feature): string | undefined
  choice(feature: Pick<Feature, 'name'>, choice: string): string
  unit(unit: string): string
  title(predictor: Pick<Manifest, 'name' | 'title'>): string
  summary(predictor: Pick<Manifest, 'name' | 'summary'>): string
  output(output: Manifest['output']): string
}

/** A manifest's words in the reader's language, where the domain's texts have them; else as the manifest says them. */
export function useFeatureTexts(domain: string): FeatureTexts {
  const { t } = useTranslation()
  return useMemo(() => {
    const word = (key: string, otherwise: string) => t(`${domain}.${key}`, { defaultValue: otherwise })
    return {
      label: ({ name, label }) => word(`features.${name}.label`, label),
      description: ({ name, description = '' }) => word(`features.${name}.description`, description) || undefined,
      choice: ({ name }, choice) => word(`features.${name}.choices.${choice}`, choice),
      unit: (unit) => word(`units.${unit}`, unit),
      title: ({ name, title }) => word(`predictors.${name}.title`, title),
      summary: ({ name, summary }) => word(`predictors.${name}.summary`, summary),
      output: ({ name, label }) => word(`outputs.${name}`, label),
    }
  }, [t, domain])
}
