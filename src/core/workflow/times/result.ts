/** What a simulation says about one graph: means with intervals over replications, all times in seconds. */

/** Mean over replications with its 95 % Student interval, and the replications themselves. */
export interface Estimate {
  readonly mean: number
  readonly interval: readonly [number, number]
}

/** An estimate that can be opened to its replications. */
export interface Measured extends Estimate {
  readonly series: readonly number[]
}

export interface SimulatedStep {
  readonly id: string
  /** Visits per case. */
  readonly visits: number
  /** Everything a visit waits: delay, batch and queue. */
  readonly wait: Estimate & { readonly p50: number; readonly p90: number }
  readonly queue: number
  readonly batch: number
  readonly delay: number
  readonly service: number
  /** Shares of visits that gave up, found no room, or failed for good. */
  readonly abandoned: number
  readonly balked: number
  readonly failed: number
  /** Per replication, per case: for paired differences between two graphs. */
  readonly series: {
    readonly wait: readonly number[]
    readonly batch: readonly number[]
    readonly lead: readonly number[]
    readonly work: readonly number[]
  }
}

export interface SimulatedRole {
  readonly id: string
  readonly utilisation: number
  readonly interval: readonly [number, number]
  /** Busy share of the open hours, per replication. */
  readonly series: readonly number[]
  /** Work asked for as a share of open hours; 1 and more never catches up. */
  readonly load: number
  /** Mean wait in the queue of the role per visit, in open hours; steps that gather items first are left out. */
  readonly wait: Measured
  /** Share of visits that wait longer than the SLA of the lane; null without one. */
  readonly late: number | null
  /** Mean number waiting by hour of the week (Monday 00:00 first), one list per replication; null for hours not seen. */
  readonly queueByHour: readonly (readonly (number | null)[])[]
}

export interface LeadTime extends Measured {
  readonly p50: number
  readonly p90: number
  readonly p50Interval: readonly [number, number]
  readonly p90Interval: readonly [number, number]
  readonly p50Series: readonly number[]
  readonly p90Series: readonly number[]
}

export interface SimulationResult {
  readonly seed: number
  readonly replications: number
  /** Replications that would have been run at most. */
  readonly budget: number
  /** Cases per replication (mean, where days decide). */
  readonly cases: number
  /** Cases left out at the beginning of each replication. */
  readonly warmup: number
  /** False when the warm-up never ended: the numbers describe a system that is still filling. */
  readonly settled: boolean
  /** Null when a role never catches up, or no case that counts ended in some replication: there is no mean to report. */
  readonly leadTime: LeadTime | null
  readonly touchTime: Estimate
  readonly steps: readonly SimulatedStep[]
  readonly roles: readonly SimulatedRole[]
  /** Roles asked for more than their hours. */
  readonly unstable: readonly string[]
  readonly events: number
  /** Largest miss of Little's law over all replications, as a share: 0 up to rounding unless the engine lost a case. */
  readonly littleGap: number
  /** Things the run could not use as drawn, in words. */
  readonly notes: readonly string[]
}
