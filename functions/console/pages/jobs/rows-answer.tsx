import { Button, Flex, Pagination, Select, Typography } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../api/types.ts'
import { inputOfRow } from '../../parts/job-facts.ts'
import { useJobTerms } from '../../parts/job-terms.ts'
import { useNumberTexts } from '../../parts/number-texts.ts'
import { type Column, Records } from '../../parts/records.tsx'
import { HistogramChart } from './charts/histogram-chart.tsx'
import { RowAnswer } from './row-answer.tsx'
import { orderRows, type RowOrder, varyingFeatures } from './spread.ts'
import { SpreadFacts } from './spread-facts.tsx'

const pageSize = 20
const orders = ['asked', 'highest', 'lowest'] as const satisfies readonly RowOrder[]

/** The answers to many rows: how they are spread, each in a table, and one of them in full. */
export function RowsAnswer({ job }: { job: Job }) {
  const { t } = useTranslation()
  const { output } = useJobTerms(job.model_name)
  const [chosen, setChosen] = useState<number>()
  const results = job.results ?? []
  return (
    <>
      <SpreadFacts results={results} output={output} />
      <HistogramChart results={results} output={output} />
      <RowTable job={job} onChoice={setChosen} />
      {chosen !== undefined && (
        <ChosenRow key={chosen} job={job} row={chosen} title={t('jobs.row', { row: chosen + 1 })} />
      )}
    </>
  )
}

function RowTable({ job, onChoice }: { job: Job; onChoice(row: number): void }) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<RowOrder>('asked')
  const [page, setPage] = useState(1)
  const rows = useMemo(() => orderRows(job.results ?? [], order), [job.results, order])
  const reorder = (next: RowOrder) => {
    setOrder(next)
    setPage(1)
  }
  return (
    <>
      <Flex justify="space-between" align="center" gap="small" wrap style={{ marginBottom: 8 }}>
        <Typography.Title level={3} style={{ fontSize: 16, margin: 0 }}>
          {t('jobs.all_rows')}
        </Typography.Title>
        <Select<RowOrder>
          aria-label={t('jobs.order.label')}
          value={order}
          onChange={reorder}
          options={orders.map((value) => ({ value, label: t(`jobs.order.${value}`) }))}
          style={{ minWidth: 180 }}
        />
      </Flex>
      <div style={{ overflowX: 'auto' }}>
        <Records
          label={t('jobs.all_rows')}
          columns={useRowColumns(job, onChoice)}
          rows={rows.slice((page - 1) * pageSize, page * pageSize)}
          idOf={String}
        />
      </div>
      <Pagination
        size="small"
        current={page}
        pageSize={pageSize}
        total={rows.length}
        hideOnSinglePage
        showSizeChanger={false}
        onChange={setPage}
        style={{ margin: '12px 0 16px' }}
      />
    </>
  )
}

const shownFeatures = 3

function useRowColumns(job: Job, onChoice: (row: number) => void): Column<number>[] {
  const { t } = useTranslation()
  const { measure, share, value } = useNumberTexts()
  const terms = useJobTerms(job.model_name)
  const resultOf = (row: number) => job.results?.[row]
  const { unit } = terms.output
  const isClassified = resultOf(0)?.label !== undefined
  const result: Column<number> = {
    key: 'result',
    title: terms.output.label,
    isNumber: !isClassified,
    render: (row) => (isClassified ? resultOf(row)?.label : measure(resultOf(row)?.value ?? 0, unit)),
  }
  const certainty: Column<number> = {
    key: 'certainty',
    title: t(isClassified ? 'jobs.charts.probabilities.axis' : 'jobs.charts.interval.title'),
    isNumber: true,
    render(row) {
      const { interval, value: probability = 0 } = resultOf(row) ?? {}
      if (isClassified) return share(probability)
      return interval && t('jobs.range', { lower: measure(interval.lower), upper: measure(interval.upper) })
    },
  }
  return [
    { key: 'row', title: t('jobs.fields.row'), render: (row) => measure(row + 1) },
    result,
    certainty,
    ...varyingFeatures(job.data, shownFeatures).map((name) => ({
      key: `feature ${name}`,
      title: terms.labelOf(name),
      isNumber: typeof inputOfRow(job, 0)[name] === 'number',
      render: (row: number) => value(terms.wordOf(name, inputOfRow(job, row)[name]), terms.unitOf(name)),
    })),
    {
      key: 'why',
      title: t('jobs.fields.actions'),
      render: (row) => (
        <Button size="small" aria-label={t('jobs.why_row', { row: row + 1 })} onClick={() => onChoice(row)}>
          {t('jobs.why')}
        </Button>
      ),
    },
  ]
}

/** Comes into view, and to those who do not see it, when it is asked for. */
function ChosenRow({ job, row, title }: { job: Job; row: number; title: string }) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => place.current?.focus(), [])
  return (
    <section ref={place} tabIndex={-1} aria-label={title}>
      <Typography.Title level={3} style={{ fontSize: 16 }}>
        {title}
      </Typography.Title>
      <RowAnswer job={job} row={row} />
    </section>
  )
}
