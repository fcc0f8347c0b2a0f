import { type ThemeConfig, theme } from 'antd'
import { useSyncExternalStore } from 'react'
import { colours } from './colours.ts'
import { keep, readKept } from './kept.ts'

export const APPEARANCES = ['system', 'light', 'dark'] as const
export type Appearance = (typeof APPEARANCES)[number]

const KEPT_AS = 'appearance'
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

let chosen: Appearance = APPEARANCES.find((appearance) => appearance === readKept(KEPT_AS)) ?? 'system'
const read = () => chosen

export function choose(appearance: Appearance) {
  chosen = appearance
  keep(KEPT_AS, appearance)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  systemIsDark.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    systemIsDark.removeEventListener('change', listener)
  }
}

function isDarkNow(): boolean {
  return chosen === 'system' ? systemIsDark.matches : chosen === 'dark'
}

/** Light or dark, as the person or their system wants it. */
export function useAppearance() {
  const isDark = useSyncExternalStore(subscribe, isDarkNow)
  const appearance = useSyncExternalStore(subscribe, read)
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  const config: ThemeConfig = {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...colours[isDark ? 'dark' : 'light'], borderRadius: 6 },
    components: { Menu: { itemSelectedColor: isDark ? '#b4d5f2' : '#15446f' } },
  }
  return { appearance, isDark, theme: config }
}
