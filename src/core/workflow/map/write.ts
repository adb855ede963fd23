/** Graph, trace and scenario → JSON text with one record per line, sorted by id: moving one step changes one line. */
import { digestOf, type Json } from '../../canonical.ts'
import { compareText } from '../../finding.ts'
import type { Extra } from '../../values/partial-document.ts'
import { type Attribute, type Scenario, type StepRun, scenarioFormat } from './scenario.ts'
import {
  type Batch,
  type Edge,
  type Element,
  type Graph,
  type Lane,
  type Node,
  type TraceLink,
  type Workflow,
  workflowFormat,
} from './workflow.ts'

export function graphText(graph: Graph): string {
  const head: [string, Json][] = [
    ['format', workflowFormat],
    ['id', graph.id],
    ['side', graph.side],
    ['label', graph.label],
  ]
  return document([
    ...head.map(([name, value]) => member(name, value)),
    records('lanes', sorted(graph.lanes).map(laneJson)),
    records('elements', sorted(graph.elements).map(elementJson)),
    records('nodes', sorted(graph.nodes).map(nodeJson)),
    records('edges', sorted(graph.edges).map(edgeJson)),
    ...extras(graph.extra),
  ])
}

export function traceText(trace: ReadonlyMap<string, TraceLink>): string {
  const lines = [...trace].sort(([a], [b]) => compareText(a, b)).map(([, link]) => `  ${JSON.stringify(linkJson(link))}`)
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`
}

export function scenarioText(scenario: Scenario): string {
  const { seed, replications, cases, days, warmup, attributes, priority, steps, goLive } = scenario
  return document([
    member('format', scenarioFormat),
    member('seed', seed),
    member('replications', replications),
    member('cases', cases),
    ...(days === null ? [] : [member('days', days)]),
    member('warmup', warmup),
    records(
      'arrivals',
      scenario.arrivals.map((arrival) => plain(arrival)),
    ),
    table('staff', scenario.staff),
    table('calendars', scenario.calendars),
    table('discipline', scenario.discipline),
    ...(attributes.size === 0
      ? []
      : [table('attributes', new Map([...attributes].map(([name, each]) => [name, attributeJson(each)])))]),
    ...(priority === null ? [] : [member('priority', plain(priority))]),
    ...(steps.size === 0 ? [] : [table('steps', new Map([...steps].map(([id, each]) => [id, stepRunJson(each)])))]),
    ...(goLive === null ? [] : [member('goLive', plain(goLive))]),
    ...extras(scenario.extra),
  ])
}

function attributeJson(attribute: Attribute): Json {
  return attribute.kind === 'number' ? plain(attribute.distribution) : Object.fromEntries(attribute.weights)
}

function stepRunJson({ needs, ...rest }: StepRun): Json {
  return plain({ needs: needs && Object.fromEntries(needs), ...rest })
}

/** `sha256:…` over everything of a workflow: current, future, trace and scenario. */
export function workflowDigest(workflow: Workflow): string {
  return digestOf([
    workflow.id,
    graphText(workflow.current),
    graphText(workflow.future),
    traceText(workflow.trace),
    workflow.scenario ? scenarioText(workflow.scenario) : null,
  ])
}

function document(members: readonly string[]): string {
  return `{\n${members.map((text) => `  ${text}`).join(',\n')}\n}\n`
}

function member(name: string, value: Json): string {
  return `${JSON.stringify(name)}: ${JSON.stringify(value)}`
}

function records(name: string, list: readonly Json[]): string {
  if (list.length === 0) return `${JSON.stringify(name)}: []`
  return `${JSON.stringify(name)}: [\n${list.map((record) => `    ${JSON.stringify(record)}`).join(',\n')}\n  ]`
}

function table(name: string, map: ReadonlyMap<string, unknown>): string {
  const rows = [...map].sort(([a], [b]) => compareText(a, b))
  if (rows.length === 0) return `${JSON.stringify(name)}: {}`
  return `${JSON.stringify(name)}: {\n${rows.map(([id, value]) => `    ${JSON.stringify(id)}: ${JSON.stringify(plain(value))}`).join(',\n')}\n  }`
}

function extras(extra: Extra): string[] {
  return Object.entries(extra).map(([name, value]) => member(name, value))
}

function sorted<T extends { readonly id: string }>(map: ReadonlyMap<string, T>): T[] {
  return [...map.values()].sort((a, b) => compareText(a.id, b.id))
}

function laneJson(lane: Lane): Json {
  const { extra, substitutes, mobile, ...rest } = lane
  const written = compact({ ...rest, substitutes: substitutes.length === 0 ? null : substitutes }, extra)
  // A lane that is known not to move differs from one nobody asked about.
  return mobile === null ? written : { ...written, mobile }
}

function elementJson({ extra, ...rest }: Element): Json {
  return compact(rest, extra)
}

function nodeJson({ extra, batch, pains, ...rest }: Node): Json {
  return compact({ ...rest, batch: batch && batchJson(batch), pains: pains.length === 0 ? null : pains }, extra)
}

function batchJson(batch: Batch): Json {
  const of = batch.kind === 'size' ? { size: batch.size } : { every: batch.every, offset: batch.offset }
  return compact({ ...of, run: batch.run, maxWait: batch.maxWait }, {})
}

function edgeJson({ extra, label, ...rest }: Edge): Json {
  return compact({ ...rest, label: label === '' ? null : label }, extra)
}

function linkJson({ extra, from, to, ...rest }: TraceLink): Json {
  return compact({ from, to, ...rest }, extra)
}

/** Leaves out null and false, which reading gives back, and adds the members nobody knew. */
function compact(record: object, extra: Extra): { readonly [name: string]: Json } {
  const out: Record<string, Json> = Object.create(null)
  for (const [name, value] of Object.entries(record)) if (value !== null && value !== false) out[name] = plain(value)
  for (const [name, value] of Object.entries(extra)) out[name] = value
  return out
}

/** Plain records of numbers, texts and lists are JSON as they stand; null members are left out. */
function plain(value: unknown): Json {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null)
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  const out: Record<string, Json> = Object.create(null)
  for (const [name, item] of Object.entries(value)) if (item !== null) out[name] = plain(item)
  return out
}
