/** Simulation parameters of Prosimos (JSON): task times by resource, pools, calendars, arrivals, shares of gateways. */
import type { Json } from '../../../canonical.ts'
import { counted } from '../../../counted.ts'
import { isMembers, type Members } from '../../../values/json.ts'
import { type Distribution, flawOf } from '../../map/distribution.ts'
import { type Shift, weekdays } from '../../map/scenario.ts'
import { type Lane, sides, type Workflow, type WorkflowSide } from '../../map/workflow.ts'
import { type ImportedParameters, ParameterTarget } from './imported.ts'

/** Null for JSON that is no such file. */
export function readProsimos(json: Json, workflow: Workflow, side: WorkflowSide): ImportedParameters | null {
  if (!isMembers(json) || !('task_resource_distribution' in json)) return null
  const target = new ParameterTarget(workflow, side)
  for (const member of lists)
    if (member in json && !Array.isArray(json[member]))
      target.lose(member, 'the whole part', 'it is no list, as this version reads it')
  const calendars = new Map(
    objects(json.resource_calendars).map((each) => [text(each.id), periods(each.time_periods, text(each.id), target)]),
  )
  const profiles = new Map(
    objects(json.resource_profiles).flatMap((profile) =>
      objects(profile.resource_list).map((each) => [text(each.id), each] as const),
    ),
  )
  readTasks(json, target, profiles, calendars)
  readArrivals(json, workflow, side, target)
  for (const gateway of objects(json.gateway_branching_probabilities))
    for (const path of objects(gateway.probabilities)) {
      const edge = target.edge(text(path.path_id))
      const share = Number(path.value)
      if (!edge || !Number.isFinite(share) || share < 0 || share > 1)
        target.lose(text(path.path_id), 'share of a way', edge ? 'the value is no share from 0 to 1' : 'the map has no such flow')
      else target.share(edge, share)
    }
  for (const event of objects(json.event_distribution)) {
    const node = target.node(text(event.event_id))
    const wait = distributionOf(event)
    if (!node || wait === null)
      target.lose(text(event.event_id), 'time of an event', node ? unknownWords(event) : 'the map has no such event')
    else {
      target.set(node, { wait })
      sayTime(target, text(event.event_id), 'time of an event', event, wait)
    }
  }
  for (const [member, what] of unread)
    if (Array.isArray(json[member]) ? (json[member] as readonly Json[]).length > 0 : isMembers(json[member]))
      target.lose(member, what, 'this version does not take it over')
  return target.done('Prosimos')
}

const lists = [
  'resource_calendars',
  'resource_profiles',
  'task_resource_distribution',
  'gateway_branching_probabilities',
  'event_distribution',
] as const

const unread = [
  ['batch_processing', 'batches'],
  ['case_attributes', 'attributes of cases'],
  ['event_attributes', 'attributes of events'],
  ['global_attributes', 'global attributes'],
  ['branch_rules', 'conditions of ways'],
  ['prioritisation_rules', 'priorities'],
  ['multitask', 'several works of one person at once'],
] as const

