/** Words of BPMN 2.0 (OMG formal/2011-01-03) and what they are on a map. */
import type { Medium, Node, NodeType, StepKind } from '../../map/workflow.ts'
import { classOf } from '../../map/workflow.ts'

export const modelUri = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
export const diagramUri = 'http://www.omg.org/spec/BPMN/20100524/DI'
export const boundsUri = 'http://www.omg.org/spec/DD/20100524/DC'
export const linesUri = 'http://www.omg.org/spec/DD/20100524/DI'
/** Facts of a map that BPMN has no word for stand in `extensionElements` under this name, as JSON. */
export const carryoverUri = 'urn:carryover:workflow:1'

export interface Drawn {
  readonly type: NodeType
  readonly kind?: StepKind
  readonly medium?: Medium
}

export const activities: ReadonlyMap<string, Drawn> = new Map<string, Drawn>([
  ['task', { type: 'step' }],
  ['userTask', { type: 'step', medium: 'screen' }],
  ['manualTask', { type: 'step' }],
  ['serviceTask', { type: 'step', medium: 'auto' }],
  ['scriptTask', { type: 'step', medium: 'auto' }],
  ['businessRuleTask', { type: 'step', medium: 'auto' }],
  ['sendTask', { type: 'step', kind: 'notify' }],
  ['receiveTask', { type: 'wait' }],
  ['subProcess', { type: 'subworkflow' }],
  ['transaction', { type: 'subworkflow' }],
  ['adHocSubProcess', { type: 'subworkflow' }],
  ['callActivity', { type: 'subworkflow' }],
])

export const events: ReadonlyMap<string, Drawn> = new Map<string, Drawn>([
  ['startEvent', { type: 'start' }],
  ['endEvent', { type: 'end' }],
  ['intermediateCatchEvent', { type: 'wait' }],
  ['intermediateThrowEvent', { type: 'step', kind: 'notify' }],
])

export const gateways: ReadonlyMap<string, Drawn> = new Map<string, Drawn>([
  ['exclusiveGateway', { type: 'decision' }],
  ['eventBasedGateway', { type: 'decision' }],
  ['complexGateway', { type: 'inclusive' }],
  ['inclusiveGateway', { type: 'inclusive' }],
  ['parallelGateway', { type: 'parallel' }],
])

export const artifacts: ReadonlyMap<string, Drawn> = new Map<string, Drawn>([
  ['dataObjectReference', { type: 'document' }],
  ['dataStoreReference', { type: 'document' }],
  ['textAnnotation', { type: 'note' }],
])

export const drawn: ReadonlyMap<string, Drawn> = new Map([...activities, ...events, ...gateways, ...artifacts])

/** Every sort of event, attached ones included, for counting. */
export const allEvents: ReadonlySet<string> = new Set([...events.keys(), 'boundaryEvent'])

/** The word for a node: the one it came with where that still fits, else by its type and medium (screens §7.5). */
export function wordFor(node: Node, cameAs: string | null): string {
  if (cameAs !== null && drawn.get(cameAs)?.type === node.type) return cameAs
  if (node.type === 'step') {
    if (node.medium === null) return 'task'
    const way = classOf(node.medium)
    return way === 'physical' ? 'manualTask' : way === 'machine' ? 'serviceTask' : 'userTask'
  }
  return words[node.type]
}

const words: Readonly<Record<Exclude<NodeType, 'step'>, string>> = {
  start: 'startEvent',
  end: 'endEvent',
  wait: 'intermediateCatchEvent',
  decision: 'exclusiveGateway',
  parallel: 'parallelGateway',
  inclusive: 'inclusiveGateway',
  document: 'dataObjectReference',
  subworkflow: 'callActivity',
  note: 'textAnnotation',
}

/** Order of children inside an activity, event or gateway (Semantic.xsd); unknown ones come last, in the order they came. */
const order = [
  'documentation',
  'extensionElements',
  'auditing',
  'monitoring',
  'categoryValueRef',
  'incoming',
  'outgoing',
  'ioSpecification',
  'property',
  'dataOutput',
  'dataInput',
  'dataInputAssociation',
  'dataOutputAssociation',
  'inputSet',
  'outputSet',
  'performer',
  'humanPerformer',
  'potentialOwner',
  'resourceRole',
  'multiInstanceLoopCharacteristics',
  'standardLoopCharacteristics',
]

export function childRank(name: string): number {
  const rank = order.indexOf(name.slice(name.indexOf(':') + 1))
  return rank < 0 ? order.length : rank
}

/** Seconds of an ISO 8601 duration without months and years, which have no fixed length; null for anything else. */
export function secondsOfDuration(text: string): number | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text.trim())
  if (!match || text.trim().length < 3) return null
  const [, weeks, days, hours, minutes, seconds] = match.map((part) => Number(part ?? 0))
  return (weeks ?? 0) * 604_800 + (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

/** The other way, in whole seconds. */
export function durationOfSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  const parts: readonly [number, string][] = [
    [Math.floor(whole / 3600), 'H'],
    [Math.floor((whole % 3600) / 60), 'M'],
    [whole % 60, 'S'],
  ]
  const text = parts.map(([n, unit]) => (n > 0 ? `${n}${unit}` : '')).join('')
  return `PT${text === '' ? '0S' : text}`
}
