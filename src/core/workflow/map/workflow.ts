/** What people do: a workflow is a current and a future graph of steps, the trace between them and a scenario to run them. */
import * as v from 'valibot'
import { type Kept, object } from '../../values/document.ts'
import { blankOf, type Extra, record, records, takes } from '../../values/partial-document.ts'
import { duration, flag, from, text, texts, whole } from './members.ts'
import type { Scenario } from './scenario.ts'

export const nodeTypes = [
  'start',
  'end',
  'step',
  'wait',
  'decision',
  'parallel',
  'inclusive',
  'document',
  'subworkflow',
  'note',
] as const
export type NodeType = (typeof nodeTypes)[number]

export const stepKinds = [
  'do',
  'approve',
  'enter',
  'transcribe',
  'handoff',
  'wait',
  'decide',
  'notify',
  'check',
  'request',
  'exception',
] as const
export type StepKind = (typeof stepKinds)[number]

export const mediumClasses = {
  physical: ['paper', 'phone', 'fax', 'verbal', 'spreadsheet'],
  screen: ['screen', 'inbox', 'efax', 'portal'],
  machine: ['interface', 'auto'],
} as const
export type MediumClass = keyof typeof mediumClasses
export const media = [...mediumClasses.physical, ...mediumClasses.screen, ...mediumClasses.machine] as const
export type Medium = (typeof media)[number]

const classes: ReadonlyMap<Medium, MediumClass> = new Map([
  ...mediumClasses.physical.map((medium) => [medium, 'physical'] as const),
  ...mediumClasses.screen.map((medium) => [medium, 'screen'] as const),
  ...mediumClasses.machine.map((medium) => [medium, 'machine'] as const),
])

/** A spreadsheet is digital but outside the system of record, so it counts as physical. */
export function classOf(medium: Medium): MediumClass {
  return classes.get(medium) ?? 'physical'
}

export const places = ['fixed', 'mobile', 'remote'] as const

/** Handwriting counts as typed. */
export const writeModes = ['typed', 'picked', 'copied', 'scanned', 'auto'] as const
export type WriteMode = (typeof writeModes)[number]

export const outputs = ['print', 'pdf', 'fax'] as const

/** Best first: a finding carries the weakest level among the facts that made it fire. */
export const factLevels = ['log', 'observed', 'interview', 'assumed'] as const
export type FactLevel = (typeof factLevels)[number]

export const fates = ['kept', 'moved', 'merged', 'split', 'automated', 'eliminated', 'new'] as const
export type Fate = (typeof fates)[number]

export const sides = ['current', 'future'] as const
export type WorkflowSide = (typeof sides)[number]

/** What a team may colour steps by; the meaning is theirs. */
export const colours = ['blue', 'green', 'amber', 'red', 'violet', 'grey'] as const
export type Colour = (typeof colours)[number]

/** A point of a map in whole pixels. */
const corner = object({ x: whole, y: whole })

const lane = record({
  id: v.nullish(v.string(), ''),
  label: v.nullish(v.string(), ''),
  /** Top to bottom on the canvas; lanes of equal order stand by id. */
  order: v.nullish(v.number(), 0),
  /** Height of its band on the canvas in pixels. */
  height: v.nullish(from(0), 96),
  /** People on shift at once; null where nobody said. */
  staff: v.nullish(from(0), null),
  /** Name of a calendar of the scenario; null means always open. */
  calendar: text,
  licence: v.nullish(v.number(), null),
  mobile: v.nullish(v.boolean(), null),
  /** Lanes that can stand in. */
  substitutes: v.nullish(texts, []),
  wagePerHour: v.nullish(from(0), null),
  /** Seconds a case may wait for this role. */
  sla: v.nullish(from(0), null),
  /** Name of the department or building around it; neighbours that give the same name are drawn under one heading. */
  within: v.exactOptional(v.string()),
})
/** A role or a place that does steps. */
export type Lane = Kept<typeof lane>

const element = record({
  id: v.nullish(v.string(), ''),
  label: v.nullish(v.string(), ''),
  record: flag,
  safety: flag,
  /** Fields of the crosswalk that bring it, `allergies.ALLERGEN`; absent where nobody linked any. */
  fields: v.exactOptional(texts),
})
/** A piece of information that steps read and write. */
export type Element = Kept<typeof element>

const write = object({ element: v.string(), mode: v.picklist(writeModes) })
export type Write = Kept<typeof write>

const batch = v.pipe(
  object({
    size: v.nullish(from(1), null),
    every: v.nullish(from(1), null),
    offset: v.nullish(from(0), 0),
    run: v.nullish(v.picklist(['sequential', 'parallel']), 'sequential'),
    maxWait: v.nullish(from(0), null),
  }),
  v.check(({ size, every }) => size !== null || every !== null),
  v.transform(({ size, every, offset, run, maxWait }) =>
    size === null
      ? { kind: 'clock' as const, every: every ?? 0, offset, run, maxWait }
      : { kind: 'size' as const, size, run, maxWait },
  ),
  takes('{"size"} or {"every", "offset"}'),
)
/** Items gathered before work starts: by number, or by the clock (seconds from Monday 00:00). */
export type Batch = Kept<typeof batch>

const alerts = object({
  perCase: v.number(),
  override: v.nullish(v.number(), null),
  appropriate: v.nullish(v.number(), null),
})
export type Alerts = Kept<typeof alerts>

const stepEvidence = object({
  level: v.picklist(factLevels),
  source: v.nullish(v.string(), ''),
  n: v.nullish(v.number(), null),
})
export type StepEvidence = Kept<typeof stepEvidence>

