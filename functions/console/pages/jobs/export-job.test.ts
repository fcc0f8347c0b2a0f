import { expect, test } from 'vitest'
import { jobAsCsv, jobAsJson } from './export-job.ts'
import { givenJob } from './testing/given-job.ts'

test('the table has what was asked, the result, its interval, and what drove it', () => {
  expect(jobAsCsv(givenJob())).toBe(
    [
      'size,age,predicted,predicted_lower,predicted_upper,predicted_coverage,contribution of size,contribution of age',
      '120,3,10,8,13,0.9,4,-1',
      '',
    ].join('\r\n'),
  )
})

test('of a classification it has the label and all probabilities', () => {
  const job = givenJob({
    data: { size: [1, null] },
    results: [
      { value: 0.75, label: 'yes', probabilities: { no: 0.25, yes: 0.75 } },
      { value: 0.5, label: 'no', probabilities: { no: 0.5, yes: 0.5 } },
    ],
  })
  expect(jobAsCsv(job)).toBe(
    'size,predicted_label,predicted,probability of no,probability of yes\r\n1,yes,0.75,0.25,0.75\r\n,no,0.5,0.5,0.5\r\n',
  )
})

test('a job without results is a heading alone', () => {
  expect(jobAsCsv(givenJob({ results: null }))).toBe('size,age\r\n')
})

test('as JSON it is what the API told', () => {
  expect(JSON.parse(jobAsJson(givenJob()))).toEqual(givenJob())
})
