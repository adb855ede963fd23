/** What a simulation says about one graph: means with intervals over replications, all times in seconds. */
import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'

const number = v.number()
const numbers = v.array(number)
const interval = v.tuple([number, number])

const estimate = { mean: number, interval }
/** Mean over replications with its 95 % Student interval. */
export type Estimate = Kept<typeof touchTime>
const touchTime = object(estimate)

const measured = { ...estimate, series: numbers }
const roleWait = object(measured)
/** An estimate that can be opened to its replications. */
export type Measured = Kept<typeof roleWait>

const simulatedStep = object({
  id: v.string(),
  /** Visits per case. */
  visits: number,
  /** Everything a visit waits: delay, batch and queue. */
  wait: object({ ...estimate, p50: number, p90: number }),
  queue: number,
  batch: number,
  delay: number,
  service: number,
  /** Shares of visits that gave up, found no room, or failed for good. */
  abandoned: number,
  balked: number,
  failed: number,
  /** Per replication, per case: for paired differences between two graphs. */
  series: object({ wait: numbers, batch: numbers, lead: numbers, work: numbers }),
})
export type SimulatedStep = Kept<typeof simulatedStep>

const simulatedRole = object({
  id: v.string(),
  utilisation: number,
  interval,
  /** Busy share of the open hours, per replication. */
  series: numbers,
  /** Work asked for as a share of open hours; 1 and more never catches up. */
  load: number,
  /** Mean wait in the queue of the role per visit, in open hours; steps that gather items first are left out. */
  wait: roleWait,
  /** Share of visits that wait longer than the SLA of the lane; null without one. */
  late: v.nullable(number),
  /** Mean number waiting by hour of the week (Monday 00:00 first), one list per replication; null for hours not seen. */
  queueByHour: v.array(v.array(v.nullable(number))),
})
export type SimulatedRole = Kept<typeof simulatedRole>

const leadTime = object({
  ...measured,
  p50: number,
  p90: number,
  p50Interval: interval,
  p90Interval: interval,
  p50Series: numbers,
  p90Series: numbers,
})
export type LeadTime = Kept<typeof leadTime>

export const simulationResult = object({
  seed: number,
  replications: number,
  /** Replications that would have been run at most. */
  budget: number,
  /** Cases per replication (mean, where days decide). */
  cases: number,
  /** Cases left out at the beginning of each replication. */
  warmup: number,
  /** False when the warm-up never ended: the numbers describe a system that is still filling. */
  settled: v.boolean(),
  /** Null when a role never catches up, or no case that counts ended in some replication: there is no mean to report. */
  leadTime: v.nullable(leadTime),
  touchTime,
  steps: v.array(simulatedStep),
  roles: v.array(simulatedRole),
  /** Roles asked for more than their hours. */
  unstable: v.array(v.string()),
  events: number,
  /** Largest miss of Little's law over all replications, as a share: 0 up to rounding unless the engine lost a case. */
  littleGap: number,
  /** Things the run could not use as drawn, in words. */
  notes: v.array(v.string()),
})
export type SimulationResult = Kept<typeof simulationResult>