const node = record({
  id: v.nullish(v.string(), ''),
  type: v.nullish(v.picklist(nodeTypes), 'step'),
  label: v.nullish(v.string(), ''),
  lane: text,
  /** Top left corner on the canvas in whole pixels. */
  x: v.nullish(whole, 0),
  y: v.nullish(whole, 0),
  kind: v.nullish(v.picklist(stepKinds), null),
  medium: v.nullish(v.picklist(media), null),
  place: v.nullish(v.picklist(places), null),
  /** Working time in seconds. */
  service: duration,
  /** Delay before the work, in seconds, that no queue of the map explains: transport, a patient's answer. */
  wait: duration,
  clicks: v.nullish(from(0), null),
  keys: v.nullish(from(0), null),
  screens: v.nullish(from(0), null),
  reads: v.nullish(texts, null),
  writes: v.nullish(v.pipe(v.array(write), takes('a list of {"element", "mode"}')), null),
  output: v.nullish(v.picklist(outputs), null),
  batch: v.nullish(batch, null),
  owner: text,
  /** Seconds within which the step has to be done. */
  sla: v.nullish(from(0), null),
  external: flag,
  safety: flag,
  alerts: v.nullish(v.pipe(alerts, takes('{"perCase", "override", "appropriate"}')), null),
  /** Share of cases, 0 to 1, that fit a protocol. */
  protocolShare: v.nullish(from(0), null),
  minLicence: v.nullish(v.number(), null),
  measuredBy: text,
  /** The request that this step closes. */
  closes: text,
  /** The step that this step documents; null means itself. */
  documents: text,
  /** Seconds between the act and its entry. */
  entryDelay: v.nullish(from(0), null),
  workaround: v.nullish(v.pipe(object({ cause: v.string() }), takes('{"cause": id of a step}')), null),
  pains: v.nullish(texts, []),
  evidence: v.nullish(v.pipe(stepEvidence, takes('{"level", "source", "n"}')), null),
  colour: v.exactOptional(v.picklist(colours)),
})
/** Null always means "nobody said", never "none": `writes: []` says that a step writes nothing. */
export type Node = Kept<typeof node>

const edge = record({
  id: v.nullish(v.string(), ''),
  from: v.nullish(v.string(), ''),
  to: v.nullish(v.string(), ''),
  /** Share of the cases leaving `from` that go this way; null where nobody said. */
  probability: v.nullish(from(0), null),
  label: v.nullish(v.string(), ''),
  reject: flag,
  exception: flag,
  /** Seconds after which waiting cases go this way; null for ordinary flows. */
  timeout: v.nullish(from(0), null),
  condition: text,
  /** Corners that a person gave its way, from beginning to end; absent where the way is found. */
  bends: v.exactOptional(v.pipe(v.array(corner), takes('a list of {"x", "y"}'))),
})
export type Edge = Kept<typeof edge>

const sortedTexts = v.nullish(
  v.pipe(
    texts,
    v.transform((ids) => [...ids].sort()),
  ),
  [],
)
const link = record({
  from: sortedTexts,
  to: sortedTexts,
  fate: v.nullish(v.picklist(fates), 'kept'),
  reason: text,
  by: text,
  at: text,
  suggested: flag,
  score: v.nullish(v.number(), null),
  purpose: text,
  beneficiary: text,
})
/** Which future steps a current step became; `to` empty with fate eliminated or automated, `from` empty with fate new. */
export type TraceLink = Kept<typeof link>

export const workflowFormat = 'carryover-workflow/1'

/** `workflows/<id>/current.json` and `future.json`. */
export const graphDocument = record({
  format: v.nullish(v.literal(workflowFormat), workflowFormat),
  id: text,
  side: text,
  label: text,
  lanes: records(lane),
  elements: records(element),
  nodes: records(node),
  edges: records(edge),
})

/** `workflows/<id>/trace.json`. */
export const traceDocument = v.array(link)
export const traceLinks = object({ links: records(link) })

/** Flat records keyed by id: an edit replaces one record. */
export interface Graph {
  readonly id: string
  readonly side: WorkflowSide
  readonly label: string
  readonly lanes: ReadonlyMap<string, Lane>
  readonly elements: ReadonlyMap<string, Element>
  readonly nodes: ReadonlyMap<string, Node>
  readonly edges: ReadonlyMap<string, Edge>
  readonly extra: Extra
}

export interface Workflow {
  readonly id: string
  readonly current: Graph
  readonly future: Graph
  /** Keyed by `linkKey`: the same ends are the same link. */
  readonly trace: ReadonlyMap<string, TraceLink>
  readonly scenario: Scenario | null
}

/** Names a link by its ends, whatever their order. */
export function linkKey(link: { readonly from: readonly string[]; readonly to: readonly string[] }): string {
  return `${[...link.from].sort().join(' ')} > ${[...link.to].sort().join(' ')}`
}

/** True for nodes where somebody or something works: the subjects of rules and of the trace. */
export function isStep(node: Node): boolean {
  return node.type === 'step' || node.type === 'subworkflow' || node.type === 'wait'
}

export const blankNode: Node = blankOf(node)
export const blankEdge: Edge = blankOf(edge)
export const blankLane: Lane = blankOf(lane)
export const blankLink: TraceLink = blankOf(link)

export function emptyGraph(id: string, side: WorkflowSide, label = ''): Graph {
  return { id, side, label, lanes: new Map(), elements: new Map(), nodes: new Map(), edges: new Map(), extra: {} }
}

export function emptyWorkflow(id: string, label = ''): Workflow {
  return {
    id,
    current: emptyGraph(id, 'current', label),
    future: emptyGraph(id, 'future', label),
    trace: new Map(),
    scenario: null,
  }
}
