/** One bar of a waterfall: where the sum stood before it, and after. */
export interface WaterfallStep {
  /** Of the feature; absent for all that are too small to have a bar of their own. */
  name: string | undefined
  /** How many features it stands for. */
  features: number
  effect: number
  from: number
  to: number
}

export interface Waterfall {
  /** The prediction for nobody in particular. */
  baseline: number
  value: number
  steps: WaterfallStep[]
}

/**
 * How the features took a prediction from the baseline to where it is: the strongest first, the rest together.
 *
 * @param contributions baseline + contributions = value
 * @param limit how many features have a bar of their own
 */
export function waterfallOf(value: number, contributions: Readonly<Record<string, number>>, limit = 10): Waterfall {
  const strongestFirst = Object.entries(contributions)
    .filter(([, effect]) => effect !== 0)
    .sort(([, a], [, b]) => Math.abs(b) - Math.abs(a))
  const shown: { name: string | undefined; effect: number; features: number }[] = strongestFirst
    .slice(0, limit)
    .map(([name, effect]) => ({ name, effect, features: 1 }))
  const rest = strongestFirst.slice(limit)
  if (rest.length > 0) shown.push({ name: undefined, effect: sum(rest), features: rest.length })
  const baseline = value - sum(strongestFirst)
  let reached = baseline
  const steps = shown.map((step) => {
    const from = reached
    reached += step.effect
    return { ...step, from, to: reached }
  })
  return { baseline, value, steps }
}

function sum(entries: readonly (readonly [string, number])[]): number {
  return entries.reduce((total, [, effect]) => total + effect, 0)
}
