import type { Random } from '#models/_learn/random.ts'
import type { Palette } from './palette.ts'
import { below, between, circle, ellipse, HEIGHT, list, polygon, rectangle, type Shape, WIDTH } from './shapes.ts'

/** Draws what a film might show: the same numbers, the same drawing. */
export type Scene = (palette: Palette, random: Random) => Shape[]

export const hills: Scene = (palette, random) => {
  const { far, middle, near, accent } = palette
  const isSoft = random.next() < 0.6
  const sun = { d: circle(between(random, 50, 150), between(random, 70, 120), between(random, 24, 46)), fill: accent }
  const ridges = [far, middle, near].map((fill, at) => {
    const height = 135 + 42 * at
    return {
      d: below(
        list(7).map(() => height + between(random, -26, 26)),
        isSoft,
      ),
      fill,
    }
  })
  return [sun, ...ridges]
}

export const skyline: Scene = (palette, random) => {
  const { far, near, accent, light } = palette
  const moon = { d: circle(between(random, 40, 160), between(random, 45, 80), between(random, 16, 26)), fill: light }
  const row = (fill: string, low: number, high: number, width: number): Shape[] =>
    list(Math.ceil(WIDTH / width) + 1).map((at) => {
      const top = between(random, low, high)
      return { d: rectangle(at * width - 8, top, width - between(random, 0, 4), HEIGHT - top), fill }
    })
  const windows = list(26).map((): Shape => {
    const x = 4 + 12 * random.integer(16)
    return { d: rectangle(x, 172 + 11 * random.integer(9), 4, 6), fill: accent, opacity: between(random, 0.5, 1) }
  })
  return [moon, ...row(far, 80, 170, 26), ...row(near, 140, 205, 36), ...windows]
}

export const planets: Scene = (palette, random) => {
  const { far, middle, accent, light } = palette
  const stars = list(46).map(
    (): Shape => ({
      d: circle(between(random, 0, WIDTH), between(random, 0, 230), between(random, 0.4, 1.5)),
      fill: light,
      opacity: between(random, 0.4, 1),
    }),
  )
  const [x, y, radius] = [between(random, 60, 140), between(random, 95, 150), between(random, 38, 62)]
  const tilt = between(random, 0.16, 0.32)
  const ring = { d: ellipse(x, y, radius * 1.75, radius * 1.75 * tilt), stroke: light, strokeWidth: 2.5, opacity: 0.75 }
  const moon = { d: circle(x - radius * 1.1, y - radius * 0.9, between(random, 5, 12)), fill: light }
  return [
    ...stars,
    ring,
    { d: circle(x, y, radius), fill: accent },
    { d: ellipse(x + radius * 0.22, y + radius * 0.2, radius * 0.78, radius * 0.8), fill: middle, opacity: 0.35 },
    {
      d: `M${x - radius * 1.75} ${y}A${radius * 1.75} ${radius * 1.75 * tilt} 0 0 0 ${x + radius * 1.75} ${y}`,
      stroke: light,
      strokeWidth: 2.5,
    },
    moon,
    { d: below([276, 250, 244, 250, 276], true), fill: far, opacity: 0.6 },
  ]
}

export const waves: Scene = (palette, random) => {
  const { far, middle, near, accent, light } = palette
  const sun = { d: circle(100, between(random, 95, 125), between(random, 34, 56)), fill: accent }
  const swing = between(random, 8, 20)
  const bands = [light, far, middle, near].map((fill, at): Shape => {
    const phase = random.integer(2)
    const heights = list(6 + at).map((turn) => 128 + 33 * at + ((turn + phase) % 2 === 0 ? swing : -swing))
    return { d: below(heights, true), fill, opacity: at === 0 ? 0.5 : 0.92 }
  })
  return [sun, ...bands]
}

export const forest: Scene = (palette, random) => {
  const { far, middle, near, light } = palette
  const moon = { d: circle(between(random, 50, 150), between(random, 60, 100), between(random, 22, 40)), fill: light }
  const row = (fill: string, foot: number, count: number, height: number): Shape[] =>
    list(count).map(() => {
      const x = between(random, -8, WIDTH + 8)
      const top = foot - height * between(random, 0.7, 1.2)
      const half = height * between(random, 0.13, 0.2)
      return {
        d: polygon([
          [x, top],
          [x + half, foot],
          [x - half, foot],
        ]),
        fill,
      }
    })
  return [
    moon,
    ...row(far, 220, 15, 90),
    { d: rectangle(0, 218, WIDTH, 90), fill: far },
    ...row(middle, 250, 12, 110),
    { d: rectangle(0, 248, WIDTH, 60), fill: middle },
    ...row(near, 300, 8, 130),
  ]
}

export const road: Scene = (palette, random) => {
  const { far, middle, near, accent, light } = palette
  const x = between(random, 70, 130)
  const horizon = between(random, 120, 150)
  const ridge = below(
    list(6).map(() => horizon - between(random, 0, 34)),
    false,
  )
  const dashes = list(6).map((at): Shape => {
    const depth = (at / 6) ** 1.8
    const y = horizon + 8 + (HEIGHT - horizon) * depth
    const half = 0.6 + 5 * depth
    const centre = x + (100 - x) * depth
    return { d: rectangle(centre - half, y, 2 * half, 6 + 22 * depth), fill: light }
  })
  return [
    { d: circle(x, horizon, between(random, 34, 58)), fill: accent },
    { d: ridge, fill: far },
    { d: rectangle(0, horizon, WIDTH, HEIGHT - horizon), fill: middle },
    {
      d: polygon([
        [x - 3, horizon],
        [x + 3, horizon],
        [190, HEIGHT],
        [10, HEIGHT],
      ]),
      fill: near,
    },
    ...dashes,
  ]
}
