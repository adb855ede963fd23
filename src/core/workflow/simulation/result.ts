/** What a simulation says about one graph: means with intervals over replications, all times in seconds. */

/** Mean over replications with its 95 % Student interval. */
export interface Estimate {
  readonly mean: number
  readonly interval: readonly [number, number]
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
  /** Per replication, per case: for paired differences between two graphs. */
  readonly series: { readonly wait: readonly number[]; readonly batch: readonly number[]; readonly lead: readonly number[] }
}

export interface SimulatedRole {
  readonly id: string
  readonly utilisation: number
  readonly interval: readonly [number, number]
  /** Work asked for as a share of open hours, by formula; 1 and more never catches up. */
  readonly load: number
  /** Mean wait in the queue of the role per visit, in open hours; steps that gather items first are left out. */
  readonly wait: Estimate & { readonly series: readonly number[] }
  /** Share of visits that wait longer than the SLA of the lane; null without one. */
  readonly late: number | null
}

export interface SimulationResult {
  readonly seed: number
  readonly replications: number
  readonly cases: number
  /** Cases left out at the beginning of each replication (mean). */
  readonly warmup: number
  /** False when the warm-up never ended: the numbers describe a system that is still filling. */
  readonly settled: boolean
  /** Null when a role never catches up: there is no mean to report. */
  readonly leadTime: (Estimate & { readonly p50: number; readonly p90: number; readonly series: readonly number[] }) | null
  readonly touchTime: Estimate
  readonly steps: readonly SimulatedStep[]
  readonly roles: readonly SimulatedRole[]
  /** Roles asked for more than their hours. */
  readonly unstable: readonly string[]
  readonly events: number
  /** Things the run could not use as drawn, in words. */
  readonly notes: readonly string[]
}
