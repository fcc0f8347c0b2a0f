import { existsSync, readFileSync, writeFileSync } from 'node:fs'

interface Product {
  /** Says by its hash what the product was made of. */
  stamp: string
  /** Of all that goes into the product. */
  hash: string
  /** Without it, it must be made again. */
  file: string
}

/** Makes something, unless it is there as its sources are now. */
export async function unlessCurrent({ stamp, hash, file }: Product, make: () => unknown) {
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  await make()
  writeFileSync(stamp, hash)
}
