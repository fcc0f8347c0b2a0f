/** Names under which answers are kept: what changes one of them, calls for it anew. */
export const keys = {
  profile: ['profile'] as const,
  predictors: ['predictors'] as const,
  jobs: ['jobs'] as const,
  job: (id: string) => ['jobs', id] as const,
  entries: ['entries'] as const,
  health: ['health'] as const,
}
