/** Simulation parameters of BPSim 1.0/2.0 (XML, by itself or inside a BPMN file): times, arrivals, shares, people. */
import type { Distribution } from '../../distribution.ts'
import type { Workflow, WorkflowSide } from '../../workflow.ts'
import { readXmlTree, type XmlElement } from '../xml-tree.ts'
import { type ImportedParameters, ParameterTarget } from './imported.ts'

const unitSeconds: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  min: 60,
  hour: 3600,
  hours: 3600,
  hrs: 3600,
  day: 86_400,
  days: 86_400,
  year: 31_536_000,
}

/**
 * The first scenario of a file; further ones are named as losses. Null where there is none.
 * @throws XmlFault for what is no XML
 */
export function readBpsim(bytes: Uint8Array, workflow: Workflow, side: WorkflowSide): ImportedParameters | null {
  return readBpsimTree(readXmlTree(bytes), workflow, side)
}

/** The same of a file that was read already. */
export function readBpsimTree(root: XmlElement, workflow: Workflow, side: WorkflowSide): ImportedParameters | null {
  // A scenario stands in no other one: those inside are not looked into again.
  const scenarios = outermost(root, 'Scenario').filter(
    (each) => each.uri.includes('bpsim') || all(each, 'ElementParameters').length > 0,
  )
  const [scenario, ...others] = scenarios
  if (!scenario) return null
  const target = new ParameterTarget(workflow, side)
  for (const other of others) target.lose(other.attributes.get('id') ?? '', 'another scenario', 'the first of the file was taken')
  const settings = all(scenario, 'ScenarioParameters')[0]
  const base = unitSeconds[settings?.attributes.get('baseTimeUnit') ?? 'min'] ?? 60
  const replications = Number(settings?.attributes.get('replication'))
  if (replications >= 1) target.run({ replications: Math.round(replications) })
  const lasts = settings && inside(settings, 'Duration')
  const length = lasts ? distributionOf(lasts, base) : null
  if (length?.dist === 'constant' && length.value >= 86_400) target.run({ days: Math.round(length.value / 86_400) })
  else if (lasts) target.lose('ScenarioParameters', 'length of the run', 'only whole days are taken over')
  const names = new Map(all(root, 'resource').map((each) => [each.attributes.get('id') ?? '', each.attributes.get('name') ?? '']))
  for (const element of outermost(scenario, 'ElementParameters')) readElement(element, base, target, names)
  return target.done('BPSim')
}

function readElement(element: XmlElement, base: number, target: ParameterTarget, names: ReadonlyMap<string, string>): void {
  const ref = element.attributes.get('elementRef') ?? ''
  for (const group of elements(element))
    for (const parameter of elements(group)) {
      const lose = (why: string): void => target.lose(ref, parameter.local, why)
      const value = distributionOf(parameter, base)
      const plain = numberOf(parameter)
      const node = target.node(ref)
      switch (parameter.local) {
        case 'ProcessingTime':
        case 'WaitTime':
          if (!node) lose('the map has no step of this id or name')
          else if (value === null) lose(unknown(parameter))
          else target.set(node, parameter.local === 'WaitTime' ? { wait: value } : { service: value })
          break
        case 'InterTriggerTimer':
          if (!node) lose('the map has no start of this id or name')
          else if (value === null) lose(unknown(parameter))
          else target.arrive(node, value, null)
          break
        case 'TriggerCount':
          if (plain === null || plain < 1) lose(unknown(parameter))
          else target.run({ cases: Math.round(plain) })
          break
        case 'Probability': {
          const edge = target.edge(ref)
          if (!edge) lose('the map has no flow of this id or name')
          else if (plain === null || plain < 0 || plain > 1) lose('the value is no share from 0 to 1')
          else target.share(edge, plain)
          break
        }
        case 'Quantity': {
          const lane = target.lane(ref) ?? target.lane(names.get(ref) ?? '')
          if (!lane) lose('no lane has this id or the name of this resource')
          else if (plain === null) lose(unknown(parameter))
          else target.role(lane, plain, null)
          break
        }
        default:
          lose('this version does not take it over')
      }
    }
}

