/** The genres that films are given here, as they are written. */
export const genreNames = [
  'Action',
  'Adventure',
  'Animation',
  'Biography',
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Family',
  'Fantasy',
  'History',
  'Horror',
  'Music',
  'Mystery',
  'Romance',
  'Science Fiction',
  'Sport',
  'Thriller',
  'War',
  'Western',
] as const

/** What other catalogues call them; a filter by one name finds films with the other, too. */
const otherNames: Readonly<Record<string, string>> = {
  'sci-fi': 'science fiction',
  scifi: 'science fiction',
  'science-fiction': 'science fiction',
  sports: 'sport',
  biopic: 'biography',
  historical: 'history',
  romantic: 'romance',
  animated: 'animation',
}

const spellings = new Map(genreNames.map((name) => [name.toLowerCase(), name]))

/** A genre as it is kept: in the spelling above if it is one of those, else as it came. */
export function genreName(text: string): string {
  const trimmed = text.trim()
  return spellings.get(trimmed.toLowerCase()) ?? trimmed
}

/** The same for all names of a genre. */
export function genreKey(name: string): string {
  const key = name.trim().toLowerCase()
  return otherNames[key] ?? key
}
