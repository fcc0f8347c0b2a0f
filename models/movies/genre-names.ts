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

/** As other catalogues write them. */
const otherNames: Readonly<Record<string, string>> = {
  'sci-fi': 'Science Fiction',
  scifi: 'Science Fiction',
  'science-fiction': 'Science Fiction',
  sports: 'Sport',
  musical: 'Music',
  biopic: 'Biography',
  historical: 'History',
  romantic: 'Romance',
  animated: 'Animation',
}

const byKey = new Map([...genreNames.map((name) => [name.toLowerCase(), name] as const), ...Object.entries(otherNames)])

/** A genre as it is written here; one that is unknown stays as it is. */
export function genreName(text: string): string {
  const trimmed = text.trim()
  return byKey.get(trimmed.toLowerCase()) ?? trimmed
}
