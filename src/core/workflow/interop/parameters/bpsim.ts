/** Simulation parameters of BPSim 1.0/2.0 (XML, by itself or inside a BPMN file): times, arrivals, shares, people. */
import { type Distribution, flawOf } from '../../map/distribution.ts'
import type { Workflow, WorkflowSide } from '../../map/workflow.ts'
import { readXmlTree, type XmlElement } from '../../xml/xml-tree.ts'
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
  const base = readScenario(scenario, target)
  const names = new Map(all(root, 'resource').map((each) => [each.attributes.get('id') ?? '', each.attributes.get('name') ?? '']))
  for (const element of outermost(scenario, 'ElementParameters')) readElement(element, base, target, names)
  return target.done('BPSim')
}

/** What the scenario says of itself; gives the seconds of its unit of time. Whatever has no place in a scenario here is named. */
function readScenario(scenario: XmlElement, target: ParameterTarget): number {
  const id = scenario.attributes.get('id') ?? ''
  const settings = all(scenario, 'ScenarioParameters')[0]
  const inherits = scenario.attributes.get('inherits')
  if (inherits !== undefined)
    target.lose(id, `what it inherits from ${inherits}`, 'only what stands in the scenario itself is read')
  for (const part of elements(scenario))
    if (part.local !== 'ScenarioParameters' && part.local !== 'ElementParameters')
      target.lose(part.attributes.get('id') ?? id, part.attributes.get('name') ?? part.local, `${part.local} is not read here`)
  const asked = all(scenario, 'ResultRequest').length
  if (asked > 0)
    target.lose(id, 'ResultRequest', `what to report is asked for ${asked} times; the reports here are always the same`)
  const unit = settings?.attributes.get('baseTimeUnit')
  const base = unitSeconds[unit ?? 'min']
  if (base === undefined)
    target.approximate('ScenarioParameters', 'baseTimeUnit', `${unit} is no unit of time; minutes were taken`)
  const replications = Number(settings?.attributes.get('replication'))
  if (replications >= 1) target.run({ replications: Math.round(replications) })
  const seed = settings?.attributes.get('seed')
  if (seed !== undefined && Number.isSafeInteger(Number(seed)) && Number(seed) >= 0) target.run({ seed: Number(seed) })
  else if (seed !== undefined) target.lose('ScenarioParameters', 'seed', `${seed} is no whole number from 0 up`)
  for (const part of settings ? elements(settings) : []) {
    if (part.local === 'ResultRequest') continue
    if (part.local === 'Duration') readLength(part, base ?? 60, target)
    else target.lose('ScenarioParameters', part.local, settingWords[part.local] ?? 'this version does not take it over')
  }
  return base ?? 60
}

const settingWords: Readonly<Record<string, string>> = {
  Warmup: 'how long to run before counting is found from the run itself (MSER-5)',
  Start: 'runs begin on a Monday at 00:00',
}

function readLength(lasts: XmlElement, base: number, target: ParameterTarget): void {
  const length = distributionOf(lasts, base)
  const days = length?.dist === 'constant' ? Math.round(length.value / 86_400) : 0
  if (length?.dist !== 'constant' || days < 1) {
    target.lose('ScenarioParameters', 'length of the run', 'only whole days are taken over')
    return
  }
  target.run({ days })
  if (days * 86_400 !== length.value)
    target.approximate('ScenarioParameters', 'length of the run', `rounded to ${days} whole ${days === 1 ? 'day' : 'days'}`)
}

function readElement(element: XmlElement, base: number, target: ParameterTarget, names: ReadonlyMap<string, string>): void {
  const ref = element.attributes.get('elementRef') ?? ''
  for (const group of elements(element))
    for (const parameter of elements(group)) {
      const others = valuesOf(parameter).filter((value) => value !== chosenOf(parameter))
      if (others.length > 0)
        target.lose(
          ref,
          `${parameter.local} (${others.length} more)`,
          'a parameter has one value here; the one for all times, or the first, was taken',
        )
      const only = chosenOf(parameter)?.attributes.get('validFor')
      if (only !== undefined)
        target.approximate(ref, parameter.local, `given for the calendar ${only} only; it holds at all times here`)
      const lose = (why: string): void => target.lose(ref, parameter.local, why)
      const value = distributionOf(parameter, base)
      const plain = numberOf(parameter)
      const node = target.node(ref)
      switch (parameter.local) {
        case 'ProcessingTime':
        case 'WaitTime':
          if (!node) lose('the map has no step of this id or name')
          else if (value === null) lose(unknown(parameter, base))
          else {
            target.set(node, parameter.local === 'WaitTime' ? { wait: value } : { service: value })
            sayBounds(parameter, base, target, ref, value)
          }
          break
        case 'InterTriggerTimer':
          if (!node) lose('the map has no start of this id or name')
          else if (value === null) lose(unknown(parameter, base))
          else {
            target.arrive(node, value, null)
            sayBounds(parameter, base, target, ref, value)
          }
          break
        case 'TriggerCount':
          if (plain === null || plain < 1) lose(unknown(parameter, base))
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
          else if (plain === null) lose(unknown(parameter, base))
          else target.role(lane, plain, null)
          break
        }
        default:
          lose('this version does not take it over')
      }
    }
}

function unknown(parameter: XmlElement, base: number): string {
  const made = shapeOf(parameter, base)
  const flaw = made && flawOf(made)
  const local = chosenOf(parameter)?.local ?? 'a value'
  return flaw === null ? `${local} is not known here` : `${local} makes no time: ${flaw}`
}

/** A time in seconds; units stand at the value, else the scenario says them. */
function distributionOf(parameter: XmlElement, base: number): Distribution | null {
  const made = shapeOf(parameter, base)
  return made && flawOf(made) === null ? made : null
}

function valuesOf(parameter: XmlElement): readonly XmlElement[] {
  return elements(parameter).filter(({ local }) => local !== 'ResultRequest')
}

/** The value that holds at all times, otherwise the first. */
function chosenOf(parameter: XmlElement): XmlElement | undefined {
  const values = valuesOf(parameter)
  return values.find(({ attributes }) => attributes.get('validFor') === undefined) ?? values[0]
}

function shapeOf(parameter: XmlElement, base: number): Distribution | null {
  const value = chosenOf(parameter)
  if (!value) return null
  const unit = value.attributes.get('timeUnit')
  const scale = unit === undefined ? base : (unitSeconds[unit] ?? Number.NaN)
  const raw = (name: string): number => Number(value.attributes.get(name) ?? Number.NaN)
  const time = (name: string): number => raw(name) * scale
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
}

/** A normal time loses what lies below its least value, and keeps what lies above its most. */
function sayBounds(parameter: XmlElement, base: number, target: ParameterTarget, ref: string, time: Distribution): void {
  target.sayCut(ref, parameter.local, time)
  const most = chosenOf(parameter)?.attributes.get('max')
  if (time.dist === 'truncnormal' && most !== undefined && Number(most) * base < Number.POSITIVE_INFINITY)
    target.approximate(ref, parameter.local, `its most, ${most}, is not applied`)
}

function numberOf(parameter: XmlElement): number | null {
  const value = chosenOf(parameter)
  if (value?.local !== 'NumericParameter' && value?.local !== 'FloatingParameter') return null
  const number = Number(value.attributes.get('value') ?? Number.NaN)
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
