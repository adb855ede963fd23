/** Parameters of BPSim and Prosimos: values in seconds worked out by hand, and nothing dropped without a line. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../../src/core/canonical.ts'
import { apply } from '../../../../src/core/workflow/edit/edit.ts'
import { readBpsimTree } from '../../../../src/core/workflow/interop/parameters/bpsim.ts'
import { readParameters } from '../../../../src/core/workflow/interop/parameters/read-parameters.ts'
import { meanOf } from '../../../../src/core/workflow/map/distribution.ts'
import { blankScenario } from '../../../../src/core/workflow/map/scenario.ts'
import type { Node, Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import type { XmlElement } from '../../../../src/core/workflow/xml/xml-tree.ts'
import { workflowOf } from '../pair.ts'

const map =
  'Desk: Take {screen 3m} -> MD: Check {approve screen 1m}\nMD: Check -0.5 reject-> Desk: Take\nMD: Check -0.5-> Desk: File {screen 1m}'
const workflow = workflowOf({ current: map, future: map })
const step = (of: Workflow, label: string): Node => {
  const node = [...of.current.nodes.values()].find((each) => each.label === label)
  if (!node) throw new Error(label)
  return node
}
const ways = [...workflow.current.edges.values()].filter(({ from }) => from === step(workflow, 'Check').id)
const start = [...workflow.current.nodes.values()].find(({ type }) => type === 'start')

const read = (text: string) => {
  const found = readParameters('file', utf8(text), workflow, 'current')
  if (typeof found === 'string') throw new Error(found)
  const applied = apply(workflow, found.command)
  expect(applied.refused).toBeNull()
  expect(apply(applied.workflow, applied.inverse).workflow).toEqual(workflow)
  return { ...found, after: applied.workflow }
}

const bpsim = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://www.bpsim.org/schemas/1.0">
  <resource id="R1" name="MD"/>
  <relationship type="BPSimData"><extensionElements><b:BPSimData><b:Scenario id="S1">
    <b:ScenarioParameters baseTimeUnit="min" replication="12"><b:Duration><b:DurationParameter value="P5D"/></b:Duration></b:ScenarioParameters>
    <b:ElementParameters elementRef="${start?.id}"><b:ControlParameters>
      <b:InterTriggerTimer><b:NegativeExponentialDistribution mean="20"/></b:InterTriggerTimer>
      <b:TriggerCount><b:NumericParameter value="250"/></b:TriggerCount></b:ControlParameters></b:ElementParameters>
    <b:ElementParameters elementRef="Take"><b:TimeParameters><b:ProcessingTime><b:TriangularDistribution min="1" mode="4" max="13"/></b:ProcessingTime>
      <b:WaitTime><b:DurationParameter value="PT1H30M"/></b:WaitTime></b:TimeParameters><b:CostParameters><b:FixedCost><b:FloatingParameter value="7"/></b:FixedCost></b:CostParameters></b:ElementParameters>
    <b:ElementParameters elementRef="${step(workflow, 'Check').id}"><b:TimeParameters><b:ProcessingTime><b:ErlangDistribution k="3" mean="2" timeUnit="hour"/></b:ProcessingTime></b:TimeParameters></b:ElementParameters>
    <b:ElementParameters elementRef="File"><b:TimeParameters><b:ProcessingTime><b:WeibullDistribution shape="1" scale="2"/></b:ProcessingTime></b:TimeParameters></b:ElementParameters>
    <b:ElementParameters elementRef="${ways[0]?.id}"><b:ControlParameters><b:Probability><b:FloatingParameter value="0.2"/></b:Probability></b:ControlParameters></b:ElementParameters>
    <b:ElementParameters elementRef="R1"><b:ResourceParameters><b:Quantity><b:NumericParameter value="3"/></b:Quantity></b:ResourceParameters></b:ElementParameters>
    <b:ElementParameters elementRef="nowhere"><b:TimeParameters><b:ProcessingTime><b:NumericParameter value="1"/></b:ProcessingTime></b:TimeParameters></b:ElementParameters>
  </b:Scenario></b:BPSimData></extensionElements></relationship></definitions>`

test('BPSim inside BPMN: times, arrivals, shares, people and the run; costs, unknown distributions and unknown steps are named', () => {
  const { after, losses, taken, format } = read(bpsim)
  expect(format).toBe('BPSim')
  expect(step(after, 'Take').service).toEqual({ dist: 'triangular', min: 60, mode: 240, max: 780 })
  expect(step(after, 'Take').wait).toEqual({ dist: 'constant', value: 5400 })
  expect(step(after, 'Check').service).toEqual({ dist: 'erlang', mean: 7200, k: 3 })
  expect(after.current.edges.get(ways[0]?.id ?? '')?.probability).toBe(0.2)
  expect(after.scenario).toMatchObject({ cases: 250, replications: 12, days: 5 })
  expect(after.scenario?.arrivals).toEqual([{ node: start?.id, interarrival: { dist: 'exponential', mean: 1200 } }])
  expect([...(after.scenario?.staff ?? [])].map(([, { count }]) => count)).toEqual([3])
  expect(taken).toEqual({ times: 2, shares: 1, roles: 1, arrivals: 1 })
  expect(losses.map(({ id, what }) => [id, what])).toEqual([
    ['Take', 'FixedCost'],
    ['File', 'ProcessingTime'],
    ['nowhere', 'ProcessingTime'],
  ])
})

test('BPSim: warm-up, calendars, later values, a most and times below 0 are each carried, approximated or lost by name', () => {
  const file = bpsim
    .replace(
      'replication="12">',
      'replication="12" seed="7" baseCurrencyUnit="USD"><b:Warmup><b:DurationParameter value="P1D"/></b:Warmup>',
    )
    .replace(
      '<b:ElementParameters elementRef="Take">',
      '<b:Calendar id="C1" name="Mornings">BEGIN:VCALENDAR</b:Calendar><b:ElementParameters elementRef="Take">',
    )
    .replace('<b:WaitTime>', '<b:WaitTime><b:DurationParameter value="PT9H" validFor="C1"/>')
    .replace(
      '<b:WeibullDistribution shape="1" scale="2"/>',
      '<b:TruncatedNormalDistribution mean="1" standardDeviation="4" min="0" max="9"/>',
    )
    .replace('<b:ErlangDistribution k="3" mean="2" timeUnit="hour"/>', '<b:TriangularDistribution min="9" mode="4" max="13"/>')
  const { after, approximated, losses } = read(file)
  expect(after.scenario?.seed).toBe(7)
  expect(step(after, 'Take').wait).toEqual({ dist: 'constant', value: 5400 })
  expect(losses.map(({ id, what }) => [id, what])).toEqual([
    ['C1', 'Mornings'],
    ['ScenarioParameters', 'Warmup'],
    ['Take', 'WaitTime (1 more)'],
    ['Take', 'FixedCost'],
    [step(workflow, 'Check').id, 'ProcessingTime'],
    ['nowhere', 'ProcessingTime'],
  ])
  expect(losses.find(({ id }) => id === step(workflow, 'Check').id)?.why).toContain('min 540 lies above mode 240')
  // 1 + 4 φ(−¼)/(1 − Φ(−¼)) = 3.58 minutes.
  expect(approximated.map(({ id, what, why }) => `${id} ${what}: ${why}`)).toEqual([
    'File ProcessingTime: no time is below 0 s: the mean becomes 4 min instead of 1 min',
    'File ProcessingTime: its most, 9, is not applied',
  ])
})

test('BPSim: what is given twice is taken once, and the other is named; people are whole', () => {
  const quantity = (n: number) =>
    `<b:ElementParameters elementRef="R1"><b:ResourceParameters><b:Quantity><b:NumericParameter value="${n}"/></b:Quantity></b:ResourceParameters></b:ElementParameters>`
  const often = `<b:ElementParameters elementRef="${start?.id}"><b:ControlParameters><b:InterTriggerTimer><b:NumericParameter value="30"/></b:InterTriggerTimer></b:ControlParameters></b:ElementParameters>`
  const { after, losses, taken, approximated } = read(bpsim.replace('</b:Scenario>', `${quantity(2.4)}${often}</b:Scenario>`))
  expect([...(after.scenario?.staff ?? [])].map(([, { count }]) => count)).toEqual([2])
  expect(after.scenario?.arrivals).toEqual([{ node: start?.id, interarrival: { dist: 'constant', value: 1800 } }])
  expect(taken).toMatchObject({ roles: 1, arrivals: 1 })
  const given = losses.filter(({ why }) => why.includes('given twice')).map(({ what }) => what)
  expect(given).toEqual(['people of “MD”', `arrivals at “${start?.label}”`])
  expect(approximated.map(({ why }) => why)).toContain('2.4 became 2: people are whole here')
})

const timed = (name: string, ...values: number[]) => ({
  distribution_name: name,
  distribution_params: values.map((value) => ({ value })),
})
const week = [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '09:00:00', endTime: '17:30:00' }]
const prosimos = {
  resource_profiles: [
    {
      id: 'p',
      resource_list: [
        { id: 'ann', name: 'A', amount: 2, calendar: 'day' },
        { id: 'bea', name: 'B', amount: 1, calendar: 'night' },
      ],
    },
  ],
  arrival_time_distribution: timed('expon', 0, 1800, 0, 90000),
  arrival_time_calendar: week,
  gateway_branching_probabilities: [
    {
      gateway_id: 'g',
      probabilities: [
        { path_id: ways[1]?.id, value: '0.7' },
        { path_id: 'lost', value: 0.3 },
      ],
    },
  ],
  task_resource_distribution: [
    {
      task_id: 'Take',
      resources: [
        { resource_id: 'ann', ...timed('norm', 120, 30, 0, 900) },
        { resource_id: 'bea', ...timed('norm', 60, 30, 0, 900) },
      ],
    },
    { task_id: 'Check', resources: [{ resource_id: 'bea', ...timed('lognorm', 0.5, 0, 100, 0, 900) }] },
    { task_id: 'File', resources: [{ resource_id: 'ann', ...timed('beta', 1, 2) }] },
  ],
  resource_calendars: [
    { id: 'day', name: 'Day', time_periods: week },
    { id: 'night', name: 'N', time_periods: [] },
  ],
  batch_processing: [{ type: 'Sequential' }],
}

test('Prosimos: scipy’s values become means and variations, arrivals follow their hours, and what differs by person is named', () => {
  const { after, approximated, losses } = read(JSON.stringify(prosimos))
  expect(step(after, 'Take').service).toEqual({ dist: 'truncnormal', mean: 120, sd: 30, min: 0 })
  const check = step(after, 'Check').service
  expect(check && meanOf(check)).toBeCloseTo(100 * Math.exp(0.125), 9)
  expect(step(after, 'File').service).toEqual(step(workflow, 'File').service)
  expect(after.current.edges.get(ways[1]?.id ?? '')?.probability).toBe(0.7)
  const [arrival] = after.scenario?.arrivals ?? []
  const rates = arrival && 'hourly' in arrival ? arrival.hourly : {}
  // Two an hour from nine to half past five, five days: 8.5 hours × 2 × 5.
  expect(
    Object.values(rates)
      .flat()
      .reduce((sum, rate) => sum + rate, 0),
  ).toBeCloseTo(85, 9)
  expect(rates.fri?.[17]).toBeCloseTo(1, 9)
  expect(rates.sat).toBeUndefined()
  expect(after.scenario?.calendars.get('day')).toEqual([{ days: 'mon-fri', from: '09:00', to: '17:30' }])
  const said = losses.map(({ what, why }) => `${what}: ${why}`).join('\n')
  expect(approximated.map(({ what }) => what)).toContain('hours of arrivals')
  expect(approximated.map(({ why }) => why)).toContain('its bounds 0 and 900 s are not applied')
  for (const part of ['differ by person', '“beta”', 'no such flow', 'batches', 'several roles', 'calendars of “Desk”'])
    expect(said).toContain(part)
})

test('Prosimos: hours within a minute are cut and said, the last second of a day is its end', () => {
  const hours = (endTime: string) => {
    const time_periods = [{ from: 'MONDAY', to: 'FRIDAY', beginTime: '09:00:30', endTime }]
    return read(JSON.stringify({ ...prosimos, resource_calendars: [{ id: 'day', name: 'Day', time_periods }] }))
  }
  const { after, approximated } = hours('23:59:59')
  expect(after.scenario?.calendars.get('day')).toEqual([{ days: 'mon-fri', from: '09:00', to: '24:00' }])
  expect(approximated.map(({ id, why }) => `${id}: ${why}`)).toContain(
    'day: hours are kept by the minute: the seconds of 1 period were left out',
  )
  const whole = read(JSON.stringify(prosimos)).approximated.map(({ what }) => what)
  expect(whole).not.toContain('hours')
})

test('two values of uniform are least and most, four are place and width; impossible ones are refused in words', () => {
  const of = (...values: number[]) =>
    read(
      JSON.stringify({
        task_resource_distribution: [{ task_id: 'File', resources: [{ resource_id: 'ann', ...timed('uniform', ...values) }] }],
      }),
    )
  expect(step(of(60, 90).after, 'File').service).toEqual({ dist: 'uniform', min: 60, max: 90 })
  expect(step(of(60, 90, 0, 900).after, 'File').service).toEqual({ dist: 'uniform', min: 60, max: 150 })
  expect(of(90, 60).losses.map(({ why }) => why)).toContain('the distribution “uniform” makes no time: min 90 lies above max 60')
  expect(
    of(-5, 60)
      .losses.map(({ why }) => why)
      .join(),
  ).toContain('min is -5')
})

test('other files are refused in a sentence', () => {
  for (const [text, words] of [
    ['{"a":1}', 'holds no simulation parameters'],
    ['<a/>', 'holds no simulation parameters'],
    ['{', 'could not be read'],
    ['<a><b></a>', 'could not be read'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'could not be read'],
  ] as const)
    expect(readParameters('file', utf8(text), workflow, 'current')).toContain(words)
})

const staffed = (calendars: Record<string, readonly { days: string; from: string; to: string }[]>): Workflow => {
  const lane = step(workflow, 'Check').lane ?? ''
  const staff = new Map([[lane, { count: 1, calendar: 'day', offShift: 'pause' as const }]])
  return { ...workflow, scenario: { ...blankScenario, staff, calendars: new Map(Object.entries(calendars)) } }
}
const day = [{ days: 'mon-fri', from: '08:00', to: '16:00' }]
const into = (of: Workflow, text: string) => {
  const found = readParameters('file', utf8(text), of, 'current')
  if (typeof found === 'string') throw new Error(found)
  return { losses: found.losses, scenario: apply(of, found.command).workflow.scenario }
}
const prosimosWith = (calendar: unknown) =>
  JSON.stringify({
    resource_calendars: [calendar],
    resource_profiles: [{ resource_list: [{ id: 'p1', calendar: 'day', amount: 4 }] }],
    task_resource_distribution: [
      { task_id: 'Check', resources: [{ resource_id: 'p1', distribution_name: 'fix', distribution_params: [60] }] },
    ],
  })

test('a head count alone leaves hours and what happens at the end of a shift', () => {
  const { scenario } = into(staffed({ day }), bpsim)
  expect([...(scenario?.staff.values() ?? [])]).toEqual([{ count: 3, calendar: 'day', offShift: 'pause' }])
})

test('hours of the same name are kept beside those of the map; hours that can not be read change none', () => {
  const period = { from: 'MONDAY', to: 'FRIDAY', beginTime: '10:00:00', endTime: '12:00:00' }
  const named = into(staffed({ day }), prosimosWith({ id: 'day', time_periods: [period] })).scenario
  expect(named?.calendars.get('day')).toEqual(day)
  expect(named?.calendars.get('day 2')).toEqual([{ days: 'mon-fri', from: '10:00', to: '12:00' }])
  expect([...(named?.staff.values() ?? [])]).toEqual([{ count: 4, calendar: 'day 2', offShift: 'pause' }])
  for (const unread of [
    { id: 'day', intervals: [] },
    { id: 'day', time_periods: [{ ...period, beginTime: 'noon' }] },
  ]) {
    const { scenario, losses } = into(staffed({ day }), prosimosWith(unread))
    expect(scenario?.calendars).toEqual(new Map([['day', day]]))
    expect([...(scenario?.staff.values() ?? [])]).toEqual([{ count: 4, calendar: 'day', offShift: 'pause' }])
    expect(losses).toContainEqual(expect.objectContaining({ id: 'day', what: 'hours' }))
  }
})

test('work for nested elements grows with the file, not with its square', () => {
  let looked = 0
  const nested = (depth: number): XmlElement =>
    Array.from({ length: depth }).reduce<XmlElement>((inner) => counting([inner]), counting([]))
  const counting = (children: readonly XmlElement[]): XmlElement => ({
    name: 'b:Scenario',
    local: 'Scenario',
    uri: '',
    attributes: new Map(),
    line: 1,
    get children() {
      looked++
      return children
    },
  })
  const looks = (depth: number): number => {
    looked = 0
    readBpsimTree(nested(depth), workflow, 'current')
    return looked
  }
  expect(looks(2000) / looks(200)).toBeLessThan(12)
})
