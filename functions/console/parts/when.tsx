import { useFormats } from './formats.ts'

/** A moment, in the reader's language and time zone; exact for machines. */
export function When({ at }: { at: string }) {
  const { moment } = useFormats()
  return <time dateTime={at}>{moment(at)}</time>
}
