/** The pairs of clinic processes as workflows of the product, and the truth about each of their steps. */
import { readdirSync, readFileSync } from 'node:fs'
import { parseCsvText } from '../../../src/core/values/csv-text.ts'
import type { ReadProblem } from '../../../src/core/values/partial-document.ts'
import { readGraph, readTrace } from '../../../src/core/workflow/map/read.ts'
import { readScenario } from '../../../src/core/workflow/map/read-scenario.ts'
import type { Workflow, WorkflowSide } from '../../../src/core/workflow/map/workflow.ts'
import type { PairLink } from './pair-links.ts'
import { type Drawing, isWork, type Members, type PairText, readPairText } from './pair-text.ts'

/** `pairs`: causes of misses were looked for in some of them. `hold-out`: only totals over all of them are looked at. */
export const pairSets = ['pairs', 'hold-out'] as const
export type PairSet = (typeof pairSets)[number]

export const outcomes = [
  'unchanged',
  'neutral',
  'kept',
  'digitized',
  'relocated',
  'eliminated',
  'reduced',
  'worsened',
  'introduced',
  'unjudged',
] as const
export type TruthOutcome = (typeof outcomes)[number]

export const gains = ['waiting', 'touches', 'errors', 'hand-offs'] as const
export type Gain = (typeof gains)[number]

export interface TruthLine {
  readonly pair: string
  readonly side: WorkflowSide
  readonly element: string
  /** What was done to the step; `nothing` for a true negative. */
  readonly planted: string
  /** Each of them is right. */
  readonly outcomes: readonly TruthOutcome[]
  readonly gained: readonly Gain[]
  readonly why: string
}

export interface Pair {
  readonly slug: string
  readonly title: string
  readonly source: string
  readonly hidden: boolean
  /** Without links where `hidden`. */
  readonly workflow: Workflow
  /** The true links, in the ids of the workflow. */
  readonly links: readonly PairLink[]
  readonly problems: readonly ReadProblem[]
}

function fileOf(set: PairSet, name = ''): URL {
  return new URL(`${set}/${name}`, import.meta.url)
}

export function pairNames(set: PairSet): string[] {
  return readdirSync(fileOf(set))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -4))
    .sort()
}

export function readPair(set: PairSet, slug: string): Pair {
  const text = readPairText(slug, readFileSync(fileOf(set, `${slug}.txt`), 'utf8'))
  const named = futureNames(text)
  const links = text.links.map((link) => ({ ...link, to: link.to.map(named) }))
  const current = readGraph(graphJson(text, 'current', text.current), 'current')
  const future = readGraph(graphJson(text, 'future', renamed(text.future, named)), 'future')
  const trace = readTrace(text.hidden ? [] : links.map((link) => ({ ...link, from: [...link.from], to: [...link.to] })))
  const scenario = text.scenario === null ? { value: null, problems: [] } : readScenario(text.scenario)
  return {
    ...text,
    links,
    workflow: { id: slug, current: current.value, future: future.value, trace: trace.value, scenario: scenario.value },
    problems: [...current.problems, ...future.problems, ...trace.problems, ...scenario.problems],
  }
}

/** The lines of one pair; ids of its future map as in `readPair`. */
export function truthOf(set: PairSet, slug: string): TruthLine[] {
  const named = futureNames(readPairText(slug, readFileSync(fileOf(set, `${slug}.txt`), 'utf8')))
  return readTruth(set)
    .filter(({ pair }) => pair === slug)
    .map((line) => (line.side === 'future' ? { ...line, element: named(line.element) } : line))
}

export function readTruth(set: PairSet): TruthLine[] {
  const [header, ...rows] = parseCsvText(readFileSync(fileOf(set, 'truth.csv'), 'utf8'))
  return rows.map(({ cells }) => {
    const cell = (name: string): string => cells[header?.cells.indexOf(name) ?? -1] ?? ''
    return {
      pair: cell('pair'),
      side: cell('side') === 'future' ? 'future' : 'current',
      element: cell('element'),
      planted: cell('planted'),
      outcomes: listOf(cell('outcome'), outcomes),
      gained: cell('gained') === '' ? [] : listOf(cell('gained'), gains),
      why: cell('why'),
    }
  })
}

/** Where links are to be suggested, the ids of the future map must not give them away. */
function futureNames({ hidden, future }: PairText): (id: string) => string {
  const names = new Map<string, string>()
  if (hidden) for (const [id, node] of future.nodes) if (isWork(node)) names.set(id, `f${names.size + 1}`)
  return (id) => names.get(id) ?? id
}

function renamed(drawing: Drawing, named: (id: string) => string): Drawing {
  const nodes = [...drawing.nodes.values()].map((node): Members => ({ ...node, id: named(String(node.id)) }))
  const edges = drawing.edges.map((edge) => ({ ...edge, from: named(String(edge.from)), to: named(String(edge.to)) }))
  return { ...drawing, edges, nodes: new Map(nodes.map((node) => [String(node.id), node])) }
}

function graphJson({ slug, title }: PairText, side: WorkflowSide, { lanes, elements, nodes, edges }: Drawing): Members {
  return { format: 'carryover-workflow/1', id: slug, side, label: title, lanes, elements, nodes: [...nodes.values()], edges }
}

function listOf<T extends string>(cell: string, known: readonly T[]): T[] {
  return cell.split(' | ').map((word) => {
    const found = known.find((each) => each === word)
    if (!found) throw new Error(`truth.csv: "${word}" is none of ${known.join(', ')}.`)
    return found
  })
}
