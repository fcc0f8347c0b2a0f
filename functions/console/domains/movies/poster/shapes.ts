import type { Random } from '#models/_learn/random.ts'

/** Posters are drawn on 200 by 300. */
export const WIDTH = 200
export const HEIGHT = 300

/** One part of a drawing: an SVG path and how it is filled, or how its line is drawn. */
export interface Shape {
  d: string
  fill?: string
  stroke?: string
  strokeWidth?: number
  opacity?: number
}

type Point = readonly [x: number, y: number]

const short = (value: number) => Math.round(value * 10) / 10

export const polygon = (points: readonly Point[]) => `M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join('L')}Z`

export const rectangle = (x: number, y: number, width: number, height: number) =>
  `M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`

export const circle = (x: number, y: number, radius: number) => ellipse(x, y, radius, radius)

export function ellipse(x: number, y: number, rx: number, ry: number): string {
  const arc = `a${short(rx)} ${short(ry)} 0 1 0`
  return `M${short(x - rx)} ${short(y)}${arc} ${short(2 * rx)} 0${arc} ${short(-2 * rx)} 0Z`
}

/** A quarter of a disc in a square cell; `corner` 0 to 3 says where its centre is, clockwise from the upper left. */
export function quarterDisc(x: number, y: number, side: number, corner: number): string {
  const centres: readonly Point[] = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ]
  const centre = centres[corner % 4] ?? [x, y]
  const from = centres[(corner + 1) % 4] ?? [x, y]
  const to = centres[(corner + 3) % 4] ?? [x, y]
  return `M${centre.join(' ')}L${from.join(' ')}A${side} ${side} 0 0 1 ${to.join(' ')}Z`
}

/** The ground below a line of heights from the left edge to the right, with soft or sharp turns. */
export function below(heights: readonly number[], isSoft: boolean): string {
  const step = WIDTH / (heights.length - 1)
  const points = heights.map((y, at): Point => [at * step, y])
  const turns = points.slice(1).map(([x, y], at) => {
    const before = points[at]?.[1] ?? y
    const middle = short(x - step / 2)
    return isSoft
      ? `C${middle} ${short(before)} ${middle} ${short(y)} ${short(x)} ${short(y)}`
      : `L${short(x)} ${short(y)}`
  })
  return `M0 ${short(heights[0] ?? 0)}${turns.join('')}V${HEIGHT}H0Z`
}

/** Somewhere between two numbers. */
export const between = (random: Random, low: number, high: number) => low + (high - low) * random.next()

/** 0 .. count - 1. */
export const list = (count: number) => Array.from({ length: count }, (_, at) => at)
