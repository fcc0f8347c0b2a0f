import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'

const root = join(import.meta.dirname, '../..')

/** Where the gateway finds the console among the static files. */
export const consoleFolder = join(root, 'dist/assets/console')

/** How the console is built: static files below /console/, code split by page, a nonce in place of inline permission. */
export const consoleBuild: InlineConfig = {
  root: import.meta.dirname,
  base: '/console/',
  configFile: false,
  logLevel: 'warn',
  plugins: [react()],
  // The bindings of Refine bring a router of their own, which knows nothing of where the person is.
  resolve: { dedupe: ['react-router'] },
  html: { cspNonce: '__NONCE__' },
  build: { outDir: consoleFolder, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1_000 },
}
