import type { EncodeApp, WasmMemory } from './app.ts'

/** How much of its memory the isolate that answers has taken: it is never given back. */
export function registerGetHealth(app: EncodeApp, memory: WasmMemory) {
  app.get('/health', (c) => c.json({ wasm_memory_bytes: memory.bytes(), wasm_memory_limit_bytes: memory.limitBytes }))
}
