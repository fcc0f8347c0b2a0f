import { theme } from 'antd'
import { useMemo } from 'react'
import { type NumberTexts, useNumberTexts } from '../number-texts.ts'

/** What a chart takes from the theme and the language. */
export interface ChartLook {
  text: string
  faint: string
  grid: string
  background: string
  /** Two hues that also those tell apart who see few: blue and orange. */
  first: string
  second: string
  font: string
  texts: NumberTexts
}

export function useChartLook(): ChartLook {
  const { token } = theme.useToken()
  const texts = useNumberTexts()
  return useMemo(
    () => ({
      text: token.colorText,
      faint: token.colorTextSecondary,
      grid: token.colorBorderSecondary,
      background: token.colorBgElevated,
      first: token.colorPrimary,
      second: token['orange-7'],
      font: token.fontFamily,
      texts,
    }),
    [token, texts],
  )
}
