/** Hands a text to the person as a file. */
export function download(fileName: string, mediaType: string, text: string) {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The browser has begun to read by then; the memory is not to be held for as long as the page is open.
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
