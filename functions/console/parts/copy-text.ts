/**
 * Puts a text on the clipboard.
 *
 * @returns whether it is there: browsers refuse pages that come over plain HTTP from another machine
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