function readTasks(
  json: Members,
  target: ParameterTarget,
  profiles: ReadonlyMap<string, Members>,
  calendars: ReadonlyMap<string, readonly Shift[]>,
): void {
  const pools = new Map<Lane, Set<string>>()
  for (const task of objects(json.task_resource_distribution)) {
    const id = text(task.task_id)
    const node = target.node(id)
    const resources = objects(task.resources)
    if (!node) {
      target.lose(id, 'time of a task', 'the map has no step of this id or name')
      continue
    }
    const times = resources.map(distributionOf)
    const [first] = times
    if (!first) target.lose(id, `time of “${node.label}”`, resources[0] ? unknownWords(resources[0]) : 'no resource does it')
    else {
      target.set(node, { service: first })
      sayTime(target, id, `time of “${node.label}”`, resources[0] as Members, first)
      if (times.some((each) => JSON.stringify(each) !== JSON.stringify(first)))
        target.lose(
          id,
          `times of “${node.label}” that differ by person`,
          'a step has one time for everybody of its role; that of the first was taken',
        )
    }
    const lane = node.lane === null ? null : target.lane(node.lane)
    if (!lane) target.lose(id, `people of “${node.label}”`, 'the step stands in no lane')
    else {
      const pool = pools.get(lane) ?? new Set()
      for (const each of resources) pool.add(text(each.resource_id))
      pools.set(lane, pool)
    }
  }
  const homes = new Map<string, Lane[]>()
  for (const [lane, people] of pools) {
    const known = [...people].map((id) => profiles.get(id)).filter((each) => each !== undefined)
    const names = [...new Set(known.map((each) => text(each.calendar)))]
    const [name] = names
    const hours = name === undefined ? [] : (calendars.get(name) ?? [])
    const calendar = name !== undefined && hours.length > 0 ? target.calendar(name, hours) : null
    if (names.length > 1)
      target.lose(lane.id, `calendars of “${lane.label}”`, `its people have ${names.length} of them; the first was taken`)
    const count = known.reduce(
      (sum, each) => sum + (typeof each.amount === 'number' ? each.amount : Number(each.amount ?? 1) || 1),
      0,
    )
    if (known.length > 0) target.role(lane, count, calendar)
    for (const id of people) homes.set(id, [...(homes.get(id) ?? []), lane])
  }
  for (const [id, lanes] of homes)
    if (lanes.length > 1)
      target.lose(id, 'a person of several roles', `counted in each of ${lanes.map((lane) => lane.label).join(', ')}`)
}

function readArrivals(json: Members, workflow: Workflow, side: WorkflowSide, target: ParameterTarget): void {
  const given = json.arrival_time_distribution
  if (!isMembers(given)) return
  const between = distributionOf(given)
  const start = sides
    .flatMap((each) => (each === side ? [...workflow[each].nodes.values()] : []))
    .find(({ type }) => type === 'start')
  const calendar =
    json.arrival_time_calendar === undefined ? [] : periods(json.arrival_time_calendar, 'arrival_time_calendar', target)
  if (!between || !start) {
    target.lose('arrival_time_distribution', 'arrivals', start ? unknownWords(given) : 'the map has no start')
    return
  }
  target.arrive(start, between, calendar.length > 0 ? calendar : null)
  sayTime(target, 'arrival_time_distribution', 'arrivals', given, between)
  if (calendar.length > 0 && between.dist !== 'exponential')
    target.lose(
      'arrival_time_calendar',
      'hours of arrivals',
      'only exponential arrivals can be cut by hours; these come around the clock',
    )
}

/** What differs from the time as given: a normal one without its part below 0, and bounds that would cut it. */
function sayTime(target: ParameterTarget, id: string, what: string, from: Members, time: Distribution): void {
  target.sayCut(id, what, time)
  const bounds = boundsOf(from)
  if (bounds?.some((bound, at) => (at === 0 ? bound > 0 : Number.isFinite(bound))))
    target.approximate(id, what, `its bounds ${bounds.join(' and ')} s are not applied`)
}

/** The least and the most that stand behind the numbers of a distribution; null where none do. */
function boundsOf(from: Members): readonly number[] | null {
  const values = valuesOf(from)
  const name = text(from.distribution_name)
  const before = name === 'expon' && values.length === 3 ? 1 : name === 'norm' || values.length === 4 ? 2 : 3
  const open = ['norm', 'expon', 'gamma', 'lognorm', 'triang'].includes(name) && values.length >= before + 2
  return open ? values.slice(before, before + 2) : null
}

function valuesOf(from: Members): readonly number[] {
  const given = Array.isArray(from.distribution_params) ? (from.distribution_params as readonly Json[]) : []
  return given.map((each) => Number(isMembers(each) ? each.value : each))
}

