/**
 * What the console's page may load and do: scripts and styles of this origin, and what bears the nonce of this answer;
 * no other site, no frames, no forms that leave, no inline scripts.
 */
export function consolePolicy(nonce: string): string {
  return Object.entries({
    'default-src': "'none'",
    'script-src': `'self' 'nonce-${nonce}'`,
    // Components write style elements as they appear, with the nonce.
    'style-src': `'self' 'nonce-${nonce}'`,
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')
}

/** 144 random bits: nobody guesses what the next answer allows. */
export function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
}
