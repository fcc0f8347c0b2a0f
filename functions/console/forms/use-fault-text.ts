import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Feature, Manifest } from '#models/_runtime/manifest.ts'
import { useLanguage } from '../locales/locale.ts'
import { type CellFault, featureOf, MAXIMUM_ROWS } from './check-columns.ts'
import { useFeatureTexts } from './feature-texts.ts'

/**
 * Says what is wrong with a cell, in the reader's language, with what would be right.
 *
 * @param choicesAs in words as in a form's lists, or as they stand in files
 */
export function useFaultText(
  manifest: Manifest,
  choicesAs: 'words' | 'values' = 'words',
): (fault: CellFault) => string {
  const { t } = useTranslation()
  const language = useLanguage()
  const texts = useFeatureTexts(manifest.domain)
  return useCallback(
    ({ column, code, message }: CellFault) => {
      const feature = featureOf(manifest, column)
      const number = new Intl.NumberFormat(language)
      const [low, high] = rangeOf(feature).map((bound) => number.format(bound))
      const choices =
        feature?.type === 'category'
          ? feature.choices.map((it) => (choicesAs === 'words' ? texts.choice(feature, it) : it))
          : []
      return t(`form.faults.${code === 'wrong_type' ? wrongType(feature) : code}`, {
        low,
        high,
        choices: choices.join(', '),
        maximum: number.format(feature?.type === 'text' ? feature.maxLength : MAXIMUM_ROWS),
        defaultValue: message,
      })
    },
    [t, language, texts, manifest, choicesAs],
  )
}

function rangeOf(feature: Feature | undefined): readonly number[] {
  return (feature?.type === 'number' || feature?.type === 'integer') && feature.range ? feature.range : []
}

function wrongType(feature: Feature | undefined): string {
  return feature?.type === 'number' || feature?.type === 'integer' ? 'not_a_number' : 'not_a_text'
}
