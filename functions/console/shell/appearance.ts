import { type ThemeConfig, theme } from 'antd'
import { useSyncExternalStore } from 'react'

export type Appearance = 'system' | 'light' | 'dark'

const STORED_AS = 'auspex.appearance'
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

function read(): Appearance {
  const stored = localStorage.getItem(STORED_AS)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

export function choose(appearance: Appearance) {
  localStorage.setItem(STORED_AS, appearance)
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
  const appearance = read()
  return appearance === 'system' ? systemIsDark.matches : appearance === 'dark'
}

/** Light or dark, as the person or their system wants it. */
export function useAppearance() {
  const isDark = useSyncExternalStore(subscribe, isDarkNow)
  const appearance = useSyncExternalStore(subscribe, read)
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light'
  const config: ThemeConfig = {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { colorPrimary: isDark ? '#6aa9e0' : '#1f5f99', borderRadius: 6 },
  }
  return { appearance, isDark, theme: config }
}
