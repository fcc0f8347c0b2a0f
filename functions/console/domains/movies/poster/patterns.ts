import type { Scene } from './scenes.ts'
import { between, circle, ellipse, HEIGHT, list, polygon, quarterDisc, rectangle, type Shape, WIDTH } from './shapes.ts'

export const rings: Scene = ({ far, middle, near, accent, light }, random) => {
  const [x, y] = [between(random, 70, 130), between(random, 90, 140)]
  const step = between(random, 12, 18)
  const [dx, dy] = [between(random, -3, 3), between(random, -3, 3)]
  const fills = [near, far, middle, light]
  const offset = random.integer(4)
  const discs = list(10).map((at): Shape => {
    const radius = step * (10 - at)
    return { d: circle(x + at * dx, y + at * dy, radius), fill: fills[(at + offset) % 4] ?? near }
  })
  return [...discs, { d: circle(x + 10 * dx, y + 10 * dy, step * 0.7), fill: accent }]
}

export const shards: Scene = ({ far, middle, near, accent, light }, random) => {
  const [x, y] = [between(random, 60, 140), between(random, 90, 160)]
  const count = 13 + random.integer(6)
  const fills = [far, near, middle, accent, near, light]
  const turns = list(count + 1).map((at) => ((at + between(random, -0.35, 0.35)) / count) * 2 * Math.PI)
  return list(count).map((at) => {
    const [from = 0, to = 0] = [turns[at], at === count - 1 ? (turns[0] ?? 0) + 2 * Math.PI : turns[at + 1]]
    const reach = between(random, 90, 330)
    const tip = (turn: number): [number, number] => [x + reach * Math.cos(turn), y + reach * Math.sin(turn)]
    return { d: polygon([[x, y], tip(from), tip(to)]), fill: fills[random.integer(6)] ?? near, opacity: 0.9 }
  })
}

export const rays: Scene = ({ far, middle, near, accent, light }, random) => {
  const [x, y] = [100, between(random, 110, 150)]
  const count = 2 * (9 + random.integer(6))
  const turn = between(random, 0, 1)
  const tip = (at: number): [number, number] => {
    const angle = ((at + turn) / count) * 2 * Math.PI
    return [x + 360 * Math.cos(angle), y + 360 * Math.sin(angle)]
  }
  const beams = list(count / 2).map((at) => ({
    d: polygon([[x, y], tip(2 * at), tip(2 * at + 1)]),
    fill: far,
    opacity: 0.75,
  }))
  const radius = between(random, 36, 54)
  return [
    ...beams,
    { d: circle(x, y, radius + 12), fill: middle },
    { d: circle(x, y, radius), fill: accent },
    { d: circle(x - radius * 0.3, y - radius * 0.3, radius * 0.3), fill: light, opacity: 0.7 },
    { d: rectangle(0, 268, WIDTH, 40), fill: near },
  ]
}

export const tiles: Scene = ({ far, middle, near, accent, light }, random) => {
  const side = random.next() < 0.5 ? 50 : 40
  const fills = [far, middle, near, accent, light]
  return list((WIDTH / side) * Math.floor(220 / side)).flatMap((at): Shape[] => {
    const x = side * (at % (WIDTH / side))
    const y = side * Math.floor(at / (WIDTH / side))
    const ground = random.integer(5)
    const figure = (ground + 1 + random.integer(4)) % 5
    const isDisc = random.next() < 0.25
    const d = isDisc ? circle(x + side / 2, y + side / 2, side * 0.36) : quarterDisc(x, y, side, random.integer(4))
    return [
      { d: rectangle(x, y, side, side), fill: fills[ground] ?? far },
      { d, fill: fills[figure] ?? near },
    ]
  })
}

export const bars: Scene = ({ far, near, accent, light }, random) => {
  const count = 9 + random.integer(6)
  const width = WIDTH / count
  const middle = between(random, 110, 140)
  return list(count).flatMap((at): Shape[] => {
    const height = between(random, 20, 105) * Math.sin(((at + 1) / (count + 1)) * Math.PI)
    const fill = [accent, light, near, far][random.integer(4)] ?? accent
    return [
      { d: rectangle(at * width + 2, middle - height, width - 4, 2 * height), fill },
      { d: circle(at * width + width / 2, middle - height, (width - 4) / 2), fill },
      { d: circle(at * width + width / 2, middle + height, (width - 4) / 2), fill },
    ]
  })
}

export const eye: Scene = ({ far, middle, near, accent, light }, random) => {
  const y = between(random, 100, 140)
  const open = between(random, 34, 58)
  const radius = open * between(random, 0.62, 0.8)
  const lid = `M14 ${y}Q100 ${y - 2 * open} 186 ${y}Q100 ${y + 2 * open} 14 ${y}Z`
  const gaze = between(random, -16, 16)
  const lines = list(7).map(
    (at): Shape => ({
      d: `M${2 - 4 * at} ${y - 16 * at - 12}Q100 ${y - 2 * open - 22 * at - 14} ${198 + 4 * at} ${y - 16 * at - 12}`,
      stroke: far,
      strokeWidth: 3,
      opacity: 0.9 - 0.11 * at,
    }),
  )
  return [
    ...lines,
    { d: lid, fill: light },
    { d: circle(100 + gaze, y, radius), fill: accent },
    { d: circle(100 + gaze, y, radius * 0.5), fill: near },
    { d: circle(100 + gaze + radius * 0.3, y - radius * 0.35, radius * 0.16), fill: light },
    { d: ellipse(100, HEIGHT + 20, 150, 80), fill: middle, opacity: 0.7 },
  ]
}
