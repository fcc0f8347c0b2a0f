import { createHmac, createSecretKey, hash, type KeyObject, randomBytes } from 'node:crypto'

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
const LIFETIME_S = 300

export interface SigningKeys {
  current: string
  next: string
}

/** Signs deliveries with the current key; receivers also accept the next one, so that keys can be rotated. */
export class Signer {
  #keys: SigningKeys
  #secret: KeyObject

  constructor(keys: SigningKeys) {
    this.#keys = keys
    this.#secret = secretOf(keys)
  }

  get keys(): SigningKeys {
    return this.#keys
  }

  /** The next key becomes the current one and a new next key is made. */
  rotate(): SigningKeys {
    this.#keys = { current: this.#keys.next, next: `sig_${randomBytes(21).toString('base64url')}` }
    this.#secret = secretOf(this.#keys)
    return this.#keys
  }

  /** A JWT over the exact destination URL and the SHA-256 of the raw body. */
  sign(url: string, body: Buffer, jti: string, nowMs: number): string {
    const nowS = Math.floor(nowMs / 1_000)
    const bodyHash = hash('sha256', body, 'base64url')
    const claims = `{"iss":"Upstash","sub":${JSON.stringify(url)},"exp":${nowS + LIFETIME_S},"nbf":${nowS},"iat":${nowS},"jti":"${jti}","body":"${bodyHash}"}`
    const unsigned = `${HEADER}.${Buffer.from(claims).toString('base64url')}`
    return `${unsigned}.${createHmac('sha256', this.#secret).update(unsigned).digest('base64url')}`
  }
}

const secretOf = (keys: SigningKeys) => createSecretKey(keys.current, 'utf8')
