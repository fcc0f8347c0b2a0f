import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const folder = process.env.AUSPEX_SCREENSHOTS || join(root, '.cache/console-screenshots')

interface Axe {
  run(options: RunOptions): Promise<AxeResults>
}

/** What moves comes to rest, what loads has loaded. */
export async function settled(page: Page) {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('.ant-spin-spinning, .ant-skeleton-active') === null)
  await page.evaluate(async () => {
    await document.fonts.ready
    const passing = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(passing.map((one) => one.finished))
  })
}

/** For people to look at: in `.cache/console-screenshots`, or where AUSPEX_SCREENSHOTS says. */
export async function screenshot(page: Page, name: string) {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, animations: 'disabled' })
}

/** Nothing on the page as it is now keeps anybody out: no serious or critical finding of axe. */
export async function expectAccessible(page: Page) {
  await settled(page)
  // Not by a script element, which the page's policy would rightly refuse.
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: Axe }).axe.run({ resultTypes: ['violations'] }),
  )
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(
    grave.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html.slice(0, 200)) })),
  ).toEqual([])
}

/** The page fits its window: only boxes inside of it scroll sideways. */
export async function expectNoSidewaysScroll(page: Page) {
  await settled(page)
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return { scrollWidth, clientWidth }
  })
  expect(scrollWidth, `width of ${page.url()}`).toBeLessThanOrEqual(clientWidth)
}

/** All that one look should check: a screenshot is left for the eye. */
export async function look(page: Page, name: string) {
  await expectAccessible(page)
  await glance(page, name)
}

/** The same of a page that another journey has looked at in another language, size or appearance. */
export async function glance(page: Page, name: string) {
  await expectNoSidewaysScroll(page)
  await screenshot(page, name)
}
