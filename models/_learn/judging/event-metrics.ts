import { checkBinary } from './check-scored.ts'

export interface EventMetrics {
  /** Runs of steps that are labelled as anomalous. */
  events: number
  /** Those with an alarm in at least one of their steps. */
  detected: number
  /** Runs of steps with an alarm. */
  alarms: number
  /** Those that touch no event. */
  falseAlarms: number
  /** detected / (detected + false alarms); NaN without an alarm. */
  precision: number
  /** detected / events; NaN without an event. */
  recall: number
  /** Harmonic mean of the two; 0 when nothing is detected, NaN with neither event nor alarm. */
  f1: number
  /** From the start of an event to its first alarm, the mean of those detected, in the unit of `step`; NaN for none. */
  timeToDetect: number
  /** False alarms per unit of time outside events; NaN when all steps are in events. */
  falseAlarmRate: number
  /** Share of the steps outside events that are under an alarm: one that never ends touches every event. */
  alarmedShare: number
}

interface EventOptions {
  /** How long a step of time is, in the unit that times are wanted in. */
  step?: number
  /** The series of each step, whose steps stand together and in order: no run goes on into the next. One, unless given. */
  series?: ArrayLike<number>
}

interface Run {
  from: number
  /** The step after the last. */
  to: number
}

/**
 * Judges alarms over time by events, not by steps: an event is detected when an alarm touches it, and an alarm is false
 * when it touches no event (Hundman et al., "Detecting spacecraft anomalies using LSTMs and nonparametric dynamic
 * thresholding", 2018). However often it is touched, an event is detected once.
 *
 * There is no point adjustment, that is, steps of a detected event without an alarm are never counted as found: with it,
 * random scores beat published methods (Kim et al., "Towards a rigorous evaluation of time-series anomaly detection",
 * 2022). Look at `alarmedShare` too: an alarm that never ends touches every event.
 *
 * @param labels 1 at each step in an event, else 0, in order of time
 * @param alarms 1 at each step with an alarm, else 0
 */
export function eventMetrics(
  labels: ArrayLike<number>,
  alarms: ArrayLike<number>,
  { step = 1, series }: EventOptions = {},
): EventMetrics {
  const steps = labels.length
  if (steps === 0 || alarms.length !== steps) throw new Error(`${steps} labels and ${alarms.length} alarms`)
  if (series !== undefined && series.length !== steps) throw new Error(`${steps} steps have ${series.length} series`)
  if (!(step > 0)) throw new Error(`a step must be longer than 0, got ${step}`)
  checkBinary('label', labels)
  checkBinary('alarm', alarms)
  const events = runsOf(labels, series)
  const alarmRuns = runsOf(alarms, series)
  const delays = events.map(({ from, to }) => firstIn(alarms, from, to) - from).filter((delay) => delay >= 0)
  const falseAlarms = alarmRuns.filter(({ from, to }) => firstIn(labels, from, to) < 0).length
  const { outside, alarmed } = countOutside(labels, alarms)
  return {
    events: events.length,
    detected: delays.length,
    alarms: alarmRuns.length,
    falseAlarms,
    precision: delays.length / (delays.length + falseAlarms),
    recall: delays.length / events.length,
    f1: (2 * delays.length) / (delays.length + falseAlarms + events.length),
    timeToDetect: (delays.reduce((a, b) => a + b, 0) / delays.length) * step,
    falseAlarmRate: falseAlarms / (outside * step),
    alarmedShare: alarmed / outside,
  }
}

/** The runs of steps that are 1. */
function runsOf(flags: ArrayLike<number>, series?: ArrayLike<number>): Run[] {
  const runs: Run[] = []
  let from = -1
  for (let i = 0; i <= flags.length; i++) {
    const ends = i === flags.length || flags[i] === 0 || (series !== undefined && i > 0 && series[i] !== series[i - 1])
    if (ends && from >= 0) {
      runs.push({ from, to: i })
      from = -1
    }
    if (from < 0 && flags[i] === 1) from = i
  }
  return runs
}

/** The first step of a run that is 1, or a number below every step. */
function firstIn(flags: ArrayLike<number>, from: number, to: number): number {
  for (let i = from; i < to; i++) if (flags[i] === 1) return i
  return Number.NEGATIVE_INFINITY
}

function countOutside(labels: ArrayLike<number>, alarms: ArrayLike<number>) {
  let outside = 0
  let alarmed = 0
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 1) continue
    outside++
    alarmed += alarms[i] as number
  }
  return { outside, alarmed }
}
