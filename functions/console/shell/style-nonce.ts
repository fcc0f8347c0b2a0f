/** The nonce that the server gave this page: styles may be added with it alone. */
export const styleNonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? ''

/**
 * Gives every style element that a script makes the page's nonce. Components do so by themselves, but for a few: what
 * keeps the page from scrolling behind a dialog takes none, and would be refused.
 */
export function giveStylesTheNonce() {
  const create = document.createElement.bind(document)
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = styleNonce
    return element
  }
}
