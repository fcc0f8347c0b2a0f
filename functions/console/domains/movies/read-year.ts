/** A year as an address has it; what is none is passed over. */
export function readYear(text: string | null): number | undefined {
  return text !== null && /^\d{4}$/.test(text) ? Number(text) : undefined
}
