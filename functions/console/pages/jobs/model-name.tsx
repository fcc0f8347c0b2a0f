import { useJobTerms } from '../../parts/job-terms.ts'

export function ModelName({ name }: { name: string }) {
  return useJobTerms(name).title
}
