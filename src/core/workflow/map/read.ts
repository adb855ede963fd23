/** Unknown JSON → graph, trace: `carryover-workflow/1`. Nothing is dropped silently: problems are listed, unknown members kept. */
import type { Json } from '../../canonical.ts'
import { type Distribution, distributionParameters, flawOf } from './distribution.ts'
import { Fields, isObject, type ReadProblem } from './fields.ts'
import {
  type Alerts,
  type Batch,
  blankEdge,
  blankLane,
  blankLink,
  blankNode,
  type Corner,
  colours,
  type Edge,
  type Element,
  emptyGraph,
  factLevels,
  fates,
  type Graph,
  type Lane,
  linkKey,
  media,
  type Node,
  nodeTypes,
  outputs,
  places,
  type StepEvidence,
  stepKinds,
  type TraceLink,
  type WorkflowSide,
  type Write,
  writeModes,
} from './workflow.ts'

export interface Read<T> {
  readonly value: T
  readonly problems: readonly ReadProblem[]
}

export const workflowFormat = 'carryover-workflow/1'

/** Reads `current.json` or `future.json`. `side` is what the file is used as; a file that says otherwise is reported. */
export function readGraph(json: unknown, side: WorkflowSide): Read<Graph> {
  const problems: ReadProblem[] = []
  if (!isObject(json)) {
    problems.push({ place: '$', sentence: 'The file is not a workflow: it does not hold a JSON object.' })
    return { value: emptyGraph('workflow', side), problems }
  }
  const fields = new Fields(json, '$', problems)
  const format = fields.text('format')
  if (format !== workflowFormat)
    problems.push({
      place: '$.format',
      sentence: `$.format is ${JSON.stringify(format)}; this version reads "${workflowFormat}".`,
    })
  const id = fields.text('id') ?? 'workflow'
  const said = fields.text('side')
  if (said !== null && said !== side)
    problems.push({ place: '$.side', sentence: `The file says it is the ${said} side; it is read as the ${side} one.` })
  const label = fields.text('label') ?? id
  const lanes = keyed(fields.list('lanes', readLane), '$.lanes', problems)
  const elements = keyed(fields.list('elements', readElement), '$.elements', problems)
  const nodes = keyed(
    fields.list('nodes', (node, place) => readNode(node, place, problems)),
    '$.nodes',
    problems,
  )
  const edges = keyed(fields.list('edges', readEdge), '$.edges', problems)
  return { value: { id, side, label, lanes, elements, nodes, edges, extra: fields.rest() }, problems }
}

/** Reads `trace.json`. */
export function readTrace(json: unknown): Read<ReadonlyMap<string, TraceLink>> {
  const problems: ReadProblem[] = []
  const trace = new Map<string, TraceLink>()
  if (!Array.isArray(json)) {
    problems.push({ place: '$', sentence: 'The file is not a trace: it does not hold a JSON list.' })
    return { value: trace, problems }
  }
  const links = new Fields({ links: json }, '$', problems).list('links', readLink)
  for (const link of links) {
    const key = linkKey(link)
    if (trace.has(key)) problems.push({ place: '$', sentence: `The link ${key} is there twice; the last one counts.` })
    trace.set(key, link)
  }
  return { value: new Map([...trace].sort(([a], [b]) => (a < b ? -1 : 1))), problems }
}

function readLane(f: Fields, place: string): Lane {
  const within = f.text('within')
  return {
    id: f.text('id') ?? place,
    label: f.text('label') ?? '',
    order: f.number('order') ?? blankLane.order,
    height: f.number('height', 0) ?? blankLane.height,
    staff: f.number('staff', 0),
    calendar: f.text('calendar'),
    licence: f.number('licence'),
    mobile: f.flag('mobile'),
    substitutes: f.texts('substitutes') ?? [],
    wagePerHour: f.number('wagePerHour', 0),
    sla: f.number('sla', 0),
    ...(within ? { within } : {}),
    extra: f.rest(),
  }
}

function readElement(f: Fields, place: string): Element {
  const fields = f.texts('fields')
  return {
    id: f.text('id') ?? place,
    label: f.text('label') ?? '',
    record: f.flag('record') ?? false,
    safety: f.flag('safety') ?? false,
    ...(fields === null ? {} : { fields }),
    extra: f.rest(),
  }
}

function readNode(f: Fields, place: string, problems: ReadProblem[]): Node {
  const colour = f.one('colour', colours)
  return {
    id: f.text('id') ?? place,
    type: f.one('type', nodeTypes) ?? blankNode.type,
    label: f.text('label') ?? '',
    lane: f.text('lane'),
    x: Math.round(f.number('x') ?? 0),
    y: Math.round(f.number('y') ?? 0),
    kind: f.one('kind', stepKinds),
    medium: f.one('medium', media),
    place: f.one('place', places),
    service: readTime(f, 'service'),
    wait: readTime(f, 'wait'),
    clicks: f.number('clicks', 0),
    keys: f.number('keys', 0),
    screens: f.number('screens', 0),
    reads: f.texts('reads'),
    writes: f.whole('writes', readWrites, 'a list of {"element", "mode"}'),
    output: f.one('output', outputs),
    batch: f.whole('batch', (value) => readBatch(value, `${place}.batch`, problems), '{"size"} or {"every", "offset"}'),
    owner: f.text('owner'),
    sla: f.number('sla', 0),
    external: f.flag('external') ?? false,
    safety: f.flag('safety') ?? false,
    alerts: f.whole('alerts', readAlerts, '{"perCase", "override", "appropriate"}'),
    protocolShare: f.number('protocolShare', 0),
    minLicence: f.number('minLicence'),
    measuredBy: f.text('measuredBy'),
    closes: f.text('closes'),
    documents: f.text('documents'),
    entryDelay: f.number('entryDelay', 0),
    workaround: f.whole(
      'workaround',
      (value) => (isObject(value) && typeof value.cause === 'string' ? { cause: value.cause } : null),
      '{"cause": id of a step}',
    ),
    pains: f.texts('pains') ?? [],
    evidence: f.whole('evidence', readEvidence, '{"level", "source", "n"}'),
    ...(colour ? { colour } : {}),
    extra: f.rest(),
  }
}

