/** The shape of a structural rule: is the map itself well drawn? Errors of flow have to be mended before survival is judged. */
import type { Wording } from '../../rule.ts'
import type { View } from '../map/graph.ts'

export interface Flaw {
  readonly nodes: readonly string[]
  readonly edges: readonly string[]
  /** What is wrong here, naming the step. */
  readonly sentence: string
}

export interface StructureRule extends Wording {
  /** True when cases can not run through the map: no simulation and no survival judgement until it is mended. */
  readonly blocks: boolean
  find(view: View): Iterable<Flaw>
}

export function flaw(nodes: readonly string[], sentence: string, edges: readonly string[] = []): Flaw {
  return { nodes, edges, sentence }
}

/** A sound small map that no structural rule has anything against. */
export const soundMap = 'Desk: Take call {phone 3m} -> Nurse: Check chart {check screen 2m}'
