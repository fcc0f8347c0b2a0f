import { useCallback, useEffect, useState } from 'react'
import type { Manifest } from '#models/_runtime/manifest.ts'
import { useProfile } from '../api/hooks.ts'
import { emptyInput, readInput, takeRows } from './form-input.ts'
import type { ImportedRows } from './rows.ts'

const PAUSE_MS = 300

/**
 * What a person has put into a form. It outlives a reload and an expired session, in this tab; nobody else who signs in
 * here sees it.
 */
export function useFormInput(manifest: Manifest, form = manifest.name) {
  const { data: profile } = useProfile()
  const place = `auspex.form.${profile?.id ?? ''}.${form}`
  const [input, setInput] = useState(() => readInput(manifest, read(place)))
  useEffect(() => {
    const timer = window.setTimeout(() => write(place, JSON.stringify(input)), PAUSE_MS)
    return () => window.clearTimeout(timer)
  }, [place, input])
  const change = useCallback(
    (name: string, value: string | null) =>
      setInput((before) => ({ ...before, draft: { ...before.draft, [name]: value } })),
    [],
  )
  const take = useCallback(
    (imported: ImportedRows) => setInput((before) => takeRows(manifest, before, imported)),
    [manifest],
  )
  const reset = useCallback(() => setInput((before) => ({ ...before, draft: emptyInput(manifest).draft })), [manifest])
  return { input, setInput, change, take, reset }
}

export type FormState = ReturnType<typeof useFormInput>

function read(place: string): string | null {
  try {
    return sessionStorage.getItem(place)
  } catch {
    return null
  }
}

function write(place: string, text: string) {
  try {
    sessionStorage.setItem(place, text)
  } catch {
    // No room, or the person forbids it: it holds until the page is left.
  }
}
