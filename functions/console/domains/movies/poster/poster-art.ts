import { createRandom, type Random } from '#models/_learn/random.ts'
import { type Palette, paletteOf } from './palette.ts'
import { bars, eye, rays, rings, shards, tiles } from './patterns.ts'
import { forest, hills, planets, road, type Scene, skyline, waves } from './scenes.ts'
import type { Shape } from './shapes.ts'

/** What of a film its poster is drawn from. */
export interface Subject {
  title: string
  year: number
  genres: readonly string[]
}

export interface PosterArt {
  palette: Palette
  shapes: Shape[]
  lettering: 'plain' | 'serif' | 'wide'
}

const scenes: Readonly<Record<string, readonly Scene[]>> = {
  Action: [shards, skyline, road, rays],
  Adventure: [hills, road, waves, rays],
  Animation: [tiles, rays, waves, hills],
  Biography: [tiles, hills, rings, road],
  Comedy: [rays, tiles, bars, waves],
  Crime: [skyline, shards, road, rings],
  Documentary: [tiles, bars, hills, rings],
  Drama: [hills, waves, tiles, road, rings],
  Family: [hills, tiles, rays, waves],
  Fantasy: [forest, planets, hills, rings],
  History: [hills, tiles, rays, shards],
  Horror: [forest, eye, shards, rings],
  Music: [bars, rays, rings, tiles],
  Mystery: [eye, forest, rings, skyline],
  Romance: [waves, hills, tiles, skyline],
  'Science Fiction': [planets, rings, skyline, eye],
  Sport: [bars, rays, road, tiles],
  Thriller: [eye, skyline, road, shards],
  War: [shards, hills, bars, forest],
  Western: [hills, road, rays, waves],
}
const anyScene: readonly Scene[] = [tiles, waves, rings, hills]

/**
 * A poster from a film's own data: genres give its colours and choose among scenes, title and year everything else. The
 * same film has the same poster everywhere.
 */
export function posterArt({ title, year, genres }: Subject): PosterArt {
  const random = createRandom(seedOf(`${title}\n${year}`))
  const palette = paletteOf(genres, random)
  const scene = pick(scenes[genres[0] ?? ''] ?? anyScene, random)
  return { palette, shapes: scene(palette, random), lettering: pick(['plain', 'serif', 'wide'] as const, random) }
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[random.integer(values.length)]
  if (value === undefined) throw new Error('there is nothing to pick from')
  return value
}

/** Two halves of 26 bits (FNV-1a with different beginnings): the generator takes a whole number below 2^53. */
function seedOf(text: string): number {
  return (fnv1a(text, 0x811c9dc5) >>> 6) * 2 ** 26 + (fnv1a(text, 0x01000193) >>> 6)
}

function fnv1a(text: string, start: number): number {
  let hash = start
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}
