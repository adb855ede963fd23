/** What a step says about itself: its kind as a word, its second line and its accessible name. */

import type { Severity } from '../../core/finding.ts'
import { meanOf } from '../../core/workflow/map/distribution.ts'
import { classOf, type Graph, type Node } from '../../core/workflow/map/workflow.ts'
import { formatDuration } from '../components/format.ts'

/** A finding as its step shows it. */
export interface Flag {
  readonly severity: Severity
  /** `moved, not removed`, `worse`, … */
  readonly words: string
}

export type KindMark = 'person' | 'hand' | 'gear' | 'check' | 'rekey' | 'sheet' | 'hourglass' | 'none'

/** What work of a step is drawn as; screens.md calls these kinds. */
export function markOf(node: Node): KindMark {
  if (node.type === 'document') return 'sheet'
  if (node.type === 'wait') return 'hourglass'
  if (node.type !== 'step') return 'none'
  if (node.kind === 'approve') return 'check'
  if (node.kind === 'transcribe') return 'rekey'
  if (node.kind === 'wait') return 'hourglass'
  if (node.medium === 'paper') return 'sheet'
  if (node.medium !== null && classOf(node.medium) === 'machine') return 'gear'
  if (node.medium !== null && classOf(node.medium) === 'physical') return 'hand'
  return 'person'
}

const markWords: Readonly<Record<KindMark, string>> = {
  person: 'step by person',
  hand: 'step off system',
  gear: 'step by system',
  check: 'approval',
  rekey: 're-keying',
  sheet: 'paper',
  hourglass: 'wait',
  none: '',
}

const typeWords = {
  start: 'start',
  end: 'end',
  step: 'step',
  wait: 'wait',
  decision: 'decision',
  parallel: 'parallel ways',
  inclusive: 'one or more ways',
  document: 'document',
  subworkflow: 'sub-workflow',
  note: 'note',
} as const

export function kindWord(node: Node): string {
  return node.type === 'step' ? markWords[markOf(node)] : typeWords[node.type]
}

/** Shorter waits are left to the inspector: on the map they would hide those that matter. */
const leastWait = 60

/** `4 min · wait 19 h`: working time, then the wait where there is one, else the medium. @param wait seconds, simulated or given */
export function detailOf(node: Node, wait: number | null): string {
  const parts: string[] = []
  if (node.service !== null) parts.push(formatDuration(meanOf(node.service)))
  if (wait !== null && wait >= leastWait) parts.push(`wait ${roughDuration(wait)}`)
  else if (node.medium !== null) parts.push(node.medium)
  return parts.join(' · ')
}

/** Whole hours from ten hours on, tenths below, so that a second line stays one line: `18 h`, `2.9 h`. */
export function roughDuration(seconds: number): string {
  if (seconds >= 35_820) return `${Math.round(seconds / 3600)} h`
  return seconds >= 3600 ? `${(seconds / 3600).toFixed(1)} h` : formatDuration(seconds)
}

function spoken(seconds: number): string {
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`
  if (seconds < 60) return plural(Math.round(seconds), 'second')
  if (seconds < 7200) return plural(Math.round(seconds / 60), 'minute')
  return plural(Math.round(seconds / 3600), 'hour')
}

/** "Approve in inbox, approval, Clinician, 1 minute, waits 18 hours, critical finding: moved, not removed. 1 in, 1 out." */
export function nameOf(graph: Graph, node: Node, wait: number | null, flag: Flag | null, ends: Ends): string {
  const { label, facts } = partsOf(graph, node, wait, flag)
  return `${[label, ...facts].join(', ')}. ${ends.into} in, ${ends.out} out.`
}

/** Name, kind, role, times and finding of a step as words. */
export function partsOf(
  graph: Graph,
  node: Node,
  wait: number | null,
  flag: Flag | null,
): { readonly label: string; readonly facts: readonly string[] } {
  const lane = node.lane === null ? null : graph.lanes.get(node.lane)
  const facts = [kindWord(node), lane ? lane.label : 'no lane']
  if (node.service !== null) facts.push(spoken(meanOf(node.service)))
  if (wait !== null && wait > 0) facts.push(`waits ${spoken(wait)}`)
  if (flag) facts.push(`${flag.severity} finding: ${flag.words}`)
  return { label: node.label === '' ? 'Without a name' : node.label, facts }
}

export interface Ends {
  readonly into: number
  readonly out: number
}

const noEnds: Ends = { into: 0, out: 0 }

/** How many flows enter and leave each step. */
export function countEnds(graph: Graph): (id: string) => Ends {
  const ends = new Map<string, Ends>()
  const add = (id: string, into: number, out: number): void => {
    const now = ends.get(id) ?? noEnds
    ends.set(id, { into: now.into + into, out: now.out + out })
  }
  for (const edge of graph.edges.values()) {
    add(edge.from, 0, 1)
    add(edge.to, 1, 0)
  }
  return (id) => ends.get(id) ?? noEnds
}
