/** What people do: a workflow is a current and a future graph of steps, the trace between them and a scenario to run them. */
import type { Distribution } from './distribution.ts'
import type { Extra } from './fields.ts'
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
export type Place = (typeof places)[number]

/** Handwriting counts as typed. */
export const writeModes = ['typed', 'picked', 'copied', 'scanned', 'auto'] as const
export type WriteMode = (typeof writeModes)[number]

export const outputs = ['print', 'pdf', 'fax'] as const
export type Output = (typeof outputs)[number]

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
export interface Corner {
  readonly x: number
  readonly y: number
}

/** A role or a place that does steps. */
export interface Lane {
  readonly id: string
  readonly label: string
  /** Top to bottom on the canvas; lanes of equal order stand by id. */
  readonly order: number
  /** Height of its band on the canvas in pixels. */
  readonly height: number
  /** People on shift at once; null where nobody said. */
  readonly staff: number | null
  /** Name of a calendar of the scenario; null means always open. */
  readonly calendar: string | null
  readonly licence: number | null
  readonly mobile: boolean | null
  /** Lanes that can stand in. */
  readonly substitutes: readonly string[]
  readonly wagePerHour: number | null
  /** Seconds a case may wait for this role. */
  readonly sla: number | null
  /** Name of the department or building around it; neighbours that give the same name are drawn under one heading. */
  readonly within?: string
  readonly extra: Extra
}

/** A piece of information that steps read and write. */
export interface Element {
  readonly id: string
  readonly label: string
  readonly record: boolean
  readonly safety: boolean
  /** Fields of the crosswalk that bring it, `allergies.ALLERGEN`; absent where nobody linked any. */
  readonly fields?: readonly string[]
  readonly extra: Extra
}

export interface Write {
  readonly element: string
  readonly mode: WriteMode
}

/** Items gathered before work starts: by number, or by the clock (seconds from Monday 00:00). */
export type Batch = (
  | { readonly kind: 'size'; readonly size: number }
  | { readonly kind: 'clock'; readonly every: number; readonly offset: number }
) & { readonly run: 'sequential' | 'parallel'; readonly maxWait: number | null }

export interface Alerts {
  readonly perCase: number
  readonly override: number | null
  readonly appropriate: number | null
}

export interface StepEvidence {
  readonly level: FactLevel
  readonly source: string
  readonly n: number | null
}

/** Null always means "nobody said", never "none": `writes: []` says that a step writes nothing. */
export interface Node {
  readonly id: string
  readonly type: NodeType
  readonly label: string
  readonly lane: string | null
  /** Top left corner on the canvas in whole pixels. */
  readonly x: number
  readonly y: number
  readonly kind: StepKind | null
  readonly medium: Medium | null
  readonly place: Place | null
  /** Working time in seconds. */
  readonly service: Distribution | null
  /** Delay before the work, in seconds, that no queue of the map explains: transport, a patient's answer. */
  readonly wait: Distribution | null
  readonly clicks: number | null
  readonly keys: number | null
  readonly screens: number | null
  readonly reads: readonly string[] | null
  readonly writes: readonly Write[] | null
  readonly output: Output | null
  readonly batch: Batch | null
  readonly owner: string | null
  /** Seconds within which the step has to be done. */
  readonly sla: number | null
  readonly external: boolean
  readonly safety: boolean
  readonly alerts: Alerts | null
  /** Share of cases, 0 to 1, that fit a protocol. */
  readonly protocolShare: number | null
  readonly minLicence: number | null
  readonly measuredBy: string | null
  /** The request that this step closes. */
  readonly closes: string | null
  /** The step that this step documents; null means itself. */
  readonly documents: string | null
  /** Seconds between the act and its entry. */
  readonly entryDelay: number | null
  readonly workaround: { readonly cause: string } | null
  readonly pains: readonly string[]
  readonly evidence: StepEvidence | null
  readonly colour?: Colour
  readonly extra: Extra
}

export interface Edge {
  readonly id: string
  readonly from: string
  readonly to: string
  /** Share of the cases leaving `from` that go this way; null where nobody said. */
  readonly probability: number | null
  readonly label: string
  readonly reject: boolean
  readonly exception: boolean
  /** Seconds after which waiting cases go this way; null for ordinary flows. */
  readonly timeout: number | null
  readonly condition: string | null
  /** Corners that a person gave its way, from beginning to end; absent where the way is found. */
  readonly bends?: readonly Corner[]
  readonly extra: Extra
}

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

/** Which future steps a current step became; `to` empty with fate eliminated or automated, `from` empty with fate new. */
export interface TraceLink {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly fate: Fate
  readonly reason: string | null
  readonly by: string | null
  readonly at: string | null
  readonly suggested: boolean
  readonly score: number | null
  readonly purpose: string | null
  readonly beneficiary: string | null
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

export const blankNode: Node = {
  id: '',
  type: 'step',
  label: '',
  lane: null,
  x: 0,
  y: 0,
  kind: null,
  medium: null,
  place: null,
  service: null,
  wait: null,
  clicks: null,
  keys: null,
  screens: null,
  reads: null,
  writes: null,
  output: null,
  batch: null,
  owner: null,
  sla: null,
  external: false,
  safety: false,
  alerts: null,
  protocolShare: null,
  minLicence: null,
  measuredBy: null,
  closes: null,
  documents: null,
  entryDelay: null,
  workaround: null,
  pains: [],
  evidence: null,
  extra: {},
}

export const blankEdge: Edge = {
  id: '',
  from: '',
  to: '',
  probability: null,
  label: '',
  reject: false,
  exception: false,
  timeout: null,
  condition: null,
  extra: {},
}

export const blankLane: Lane = {
  id: '',
  label: '',
  order: 0,
  height: 96,
  staff: null,
  calendar: null,
  licence: null,
  mobile: null,
  substitutes: [],
  wagePerHour: null,
  sla: null,
  extra: {},
}

export const blankLink: TraceLink = {
  from: [],
  to: [],
  fate: 'kept',
  reason: null,
  by: null,
  at: null,
  suggested: false,
  score: null,
  purpose: null,
  beneficiary: null,
  extra: {},
}

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
