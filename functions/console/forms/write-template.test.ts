import { expect, test } from 'vitest'
import { checkColumns } from './check-columns.ts'
import { readRows } from './read-rows.ts'
import { toyManifest } from './testing/toy-manifest.ts'
import { writeTemplate } from './write-template.ts'

test('the template is a table that can be read back and fits', () => {
  const { columns, rows, ignored } = readRows(toyManifest, writeTemplate(toyManifest), 'test')
  expect({ rows, ignored }).toEqual({ rows: 1, ignored: [] })
  expect(checkColumns(toyManifest, columns)).toEqual([])
})
