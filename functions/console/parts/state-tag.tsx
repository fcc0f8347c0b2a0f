import { Tag, theme } from 'antd'
import { type Tone, useTones } from './tones.ts'

/** A state in a word. Its colour only adds to it: the word is written as dark, or light, as any text. */
export function StateTag({ tone, text }: { tone: Tone; text: string }) {
  const { token } = theme.useToken()
  const tones = useTones()
  return (
    <Tag style={{ color: token.colorText, background: 'transparent', border: `1px solid ${tones[tone]}` }}>{text}</Tag>
  )
}
