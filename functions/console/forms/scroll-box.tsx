import type { ReactNode } from 'react'

/** What is wider than the page scrolls by itself, also with the arrow keys. */
export function ScrollBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reached with the keyboard
    <section aria-label={label} tabIndex={0} style={{ overflow: 'auto', maxWidth: '100%' }}>
      {children}
    </section>
  )
}
