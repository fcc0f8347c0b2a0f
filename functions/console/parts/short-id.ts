/** The end of an id, where the whole would take too much room: its beginning is time, and the same for all of an hour. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`
}
