import { Tag, theme } from 'antd'

export type Tone = 'good' | 'waiting' | 'bad' | 'info' | 'neutral'

/** A state in a word. Its colour only adds to it: the word is written as dark, or light, as any text. */
export function StateTag({ tone, text }: { tone: Tone; text: string }) {
  const { token } = theme.useToken()
  const tones: Record<Tone, [background: string, border: string]> = {
    good: [token.colorSuccessBg, token.colorSuccessBorder],
    waiting: [token.colorWarningBg, token.colorWarningBorder],
    bad: [token.colorErrorBg, token.colorErrorBorder],
    info: [token.colorInfoBg, token.colorInfoBorder],
    neutral: [token.colorFillTertiary, token.colorBorder],
  }
  const [background, border] = tones[tone]
  return <Tag style={{ color: token.colorText, background, border: `1px solid ${border}` }}>{text}</Tag>
}
