import { newId } from '#shared/ids.ts'
import { testContext } from '#shared/testing/users.ts'
import { acceptImport } from '../accept-import.ts'
import { readFilmRecords } from '../read-film-records.ts'
import { storeFilms } from '../store-films.ts'

/** A film that no other test has, unless it is told otherwise. */
export function filmRecord(members: object = {}) {
  return { title: newId('film'), description: 'A film of a test', year: 2001, genres: ['Drama'], ...members }
}

/** Stores films as an import does; nobody has encoded them yet. */
export async function givenStoredFilms(records: readonly unknown[], ctx = testContext()): Promise<string> {
  const { importId } = await acceptImport(ctx, { ...readFilmRecords(records), source: 'test' })
  while ((await storeFilms(ctx, importId, 500)) > 0);
  return importId
}
