/** A map as a table of its steps, for spreadsheets, and back: one row per step, flows in the column `next`. */
/// <reference path="../../data/read/papaparse.d.ts" />
import Papa from 'papaparse'
import { orderedLanes, placed } from '../drawing/layout.ts'
import { meanOf } from '../map/distribution.ts'
import { readGraph } from '../map/read.ts'
import { slugOf } from '../map/slug.ts'
import { type Graph, media, type Node, nodeTypes, stepKinds, type WorkflowSide, workflowFormat } from '../map/workflow.ts'
import { factsNotWritten, type Written } from './loss/facts-not-written.ts'
import type { Loss } from './loss/loss.ts'

export const stepColumns = ['id', 'step', 'type', 'kind', 'role', 'medium', 'minutes', 'wait_minutes', 'clicks', 'next'] as const
type Column = (typeof stepColumns)[number]

const written: Written = {
  format: 'a table of steps',
  nodes: new Set(['label', 'kind', 'lane', 'medium', 'service', 'wait', 'clicks']),
  edges: new Set(['probability']),
  lanes: new Set(['label']),
}

/** Names that people give these columns. */
export const alsoCalled: Readonly<Record<string, Column>> = {
  name: 'step',
  task: 'step',
  activity: 'step',
  label: 'step',
  lane: 'role',
  actor: 'role',
  who: 'role',
  duration: 'minutes',
  time: 'minutes',
  wait: 'wait_minutes',
  waiting: 'wait_minutes',
  nr: 'id',
  no: 'id',
  number: 'id',
  successor: 'next',
  successors: 'next',
}

/** RFC 4180, with every cell quoted that could be read as a formula or holds a delimiter. */
export function writeStepList(graph: Graph): { readonly text: string; readonly losses: readonly Loss[] } {
  const out = new Map<string, string[]>()
  for (const edge of graph.edges.values()) {
    const share = edge.probability !== null && edge.probability < 1 ? `@${edge.probability}` : ''
    const list = out.get(edge.from) ?? []
    list.push(`${edge.to}${share}`)
    out.set(edge.from, list)
  }
  const order = new Map(orderedLanes(graph).map((lane, index) => [lane.id, index]))
  const nodes = [...graph.nodes.values()].sort(
    (a, b) => a.x - b.x || (order.get(a.lane ?? '') ?? -1) - (order.get(b.lane ?? '') ?? -1),
  )
  const rows = nodes.map((node) => [
    node.id,
    node.label,
    node.type,
    node.kind ?? '',
    graph.lanes.get(node.lane ?? '')?.label ?? '',
    node.medium ?? '',
    minutes(node.service),
    minutes(node.wait),
    node.clicks === null ? '' : String(node.clicks),
    (out.get(node.id) ?? []).join('; '),
  ])
  return {
    text: `${[stepColumns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`,
    losses: factsNotWritten(graph, written),
  }
}

function minutes(time: Node['service']): string {
  return time === null ? '' : String(Math.round((meanOf(time) / 60) * 100) / 100)
}

