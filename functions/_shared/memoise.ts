/** Remembers what was made from an object for as long as that object lives: here, an isolate's bindings. */
export function memoise<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { value: V }>()
  return function memoised(key) {
    const entry = known.get(key)
    if (entry) return entry.value
    const value = make(key)
    known.set(key, { value })
    return value
  }
}
