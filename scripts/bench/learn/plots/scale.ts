/** From values to places on the page. */
export interface Scale {
  place(value: number): number
  ticks: readonly number[]
}

type Range = readonly [start: number, end: number]

/** From 0 to a round number at or above the greatest value. */
export function linearScale(values: readonly number[], [start, end]: Range): Scale {
  const greatest = Math.max(...values, Number.MIN_VALUE)
  const rough = 10 ** Math.floor(Math.log10(greatest / 4))
  const step = rough * ([1, 2, 2.5, 5, 10].find((factor) => greatest / (rough * factor) <= 6) ?? 10)
  const count = Math.ceil(greatest / step - 1e-9)
  const ticks = Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)))
  return { place: (value) => start + ((end - start) * value) / (count * step), ticks }
}

/** By powers of ten around the values, which are positive. */
export function logScale(values: readonly number[], [start, end]: Range): Scale {
  const least = Math.floor(Math.log10(Math.min(...values)) - 1e-9)
  const most = Math.max(Math.ceil(Math.log10(Math.max(...values))), least + 1)
  const ticks = Array.from({ length: most - least + 1 }, (_, i) => Number((10 ** (least + i)).toPrecision(6)))
  return { place: (value) => start + ((end - start) * (Math.log10(value) - least)) / (most - least), ticks }
}

export function tickName(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000}M`
  return value >= 1_000 ? `${value / 1_000}k` : String(value)
}