function cell(text: string): string {
  // A cell that a spreadsheet would run is told as text by one leading apostrophe (CWE-1236).
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Cells of a delimited table; an empty delimiter is found in the text. */
export function tableRows(text: string, delimiter: string): readonly (readonly string[])[] {
  const { data } = Papa.parse(text.replace(/^\ufeff/, ''), {
    header: false,
    skipEmptyLines: true,
    delimiter,
    quoteChar: '"',
    dynamicTyping: false,
    preview: 0,
  })
  return data
}

export interface StepListReading {
  readonly graph: Graph
  readonly losses: readonly Loss[]
}

/** Reads such a table, or any with a column that names the steps; without `next`, each row follows the one above; without `type`, a start and an end are added. A sentence where it is none. */
export function readStepList(text: string, side: WorkflowSide, id = 'workflow'): StepListReading | string {
  const data = tableRows(text, '')
  const [head = [], ...rows] = data
  const places = new Map<Column, number>()
  for (const [index, name] of head.entries()) {
    const plain = name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_')
    const column = stepColumns.find((known) => known === plain) ?? alsoCalled[plain]
    if (column && !places.has(column)) places.set(column, index)
  }
  if (!places.has('step'))
    return 'The first row names no column “step” (or “task”, “activity”, “name”), so there is nothing to draw.'
  if (rows.length === 0) return 'The table holds its head and no step.'
  const losses: Loss[] = []
  const at = (row: readonly string[], column: Column): string =>
    row[places.get(column) ?? -1]?.trim().replace(/^'(?=[=+\-@])/, '') ?? ''
  const taken = new Set<string>()
  const laneIds = new Map<string, string>()
  const steps = rows.map((row, index) => {
    const wanted = at(row, 'id')
    const nodeId = wanted !== '' && !taken.has(wanted) ? wanted : slugOf(at(row, 'step'), taken, 'step')
    if (wanted !== '' && wanted !== nodeId)
      losses.push({ id: wanted, what: `row ${index + 2}`, why: `its id is used twice; this one is now ${nodeId}` })
    taken.add(nodeId)
    const role = at(row, 'role')
    if (role !== '' && !laneIds.has(role)) laneIds.set(role, slugOf(role, new Set(laneIds.values()), 'lane'))
    const one = <T extends string>(column: Column, of: readonly T[]): T | null => {
      const said = at(row, column).toLowerCase()
      const found = of.find((value) => value === said) ?? null
      if (said !== '' && found === null)
        losses.push({ id: nodeId, what: `${column} “${at(row, column)}”`, why: `it takes one of ${of.join(', ')}` })
      return found
    }
    const number = (column: Column, unit: number): number | null => {
      const said = at(row, column)
      const value = said === '' ? Number.NaN : Number(said.replace(',', '.')) * unit
      if (said !== '' && !(value >= 0))
        losses.push({ id: nodeId, what: `${column} “${said}”`, why: 'it takes a number from 0 up' })
      return value >= 0 ? value : null
    }
    const time = (column: Column): { dist: 'constant'; value: number } | null => {
      const value = number(column, 60)
      return value === null ? null : { dist: 'constant', value }
    }
    return {
      node: {
        id: nodeId,
        label: at(row, 'step'),
        type: one('type', nodeTypes) ?? 'step',
        kind: one('kind', stepKinds),
        medium: one('medium', media),
        lane: laneIds.get(role) ?? null,
        service: time('minutes'),
        wait: time('wait_minutes'),
        clicks: number('clicks', 1),
      },
      next: at(row, 'next'),
    }
  })
  const edges: { id: string; from: string; to: string; probability: number | null }[] = []
  const join = (from: string, to: string, probability: number | null): void => {
    const edgeId = slugOf(`${from}-${to}`, new Set(edges.map((edge) => edge.id)), 'flow')
    edges.push({ id: edgeId, from, to, probability })
  }
  for (const [index, { node, next }] of steps.entries()) {
    const after = steps[index + 1]?.node.id
    if (!places.has('next')) {
      if (after !== undefined) join(node.id, after, null)
      continue
    }
    for (const part of next.split(';').map((each) => each.trim())) {
      if (part === '') continue
      const [, name = part, share] = /^(.*?)(?:@(\d*\.?\d+))?$/.exec(part) ?? []
      const to = taken.has(name) ? name : steps.find((each) => each.node.label === name)?.node.id
      if (to === undefined) losses.push({ id: node.id, what: `next “${name}”`, why: 'no row has this id or name' })
      else join(node.id, to, share === undefined ? null : Number(share))
    }
  }
  // A list without types has no word for a beginning and an end: both are meant, as in a list that is pasted.
  const events = places.has('type')
    ? []
    : (['start', 'end'] as const).map((type) => ({
        id: slugOf(type, taken, type),
        type,
        label: type === 'start' ? 'Start' : 'End',
      }))
  const led = new Set(edges.map(({ to }) => to))
  const left = new Set(edges.map(({ from }) => from))
  const ids = steps.map(({ node }) => node.id)
  const entries = ids.filter((each) => !led.has(each))
  const exits = ids.filter((each) => !left.has(each))
  for (const { id: event, type } of events)
    if (type === 'start') for (const to of entries.length > 0 ? entries : ids.slice(0, 1)) join(event, to, null)
    else for (const from of exits.length > 0 ? exits : ids.slice(-1)) join(from, event, null)
  const lanes = [...laneIds].map(([label, laneId], order) => ({ id: laneId, label, order }))
  const { value } = readGraph(
    {
      format: workflowFormat,
      id,
      side,
      label: id,
      lanes,
      elements: [],
      nodes: [...steps.map(({ node }) => node), ...events],
      edges,
    },
    side,
  )
  return { graph: placed(value), losses }
}
