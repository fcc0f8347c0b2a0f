import type { BrowserContext, Page } from 'playwright-core'

export const desktop = { width: 1280, height: 800 }
export const phone = { width: 360, height: 740 }

export interface VisitorOptions {
  language?: 'en' | 'ru'
  appearance?: 'light' | 'dark'
  size?: { width: number; height: number }
}

export interface Visitor {
  page: Page
  context: BrowserContext
  /** What went wrong that nobody provoked: errors in the page's console, refused by the policy, files that are missing. */
  troubles: string[]
  /** Lets the server fail from here on: what it then answers is no trouble. */
  provokeFailures(): void
}

/** Watches a page of one person: nothing goes wrong unseen. */
export function watch(context: BrowserContext, page: Page): Visitor {
  const troubles: string[] = []
  let areFailuresProvoked = false
  page.on('pageerror', (error) => troubles.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    // An answer of the API that is no success is for the page to show: what counts is below.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      troubles.push(`console: ${message.text()}`)
  })
  page.on('response', (response) => {
    const isFile = new URL(response.url()).pathname.startsWith('/console')
    const isFailure = response.status() >= (isFile ? 400 : 500)
    if (isFailure && !areFailuresProvoked) troubles.push(`${response.status()} ${response.url()}`)
  })
  return {
    page,
    context,
    troubles,
    provokeFailures() {
      areFailuresProvoked = true
    },
  }
}
