/** Choices are kept in this browser, where it lets us: some people forbid that. */
export function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`auspex.${name}`)
  } catch {
    return null
  }
}

export function keep(name: string, value: string) {
  try {
    localStorage.setItem(`auspex.${name}`, value)
  } catch {
    // It holds until the page is closed.
  }
}
