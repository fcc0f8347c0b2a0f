import { join } from 'node:path'

const usual = join(import.meta.dirname, '../../.auspex')

/** Where everything is kept that outlives a process. AUSPEX_STATE_DIR names another folder, for a trial beside it. */
export const stateFolder = process.env.AUSPEX_STATE_DIR || usual

export const isUsualStateFolder = stateFolder === usual
