import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { v4 } from 'uuid'
import type { z } from 'zod'
import type { AcceptedView } from '../../../../movies/import-view.ts'
import type { RejectedRecord } from '../../../../movies/read-film-records.ts'
import { call } from '../../../api/call.ts'
import { movieKeys } from '../movies-api.ts'
import { chunksOf, type ReadyFilm } from './read-import.ts'

type Accepted = z.infer<typeof AcceptedView>

interface Parcel {
  films: ReadyFilm[]
  /** A retry sends the same parcel with it, and nothing comes in twice. */
  key: string
}

/** Records that one call takes; what is smaller shows its progress sooner. */
const PARCEL = 2_000

/** Sends films in parcels, one after the other, and tells how many have gone. */
export function useImport(films: readonly ReadyFilm[]) {
  const queries = useQueryClient()
  const [parcels] = useState<readonly Parcel[]>(() =>
    chunksOf(films, PARCEL).map((some) => ({ films: some, key: v4() })),
  )
  const [sent, setSent] = useState(0)
  const { mutateAsync, isPending, error, data } = useMutation({
    mutationFn: async () => {
      const refused: RejectedRecord[] = []
      let accepted = 0
      setSent(0)
      for (const parcel of parcels) {
        const answer = await call<Accepted>('/movies/import', {
          method: 'POST',
          body: parcel.films.map(({ source }) => source),
          idempotencyKey: parcel.key,
        })
        accepted += answer.accepted
        for (const { index, reason } of answer.rejected)
          refused.push({ index: parcel.films[index]?.index ?? index, reason })
        setSent((before) => before + parcel.films.length)
      }
      return { accepted, refused }
    },
    onSettled: () => {
      for (const queryKey of [movieKeys.imports, movieKeys.catalogue, movieKeys.genres])
        void queries.invalidateQueries({ queryKey })
    },
  })
  return { start: () => mutateAsync(), isPending, error, outcome: data, sent }
}
