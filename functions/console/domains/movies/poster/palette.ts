import type { Random } from '#models/_learn/random.ts'

/** The colours of one poster, as CSS knows them. */
export interface Palette {
  /** Of the ground, from above to below. */
  top: string
  bottom: string
  /** From what is far away to what is near. */
  far: string
  middle: string
  near: string
  accent: string
  light: string
}

/** Degrees on the colour wheel, and how much colour there is (0 to 100). */
interface Mood {
  hue: number
  saturation: number
  /** How often the scene is in the dark, 0 to 1. */
  darkness: number
}

const moods: Readonly<Record<string, Mood>> = {
  Action: { hue: 14, saturation: 78, darkness: 0.6 },
  Adventure: { hue: 34, saturation: 72, darkness: 0.25 },
  Animation: { hue: 186, saturation: 66, darkness: 0.1 },
  Biography: { hue: 42, saturation: 44, darkness: 0.3 },
  Comedy: { hue: 48, saturation: 84, darkness: 0 },
  Crime: { hue: 224, saturation: 30, darkness: 0.9 },
  Documentary: { hue: 164, saturation: 34, darkness: 0.4 },
  Drama: { hue: 262, saturation: 36, darkness: 0.5 },
  Family: { hue: 96, saturation: 50, darkness: 0 },
  Fantasy: { hue: 286, saturation: 52, darkness: 0.6 },
  History: { hue: 28, saturation: 40, darkness: 0.4 },
  Horror: { hue: 354, saturation: 70, darkness: 1 },
  Music: { hue: 318, saturation: 62, darkness: 0.5 },
  Mystery: { hue: 246, saturation: 42, darkness: 0.9 },
  Romance: { hue: 342, saturation: 62, darkness: 0.15 },
  'Science Fiction': { hue: 204, saturation: 66, darkness: 0.85 },
  Sport: { hue: 140, saturation: 56, darkness: 0.1 },
  Thriller: { hue: 212, saturation: 46, darkness: 0.9 },
  War: { hue: 70, saturation: 28, darkness: 0.6 },
  Western: { hue: 22, saturation: 70, darkness: 0.15 },
}
const plain: Mood = { hue: 210, saturation: 20, darkness: 0.5 }

const hsl = (hue: number, saturation: number, lightness: number) =>
  `hsl(${Math.round((hue + 360) % 360)} ${Math.round(saturation)}% ${Math.round(lightness)}%)`

/** The first genre sets the mood, the second what stands out against it. */
export function paletteOf(genres: readonly string[], random: Random): Palette {
  const [first = '', second = ''] = genres
  const { hue: mainHue, saturation, darkness } = moods[first] ?? plain
  const hue = mainHue + 24 * (random.next() - 0.5)
  const away = moods[second]?.hue ?? hue + 160 + 60 * random.next()
  const isNear = Math.abs(((away - hue + 540) % 360) - 180) < 40
  const accentHue = isNear ? away + 150 : away
  const colour = Math.min(72, 22 + (moods[second]?.saturation ?? 40))
  const drift = 30 * (random.next() - 0.5)
  if (random.next() < darkness)
    return {
      top: hsl(hue + drift, saturation * 0.9, 9),
      bottom: hsl(hue, saturation, 36),
      far: hsl(hue, saturation * 0.8, 27),
      middle: hsl(hue - drift, saturation * 0.8, 18),
      near: hsl(hue - drift, saturation * 0.7, 8),
      accent: hsl(accentHue, colour, 60),
      light: hsl(accentHue, 60, 88),
    }
  return {
    top: hsl(hue + drift, saturation * 0.95, 80),
    bottom: hsl(hue, saturation, 62),
    far: hsl(hue - drift, saturation * 0.75, 50),
    middle: hsl(hue - drift, saturation * 0.7, 35),
    near: hsl(hue - 2 * drift, saturation * 0.65, 19),
    accent: hsl(accentHue, colour, 56),
    light: hsl(hue + drift, 70, 95),
  }
}