/** As scipy writes them: place and scale behind the shape, bounds at the end, which are not applied. Seconds. */
function distributionOf(from: Members): Distribution | null {
  const made = shapeOf(from)
  return made && flawOf(made) === null ? made : null
}

function shapeOf(from: Members): Distribution | null {
  const values = valuesOf(from)
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = values
  switch (text(from.distribution_name)) {
    case 'fix':
      return { dist: 'constant', value: a }
    case 'norm':
      return { dist: 'truncnormal', mean: a, sd: b, min: 0 }
    case 'uniform':
      // Two values are least and most; otherwise place and scale come first.
      return { dist: 'uniform', min: a, max: values.length === 2 ? b : a + b }
    case 'expon':
      // Three values are mean and bounds; otherwise place and scale come first.
      return { dist: 'exponential', mean: values.length === 3 ? a : a + b }
    case 'triang':
      return { dist: 'triangular', min: b, mode: b + a * c, max: b + c }
    case 'gamma':
      // Four values are mean, variance and bounds.
      return values.length === 4
        ? { dist: 'gamma', mean: a, cv: Math.sqrt(b) / a }
        : { dist: 'gamma', mean: b + a * c, cv: (Math.sqrt(a) * c) / (b + a * c) }
    case 'lognorm': {
      if (values.length === 4) return { dist: 'lognormal', mean: a, cv: Math.sqrt(b) / a }
      const mean = c * Math.exp((a * a) / 2)
      return { dist: 'lognormal', mean: b + mean, cv: (mean * Math.sqrt(Math.exp(a * a) - 1)) / (b + mean) }
    }
    default:
      return null
  }
}

function unknownWords(from: Members): string {
  const made = shapeOf(from)
  const flaw = made && flawOf(made)
  if (flaw !== null) return `the distribution “${text(from.distribution_name)}” makes no time: ${flaw}`
  return `the distribution “${text(from.distribution_name) || 'without a name'}” with these values is not known here`
}

/** Readable hours of a calendar; what can not be read, as the shares of fuzzy calendars, is named and leaves no hours at all. */
function periods(given: Json | undefined, id: string, target: ParameterTarget): readonly Shift[] {
  const shifts = objects(given).map(shiftOf)
  const whole = shifts.filter((shift) => shift !== null)
  if (whole.length > 0 && whole.length === shifts.length) {
    const fine = objects(given).filter((each) => secondsOf(each.beginTime) + secondsOf(each.endTime) > 0).length
    if (fine > 0)
      target.approximate(id, 'hours', `hours are kept by the minute: the seconds of ${counted(fine, 'period')} were left out`)
    return whole
  }
  target.lose(id, 'hours', 'its periods can not be read as weekdays with a beginning and an end; hours stay as they were')
  return []
}

function shiftOf(each: Members): Shift | null {
  const [first, last] = [text(each.from).slice(0, 3).toLowerCase(), text(each.to).slice(0, 3).toLowerCase()]
  const [from, end] = [text(each.beginTime).slice(0, 5), text(each.endTime).slice(0, 5)]
  const days: readonly string[] = weekdays
  if (![first, last].every((day) => days.includes(day)) || ![from, end].every((time) => clock.test(time))) return null
  return { days: first === last ? first : `${first}-${last}`, from, to: end === '23:59' ? '24:00' : end }
}

/** Seconds of a time that the minute leaves out; the last second of a day stands for its end. */
function secondsOf(given: Json | undefined): number {
  const time = text(given)
  return time.startsWith('23:59:59') ? 0 : Number(/^\d\d:\d\d:(\d\d(?:\.\d+)?)/.exec(time)?.[1] ?? 0)
}

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/

function objects(given: Json | undefined): readonly Members[] {
  return Array.isArray(given) ? (given as readonly Json[]).filter(isMembers) : []
}

function text(given: Json | undefined): string {
  return typeof given === 'string' ? given : typeof given === 'number' ? String(given) : ''
}