function readEdge(f: Fields, place: string): Edge {
  const bends = f.whole('bends', readBends, 'a list of {"x", "y"}')
  return {
    id: f.text('id') ?? place,
    from: f.text('from') ?? '',
    to: f.text('to') ?? '',
    probability: f.number('probability', 0),
    label: f.text('label') ?? blankEdge.label,
    reject: f.flag('reject') ?? false,
    exception: f.flag('exception') ?? false,
    timeout: f.number('timeout', 0),
    condition: f.text('condition'),
    ...(bends && bends.length > 0 ? { bends } : {}),
    extra: f.rest(),
  }
}

function readBends(value: Json): readonly Corner[] | null {
  if (!Array.isArray(value)) return null
  const bends: Corner[] = []
  for (const item of value) {
    if (!isObject(item) || typeof item.x !== 'number' || typeof item.y !== 'number') return null
    bends.push({ x: Math.round(item.x), y: Math.round(item.y) })
  }
  return bends
}

function readLink(f: Fields): TraceLink {
  return {
    from: [...(f.texts('from') ?? [])].sort(),
    to: [...(f.texts('to') ?? [])].sort(),
    fate: f.one('fate', fates) ?? blankLink.fate,
    reason: f.text('reason'),
    by: f.text('by'),
    at: f.text('at'),
    suggested: f.flag('suggested') ?? false,
    score: f.number('score'),
    purpose: f.text('purpose'),
    beneficiary: f.text('beneficiary'),
    extra: f.rest(),
  }
}

function readTime(f: Fields, name: string): Distribution | null {
  return f.whole(name, readDistribution, timeWanted)
}

/** What stands where a time is read: with the flaw of a distribution that is one by its members only. */
export function timeWanted(value: Json): string {
  const flaw = isDistribution(value) ? flawOf(value) : null
  const all = `a distribution (${Object.keys(distributionParameters).join(', ')})`
  return flaw === null ? all : `${all} of possible times, and here ${flaw}`
}

/** Null for anything that is not one of the nine distributions with its numbers, or whose numbers make no times. */
export function readDistribution(value: Json): Distribution | null {
  return isDistribution(value) && flawOf(value) === null ? value : null
}

function isDistribution(value: Json): value is Distribution {
  if (!isObject(value) || typeof value.dist !== 'string') return false
  const { dist } = value
  const known = Object.entries(distributionParameters).find(([name]) => name === dist)
  if (!known) return false
  return known[1].every((name) => {
    const given = value[name]
    return Array.isArray(given) ? given.every((item) => typeof item === 'number') : typeof given === 'number'
  })
}

function readWrites(value: Json): readonly Write[] | null {
  if (!Array.isArray(value)) return null
  const writes: Write[] = []
  for (const item of value) {
    if (!isObject(item) || typeof item.element !== 'string') return null
    const mode = writeModes.find((known) => known === item.mode)
    if (!mode) return null
    writes.push({ element: item.element, mode })
  }
  return writes
}

function readBatch(value: Json, place: string, problems: ReadProblem[]): Batch | null {
  if (!isObject(value)) return null
  const f = new Fields(value, place, problems)
  const size = f.number('size', 1)
  const every = f.number('every', 1)
  const shared = {
    run: f.one('run', ['sequential', 'parallel'] as const) ?? 'sequential',
    maxWait: f.number('maxWait', 0),
  } as const
  if (size !== null) return { kind: 'size', size, ...shared }
  return every === null ? null : { kind: 'clock', every, offset: f.number('offset', 0) ?? 0, ...shared }
}

function readAlerts(value: Json): Alerts | null {
  if (!isObject(value) || typeof value.perCase !== 'number') return null
  const share = (given: Json | undefined): number | null => (typeof given === 'number' ? given : null)
  return { perCase: value.perCase, override: share(value.override), appropriate: share(value.appropriate) }
}

function readEvidence(value: Json): StepEvidence | null {
  if (!isObject(value)) return null
  const level = factLevels.find((known) => known === value.level)
  if (!level) return null
  return {
    level,
    source: typeof value.source === 'string' ? value.source : '',
    n: typeof value.n === 'number' ? value.n : null,
  }
}

/** By id, in id order; the first of two records with one id counts, and the second is named. */
function keyed<T extends { readonly id: string }>(records: readonly T[], place: string, problems: ReadProblem[]): Map<string, T> {
  const map = new Map<string, T>()
  for (const record of records) {
    if (map.has(record.id))
      problems.push({ place, sentence: `${place} holds the id "${record.id}" twice; the first one counts.` })
    else map.set(record.id, record)
  }
  return new Map([...map].sort(([a], [b]) => (a < b ? -1 : 1)))
}
