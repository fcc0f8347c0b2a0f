import { Tag, theme } from 'antd'

export type Tone = 'good' | 'waiting' | 'bad' | 'info' | 'neutral'

/** A state in a word. Its colour only adds to it: the word is written as dark, or light, as any text. */
export function StateTag({ tone, text }: { tone: Tone; text: string }) {
  const { token } = theme.useToken()
  const borders: Record<Tone, string> = {
    good: token.colorSuccess,
    waiting: token.colorWarning,
    bad: token.colorError,
    info: token.colorInfo,
    neutral: token.colorBorder,
  }
  const look = { color: token.colorText, background: 'transparent', border: `1px solid ${borders[tone]}` }
  return <Tag style={look}>{text}</Tag>
}