function unknown(parameter: XmlElement): string {
  return `${elements(parameter)[0]?.local ?? 'a value'} is not known here`
}

/** A time in seconds; units stand at the value, else the scenario says them. */
function distributionOf(parameter: XmlElement, base: number): Distribution | null {
  const [value] = elements(parameter).filter(({ local }) => local !== 'ResultRequest')
  if (!value) return null
  const unit = value.attributes.get('timeUnit')
  const scale = unit === undefined ? base : (unitSeconds[unit] ?? Number.NaN)
  const raw = (name: string): number => Number(value.attributes.get(name) ?? Number.NaN)
  const time = (name: string): number => raw(name) * scale
  const made = ((): Distribution | null => {
    switch (value.local) {
      case 'NumericParameter':
      case 'FloatingParameter':
        return { dist: 'constant', value: time('value') }
      case 'DurationParameter':
        return { dist: 'constant', value: isoSeconds(value.attributes.get('value') ?? '') }
      case 'UniformDistribution':
        return { dist: 'uniform', min: time('min'), max: time('max') }
      case 'TriangularDistribution':
        return { dist: 'triangular', min: time('min'), mode: time('mode'), max: time('max') }
      case 'NegativeExponentialDistribution':
        return { dist: 'exponential', mean: time('mean') }
      case 'NormalDistribution':
        return { dist: 'truncnormal', mean: time('mean'), sd: time('standardDeviation'), min: 0 }
      case 'TruncatedNormalDistribution':
        return { dist: 'truncnormal', mean: time('mean'), sd: time('standardDeviation'), min: Math.max(0, time('min')) }
      case 'LogNormalDistribution':
        return { dist: 'lognormal', mean: time('mean'), cv: raw('standardDeviation') / raw('mean') }
      case 'ErlangDistribution':
        return { dist: 'erlang', mean: time('mean'), k: raw('k') }
      case 'GammaDistribution':
        return { dist: 'gamma', mean: raw('shape') * time('scale'), cv: 1 / Math.sqrt(raw('shape')) }
      default:
        return null
    }
  })()
  return made && Object.values(made).every((each) => typeof each === 'string' || (Number.isFinite(each) && each >= 0))
    ? made
    : null
}

function numberOf(parameter: XmlElement): number | null {
  const [value] = elements(parameter).filter(({ local }) => local === 'NumericParameter' || local === 'FloatingParameter')
  const number = Number(value?.attributes.get('value') ?? Number.NaN)
  return Number.isFinite(number) ? number : null
}

/** `P1DT2H30M` → seconds; months and years have no fixed length and are no number here. */
function isoSeconds(text: string): number {
  const match = /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  if (!match || text === 'P' || text.endsWith('T')) return Number.NaN
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

function elements(of: XmlElement): readonly XmlElement[] {
  return of.children.filter((child): child is XmlElement => typeof child !== 'string')
}

function inside(of: XmlElement, local: string): XmlElement | undefined {
  return elements(of).find((child) => child.local === local)
}

/** Elements of this name that stand in no other of the same name. */
function outermost(of: XmlElement, local: string): readonly XmlElement[] {
  const found: XmlElement[] = []
  const open: XmlElement[] = [...elements(of)].reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop())
    if (next.local === local) found.push(next)
    else for (const child of [...elements(next)].reverse()) open.push(child)
  return found
}

/** Every element of this name below, in the order of the file; each is looked at once, however deep they are nested. */
function all(of: XmlElement, local: string): readonly XmlElement[] {
  const found: XmlElement[] = []
  const open: XmlElement[] = [...elements(of)].reverse()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.local === local) found.push(next)
    const inner = elements(next)
    for (let at = inner.length - 1; at >= 0; at--) open.push(inner[at] as XmlElement)
  }
  return found
}
