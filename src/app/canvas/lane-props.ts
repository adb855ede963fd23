/** What lanes are given: captions above each map, what hands do with lanes, and what is selected. */

import type { WorkflowSide } from '../../core/workflow/map/workflow.ts'
import type { FarRows } from './far.ts'
import type { Stage } from './stage.ts'

/** What a caption says above a map. */
export interface Caption {
  /** Name of the system: MedTrack, OpenChart. */
  readonly system: string
  /** Instead of the side and its system. */
  readonly name?: string
  /** Median in seconds; null until the workflow was simulated. */
  readonly leadTime: number | null
  readonly p90: number | null
  /** A role is asked for more than its hours: the queue never ends. */
  readonly endless: boolean
  readonly stale: boolean
  /** Flows from one role to another. */
  readonly handoffs: number
}

/** What hands do with lanes. */
export interface LaneHands {
  readonly onLane: (side: WorkflowSide, lane: string) => void
  readonly onNaming: (side: WorkflowSide, lane: string) => void
  /** Null leaves the name as it was. */
  readonly onNamed: (side: WorkflowSide, lane: string, label: string | null) => void
  readonly onOrder: (side: WorkflowSide, lane: string, before: string | null) => void
  readonly onHeight: (side: WorkflowSide, lane: string, height: number) => void
  readonly onInsert: (side: WorkflowSide, before: string | null) => void
  readonly onLaneMenu: (side: WorkflowSide, lane: string, x: number, y: number) => void
}

export interface LaneBandsProps extends LaneHands {
  readonly stage: Stage
  readonly captions: Readonly<Record<WorkflowSide, Caption>>
  /** By `side/lane`: `4 steps · 20 min`. */
  readonly notes: ReadonlyMap<string, string>
  readonly selectedLane: string | null
  readonly namingLane: string | null
  readonly readOnly: boolean
  /** From afar lanes stand elsewhere; null where they zoom with the steps. */
  readonly far: FarRows | null
}
