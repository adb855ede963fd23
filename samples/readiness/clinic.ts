/** The fictional clinic behind the example files of the board: who works where, on which workflows, around which day of go-live. Nobody in it exists. */

import type { inputFiles } from '../../src/core/readiness/input-files/files.ts'
import { addDays } from '../../src/core/values/day.ts'
import { flowOrder } from '../../src/core/workflow/map/graph.ts'
import { classOf, type Graph, isStep, type Node, type Workflow } from '../../src/core/workflow/map/workflow.ts'
import type { Flaw } from './flaws.ts'

export interface Clinic {
  /** The day on which the board is looked at; everything is dated from it. */
  readonly asOf: string
  readonly goLive: string
  readonly workflows: readonly Workflow[]
  /** Files of the old system with what was read from them. */
  readonly sources: readonly { readonly name: string; readonly records: number }[]
  readonly flaws: ReadonlySet<Flaw>
}

export interface Department {
  readonly name: string
  readonly role: string
  readonly profession: 'clinical' | 'admin' | 'it'
}

export const departments: readonly Department[] = [
  { name: 'Family medicine', role: 'Clinician', profession: 'clinical' },
  { name: 'Nursing', role: 'Nurse', profession: 'clinical' },
  { name: 'Vitals room', role: 'Medical assistant', profession: 'clinical' },
  { name: 'Front desk', role: 'Front desk', profession: 'admin' },
  { name: 'Systems', role: 'Analyst', profession: 'it' },
]

export const clinicalDepartments = departments.filter(({ profession }) => profession === 'clinical')

/** People of each department, numbered through the clinic. */
export const peoplePerDepartment = 6

export function personOf(department: number, n: number): string {
  return String(1001 + department * 100 + n)
}

export type InputName = keyof typeof inputFiles
type Cell = string | number | null

/** A file from its columns and rows; null and '' are empty cells. */
export function table(columns: string, rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string =>
    cells.map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : (cell ?? ''))).join(',')
  return `${[columns.split(' '), ...rows].map(line).join('\n')}\n`
}

export const range = (n: number): readonly number[] => Array.from({ length: n }, (_, index) => index)

/** A moment by the clock of the clinic. */
export function moment(day: string, clock: string): string {
  return `${day}T${clock}:00+01:00`
}

/** The day so many days after the board (before it, when negative). */
export function from({ asOf }: Clinic, days: number): string {
  return addDays(asOf, days)
}

/** First day of the month that lies so many months before that of the board. */
export function monthBefore({ asOf }: Clinic, months: number): string {
  const [year = 0, month = 1] = asOf.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10)
}

/** A day, where it is not after the board; what lies ahead is not done yet. */
export function done({ asOf }: Clinic, day: string): string {
  return day <= asOf ? day : ''
}

export interface Task {
  readonly workflow: string
  readonly node: Node
  readonly role: string
}

/** Steps of the future maps that are done by people of the clinic. */
export function tasksOf({ workflows }: Clinic): readonly Task[] {
  return workflows.flatMap(({ id, future }) =>
    flowOrder(future)
      .filter(isStep)
      .map((node) => ({ workflow: id, node, role: future.lanes.get(node.lane ?? '')?.label ?? 'Team' })),
  )
}

/** The usual way through a map as a log would name it: no exceptions, no waits, nothing that happens on paper or by phone. */
export function usualWay(graph: Graph): readonly Node[] {
  const start = [...graph.nodes.values()].find(({ type }) => type === 'start')
  const way: Node[] = []
  const seen = new Set<string>()
  for (let at = start?.id; at !== undefined && !seen.has(at); ) {
    seen.add(at)
    const node = graph.nodes.get(at)
    if (node && isStep(node)) way.push(node)
    const ahead = [...graph.edges.values()].filter(({ from: begin, exception }) => begin === at && !exception)
    at = (ahead.find(({ to }) => leadsOn(graph, to, seen)) ?? ahead[0])?.to
  }
  return way.filter(({ type, medium }) => type !== 'wait' && (medium === null || classOf(medium) !== 'physical'))
}

/** A decision may lead back: the way on is the one that reaches an end without what was passed. */
function leadsOn(graph: Graph, to: string, seen: ReadonlySet<string>): boolean {
  const open = [to]
  const known = new Set(seen)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (graph.nodes.get(at)?.type === 'end') return true
    if (known.has(at)) continue
    known.add(at)
    for (const edge of graph.edges.values()) if (edge.from === at && !edge.exception) open.push(edge.to)
  }
  return false
}
