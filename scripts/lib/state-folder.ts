import { join } from 'node:path'

const usual = join(import.meta.dirname, '../../.auspex')

/** Where everything is kept that outlives a process. AUSPEX_STATE_DIR names another folder, for a trial beside it. */
export const stateFolder = process.env.AUSPEX_STATE_DIR || usual

/** Where JSON files of films are picked up at the start. */
export const filmsFolder = process.env.AUSPEX_FILMS_DIR || join(stateFolder, 'films')

export const isUsualStateFolder = stateFolder === usual
