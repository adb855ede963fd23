/** Lanes and workflows of a compiled model. */

import type { View } from '../../map/graph.ts'
import type { Discipline } from '../../map/scenario.ts'
import type { Shifts } from './shifts.ts'

export interface ModelLane {
  readonly id: string
  readonly label: string
  readonly servers: number
  readonly shifts: Shifts
  readonly sla: number | null
  readonly discipline: Discipline
}

/** One workflow of a model; its nodes stand in `Model.nodes` from `first` on, in the order of its view. */
export interface ModelPart {
  readonly view: View
  readonly first: number
}
