/** A list of steps as people paste it: bullets, numbers, tabs of a spreadsheet, times as they are said. Every line is a step, in its order. */
import type { Distribution } from '../map/distribution.ts'
import { slugOf } from '../map/slug.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  type Edge,
  emptyGraph,
  type Graph,
  type Lane,
  type Node,
  type WorkflowSide,
} from '../map/workflow.ts'

const bullet = /^\s*(?:[-–—•*·▪◦]\s+|\(?\d{1,3}[.)]\s+|[a-z][.)]\s+)/i
const heads: ReadonlySet<string> = new Set(['step', 'task', 'activity', 'what', 'action', 'process step'])
const units: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hrs: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
}

/** `step | role | time`, or the same with tabs, or the step alone; a time that can not be read stays on the step as text. */
export function readPastedList(text: string, side: WorkflowSide, id = 'pasted'): Graph {
  const lanes = new Map<string, Lane>()
  const nodes = new Map<string, Node>()
  const edges = new Map<string, Edge>()
  let before: string | null = null
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    const [label = '', role = '', time = '', ...more] = cellsOf(line)
    if (label === '' || (at === 0 && heads.has(label.toLowerCase()))) continue
    const read = time === '' ? null : readSpokenTime(time)
    const left = [...(time !== '' && read === null ? [time] : []), ...more.filter((cell) => cell !== '')]
    const said = [...(read?.about || (read && read.time.dist !== 'constant') ? [time] : []), ...left]
    const node: Node = {
      ...blankNode,
      id: slugOf(label, nodes, 'step'),
      label,
      kind: 'do',
      lane: role === '' ? null : laneNamed(lanes, role),
      service: read?.time ?? null,
      evidence: said.length === 0 ? null : { level: 'assumed', source: `Pasted as “${said.join(' · ')}”`, n: null },
    }
    nodes.set(node.id, node)
    if (before !== null) join(edges, before, node.id)
    before = node.id
  }
  const [first] = nodes.keys()
  if (first === undefined || before === null) return emptyGraph(id, side, id)
  for (const type of ['start', 'end'] as const) {
    const event: Node = { ...blankNode, id: slugOf(type, nodes, type), type, label: type === 'start' ? 'Start' : 'End' }
    nodes.set(event.id, event)
    join(edges, type === 'start' ? event.id : before, type === 'start' ? first : event.id)
  }
  return { ...emptyGraph(id, side, id), lanes, nodes, edges }
}

function cellsOf(line: string): readonly string[] {
  const parts = line.includes('\t') ? line.split('\t') : line.split('|')
  const [first = '', ...rest] = parts.map((cell) => cell.trim())
  // A line that is nothing but a bullet and its columns still is a line.
  const label = first.replace(bullet, '').trim() || first || (rest.find((cell) => cell !== '') ?? '')
  return [label, ...rest]
}

function laneNamed(lanes: Map<string, Lane>, label: string): string {
  for (const lane of lanes.values()) if (lane.label === label) return lane.id
  const id = slugOf(label, lanes, 'lane')
  lanes.set(id, { ...blankLane, id, label, order: lanes.size })
  return id
}

function join(edges: Map<string, Edge>, from: string, to: string): void {
  const id = slugOf(`${from}-${to}`, edges, 'flow')
  edges.set(id, { ...blankEdge, id, from, to, probability: 1 })
}

/** `3`, `3 min`, `1,5 h`, `~2`, `about 2 min`, `3-5`, `3 to 5 min`, `00:01` (hours and minutes), `00:01:30`, `1h30`, `half an hour`, `a day`; null for anything else. */
export function readSpokenTime(text: string): { readonly time: Distribution; readonly about: boolean } | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/,(?=\d)/g, '.')
  const about = /^(?:~|≈|about|around|approx\.?|ca\.?|circa)\s*/.exec(plain)
  const rest = plain.slice(about?.[0].length ?? 0).replace(/\.$/, '')
  const clock = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(rest)
  if (clock) {
    const [hours, minutes, seconds] = [clock[1], clock[2], clock[3] ?? '0'].map(Number)
    return { time: constant((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)), about: about !== null }
  }
  const both = /^(\d+)\s*h(?:ours?)?\s*([0-5]?\d)\s*(?:m|min|minutes)?$/.exec(rest)
  if (both) return { time: constant(Number(both[1]) * 3600 + Number(both[2]) * 60), about: about !== null }
  const half = /^(?:half an? |1\/2 |½ ?)([a-z]+)$/.exec(rest)
  const one = half ?? /^an? ([a-z]+)$/.exec(rest)
  const named = one && unitOf(one[1] ?? '')
  if (named !== null) return { time: constant(half ? named / 2 : named), about: about !== null }
  const range = /^(\d+(?:\.\d+)?)\s*([a-z]*)\s*(?:-|–|—|to|bis)\s*(\d+(?:\.\d+)?)\s*([a-z]*)$/.exec(rest)
  if (range) {
    const unit = unitOf(range[4] || range[2] || '')
    const first = unitOf(range[2] || range[4] || '')
    if (unit === null || first === null) return null
    const [min, max] = [Number(range[1]) * first, Number(range[3]) * unit].sort((a, b) => a - b)
    return { time: min === max ? constant(min ?? 0) : { dist: 'uniform', min: min ?? 0, max: max ?? 0 }, about: about !== null }
  }
  const single = /^(\d*\.?\d+)\s*([a-z]*)$/.exec(rest)
  const unit = single ? unitOf(single[2] ?? '') : null
  return single && unit !== null ? { time: constant(Number(single[1]) * unit), about: about !== null } : null
}

/** A number alone is minutes. */
function unitOf(word: string): number | null {
  return word === '' ? 60 : (units[word] ?? null)
}

function constant(value: number): Distribution {
  return { dist: 'constant', value }
}

/** Notation with flows, roles or facts is a sketch; everything else is a list. */
export function isPlainList(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return !lines.some(
    (line) =>
      /\s-(?:[^>]*?-)?>\s/.test(line) || /[{}]/.test(line) || /^(?:lane|element)\s/.test(line.trim()) || line.trim() === 'bare',
  )
}
