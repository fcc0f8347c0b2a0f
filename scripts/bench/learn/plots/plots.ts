import type { Figures } from '../figures.ts'
import type { ScalingLine } from '../scaling.ts'
import { barChart } from './bar-chart.ts'
import { lineChart } from './line-chart.ts'

/** The drawings of the page by the name of their file. */
export function plotsOf(figures: readonly Figures[], scaling: readonly ScalingLine[]): Record<string, string> {
  const fits = figures.filter(({ part }) => part === 'fit')
  return {
    'learners-ratio.svg': barChart({
      title: 'Our seconds over theirs: shorter is faster',
      axis: 'ratio of seconds, by powers of ten',
      scale: 'log',
      series: ['ours / theirs'],
      bars: figures.map((row) => ({ name: nameOf(row), values: [row.ratio], aim: row.aim })),
    }),
    'learners-seconds.svg': barChart({
      title: 'Seconds of a training',
      axis: 'seconds, by powers of ten',
      scale: 'log',
      series: ['Auspex', 'beside it'],
      bars: fits.map((row) => ({ name: nameOf(row), values: [row.seconds, row.peerSeconds] })),
    }),
    'learners-memory.svg': barChart({
      title: 'Peak memory of a training, with what was loaded before',
      axis: 'MB',
      scale: 'linear',
      series: ['Auspex', 'beside it'],
      bars: fits.map((row) => ({ name: nameOf(row), values: [row.peakMb, row.peerPeakMb] })),
    }),
    'learners-scaling.svg': lineChart({
      title: 'Boosting, 100 trees: seconds by rows and threads',
      xAxis: 'training rows, by powers of ten (10 columns; 800k has 20)',
      yAxis: 'seconds, by powers of ten',
      lines: scaling.map(({ name, points }) => ({
        name,
        points: points.map(({ rows, seconds }) => [rows, seconds] as const),
      })),
    }),
  }
}

function nameOf({ work, peer }: Figures): string {
  return `${work} | ${peer}`
}
