import manifest from '../../package.json' with { type: 'json' }

/** Of the service, as in package.json. */
export const { version } = manifest
