import { theme } from 'antd'

export type Tone = 'good' | 'waiting' | 'bad' | 'info' | 'neutral'

/** The colours in which states are told, for borders and words alike. They only add to what is written. */
export function useTones(): Record<Tone, string> {
  const { token } = theme.useToken()
  return {
    good: token.colorSuccess,
    waiting: token.colorWarning,
    bad: token.colorError,
    info: token.colorInfo,
    neutral: token.colorTextSecondary,
  }
}
