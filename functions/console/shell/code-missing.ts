/** What Chromium, Firefox, Safari and Vite say when a page's code cannot be loaded: after a deploy, or without a network. */
const complaints = [
  'Failed to fetch dynamically imported module',
  'error loading dynamically imported module',
  'Importing a module script failed',
  'Unable to preload CSS',
]

export function isCodeMissing(error: unknown): boolean {
  return error instanceof Error && complaints.some((complaint) => error.message.includes(complaint))
}
