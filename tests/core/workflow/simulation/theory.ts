/** Models whose answers are known exactly, as the engine runs them; one hour of work is the unit unless a model says otherwise. */

import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import type { Distribution } from '../../../../src/core/workflow/map/distribution.ts'
import {
  type Arrival,
  blankScenario,
  type Discipline,
  type Scenario,
  type StepRun,
} from '../../../../src/core/workflow/map/scenario.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import type { Collector } from '../../../../src/core/workflow/simulation/engine/collector.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { compile, type Model } from '../../../../src/core/workflow/simulation/model/model.ts'
import { seedOf } from '../../../../src/core/workflow/simulation/simulate.ts'

const hour = 3600

/** What is read from one replication, by node id. */
export interface Seen {
  readonly collector: Collector
  at(id: string): number
}

export interface Measure {
  readonly what: string
  readonly theory: number
  of(seen: Seen): number
}

export interface KnownModel {
  readonly name: string
  readonly graph: Graph
  readonly scenario: Scenario
  readonly cases: number
  readonly skip: number
  readonly replications: number
  /** Seeds in the short suite; the long one runs ten times as many. */
  readonly seeds: number
  readonly measures: readonly Measure[]
}

interface Given {
  readonly map: string
  readonly arrivals: readonly Arrival[]
  readonly service?: Distribution
  readonly scenario?: Partial<Scenario>
  readonly sla?: number
  readonly cases?: number
  readonly skip?: number
  readonly replications?: number
  readonly seeds?: number
  readonly measures: readonly Measure[]
}

function model(name: string, given: Given): KnownModel {
  const { graph, problems } = readSketch(given.map)
  if (problems.length > 0) throw new Error(`${name}: ${problems[0]?.sentence}`)
  const { service, sla } = given
  const nodes = new Map([...graph.nodes].map(([id, node]) => [id, node.type === 'step' && service ? { ...node, service } : node]))
  const lanes = new Map([...graph.lanes].map(([id, lane]) => [id, sla === undefined ? lane : { ...lane, sla }]))
  return {
    name,
    graph: { ...graph, nodes, lanes },
    scenario: { ...blankScenario, arrivals: given.arrivals, ...given.scenario },
    cases: given.cases ?? 1600,
    skip: given.skip ?? 400,
    replications: given.replications ?? 12,
    seeds: given.seeds ?? 20,
    measures: given.measures,
  }
}

/** Values of every measure, per replication. */
export function replicate(known: KnownModel, seed: number, times = 1): readonly (readonly number[])[] {
  const compiled: Model = compile(known.graph, known.scenario, new Map())
  const at = (id: string): number => compiled.view.indexOf.get(id) ?? -1
  const series = known.measures.map((): number[] => [])
  for (let replication = 0; replication < known.replications; replication++) {
    const cases = known.skip + (known.cases - known.skip) * times
    const collector = run(compiled, { seed: seedOf(seed, replication), cases, skip: known.skip })
    known.measures.forEach((measure, index) => {
      series[index]?.push(measure.of({ collector, at }))
    })
  }
  return series
}

const perVisit =
  (id: string): ((seen: Seen) => number) =>
  ({ collector, at }) =>
    (collector.queue[at(id)] ?? 0) / (collector.visits[at(id)] ?? 1) / hour

const inSystem =
  (id: string): ((seen: Seen) => number) =>
  ({ collector, at }) =>
    ((collector.queue[at(id)] ?? 0) + (collector.service[at(id)] ?? 0)) / (collector.visits[at(id)] ?? 1) / hour

const waits = (theory: number, id = 'serve'): Measure => ({ what: 'Wq', theory, of: perVisit(id) })

const ninetieth = (theory: number): Measure => ({
  what: 'P90 of Wq',
  theory,
  of: ({ collector, at }) => collector.waitQuantile(at('serve'), 0.9) / hour,
})

const meanLead = (theory: number, unit = hour): Measure => ({
  what: 'lead time',
  theory,
  of: ({ collector }) => {
    const counted = collector.leads.subarray(collector.skip).filter((lead) => !Number.isNaN(lead))
    return counted.reduce((sum, lead) => sum + lead, 0) / counted.length / unit
  },
})

const visitsOf = (id: string, theory: number): Measure => ({
  what: `visits of ${id}`,
  theory,
  of: ({ collector, at }) => (collector.visits[at(id)] ?? 0) / collector.counted,
})

/** Share of those who came that left without being served. */
const leftShare = (by: 'balked' | 'abandoned', theory: number): Measure => ({
  what: `share ${by}`,
  theory,
  of: ({ collector, at }) => {
    const visits = (collector.visits[at('serve')] ?? 0) + (collector.balked[at('serve')] ?? 0)
    return (collector[by][at('serve')] ?? 0) / visits
  },
})

const at = (perHour: number): Arrival[] => [{ node: 'start', perHour }]
const desk = (c: number): string => `lane Desk staff=${c}\nDesk: Serve {exp(1h)}`
const step = (facts: Partial<StepRun>): Partial<Scenario> => ({
  steps: new Map([['serve', { needs: null, patience: null, room: null, retry: null, ...facts }]]),
})

const simple: readonly KnownModel[] = [
  model('M/M/1 at 0.5', { map: desk(1), arrivals: at(0.5), measures: [waits(1), ninetieth(3.2189)] }),
  model('M/M/1 at 0.8', { map: desk(1), arrivals: at(0.8), cases: 2600, measures: [waits(4), ninetieth(10.3972)] }),
  model('M/M/1 at 0.95', {
    map: desk(1),
    arrivals: at(0.95),
    cases: 60_000,
    skip: 10_000,
    seeds: 1,
    measures: [waits(19), ninetieth(45.0258)],
  }),
  model('M/M/3 at 0.85', {
    map: desk(3),
    arrivals: at(2.55),
    sla: 0,
    cases: 3400,
    measures: [
      waits(1.623059),
      ninetieth(4.418645),
      {
        what: 'share that waits',
        theory: 0.730377,
        of: ({ collector }) => (collector.laneLate[0] ?? 0) / (collector.laneVisits[0] ?? 1),
      },
      {
        what: 'mean queue',
        theory: 4.138801,
        of: ({ collector }) => collector.queueByHour.reduce((sum, length) => sum + length, 0) / 168,
      },
    ],
  }),
  ...(
    [
      ['M/D/1', { dist: 'constant', value: hour }, 2],
      ['M/E4/1', { dist: 'erlang', mean: hour, k: 4 }, 2.5],
      ['M/E2/1', { dist: 'gamma', mean: hour, cv: Math.SQRT1_2 }, 3],
      ['M/U(0,2)/1', { dist: 'uniform', min: 0, max: 2 * hour }, 2.666667],
      ['M/LN(1.5)/1', { dist: 'lognormal', mean: hour, cv: 1.5 }, 6.5],
      // The mean wait hangs on two moments alone, so a gamma of cv² 4 stands for the hyperexponential.
      ['M/G(cv² 4)/1', { dist: 'gamma', mean: hour, cv: 2 }, 10],
    ] as const
  ).map(([name, service, theory]) =>
    model(`${name} at 0.8`, {
      map: desk(1),
      service,
      arrivals: at(0.8),
      cases: 2600,
      skip: 600,
      seeds: 10,
      measures: [waits(theory)],
    }),
  ),
  model('D/M/1 at 0.8', {
    map: desk(1),
    arrivals: [{ node: 'start', interarrival: { dist: 'constant', value: 1.25 * hour } }],
    measures: [waits(1.692731)],
  }),
  model('E2/M/1 at 0.8', {
    map: desk(1),
    arrivals: [{ node: 'start', interarrival: { dist: 'erlang', mean: 1.25 * hour, k: 2 } }],
    cases: 2000,
    measures: [waits(2.84398)],
  }),
]

/** Classes as steps of their own in one lane, so that each has its waits. */
function classes(
  name: string,
  c: number,
  rates: readonly number[],
  discipline: Discipline,
  measures: readonly Measure[],
): KnownModel {
  const names = rates.map((_, index) => `K${index}`)
  const flows = names.map((each) => `start -> Desk: ${each} {exp(1h)} -> end`)
  return model(name, {
    map: `lane Desk staff=${c}\n${flows.join('\n')}`,
    arrivals: rates.map((perHour, index) => ({ node: `k${index}`, perHour, attributes: { urgency: `u${index}` } })),
    scenario: {
      discipline: new Map([['desk', discipline]]),
      priority: { attribute: 'urgency', order: rates.map((_, index) => `u${index}`) },
    },
    cases: 2600,
    measures,
  })
}

const byClass = (theory: readonly number[], of = perVisit): readonly Measure[] =>
  theory.map((value, index) => ({ what: `class ${index + 1}`, theory: value, of: of(`k${index}`) }))

const disciplines: readonly KnownModel[] = [
  classes('priority, c = 1', 1, [0.3, 0.5], 'priority', byClass([1.142857, 5.714286])),
  classes('priority, c = 2', 2, [0.6, 1], 'priority', [
    ...byClass([0.507937, 2.539683]),
    {
      what: 'mean of both classes is that of M/M/2',
      theory: 1.777778,
      of: ({ collector }) => (collector.laneQueue[0] ?? 0) / (collector.laneVisits[0] ?? 1) / hour,
    },
  ]),
  classes('priority, c = 3', 3, [0.5, 1, 1.05], 'priority', byClass([0.292151, 0.584301, 3.246118])),
  classes('preempt-resume, c = 1', 1, [0.3, 0.5], 'preempt', byClass([1.428571, 7.142857], inSystem)),
]

const limits: readonly KnownModel[] = [
  ...(
    [
      [1, 4, 0.9, 0.160216, 1.368712],
      [2, 5, 1.8, 0.141077, 0.589177],
      [3, 8, 2.7, 0.085275, 0.601323],
    ] as const
  ).map(([c, k, rate, balk, wait]) =>
    model(`M/M/${c}/${k}`, {
      map: desk(c),
      arrivals: at(rate),
      scenario: step({ room: k - c }),
      measures: [leftShare('balked', balk), waits(wait)],
    }),
  ),
  ...(
    [
      [2, 3, 0.210526],
      [4, 5, 0.199067],
      [8, 10, 0.121661],
    ] as const
  ).map(([offered, c, blocked]) =>
    model(`Erlang-B, ${offered} offered to ${c}`, {
      map: desk(c),
      arrivals: at(offered),
      scenario: step({ room: 0 }),
      measures: [leftShare('balked', blocked)],
    }),
  ),
  ...(
    [
      [2, 2, 0.5, 0.227282, 0.454563],
      [3, 3.3, 0.25, 0.188559, 0.754237],
    ] as const
  ).map(([c, rate, theta, left, wait]) =>
    model(`M/M/${c}+M`, {
      map: desk(c),
      arrivals: at(rate),
      scenario: step({ patience: { dist: 'exponential', mean: hour / theta } }),
      measures: [leftShare('abandoned', left), waits(wait)],
    }),
  ),
]

const fork = (means: readonly string[]): string =>
  `start -> Fork {parallel}\n${means.map((mean, i) => `Fork -> T${i} {exp(${mean}) auto} -> Join {parallel}`).join('\n')}\nJoin -> end`

const flows: readonly KnownModel[] = [
  ...(
    [
      [2, 1.5],
      [3, 1.833333],
      [4, 2.083333],
      [5, 2.283333],
    ] as const
  ).map(([n, theory]) =>
    model(`AND-join of ${n}`, {
      map: fork(Array.from({ length: n }, () => '1h')),
      arrivals: at(1),
      cases: 400,
      skip: 0,
      measures: [meanLead(theory)],
    }),
  ),
  model('AND-join of means 1 and 2', {
    map: fork(['1h', '2h']),
    arrivals: at(1),
    cases: 400,
    skip: 0,
    measures: [meanLead(2.333333)],
  }),
  ...(
    [
      [0.1, 1.111111],
      [0.15, 1.176471],
      [0.2, 1.25],
    ] as const
  ).map(([p, theory]) =>
    model(`rework of ${p}`, {
      map: `start -> Do {1m auto} -> Ok?\nOk? -${p}-> Do\nOk? -${1 - p}-> end`,
      arrivals: at(1),
      cases: 400,
      skip: 0,
      measures: [visitsOf('do', theory)],
    }),
  ),
  model('batch by size, k = 4', {
    map: 'Desk: Serve {0s fax batch=4}',
    arrivals: at(0.5),
    cases: 400,
    skip: 0,
    measures: [
      { what: 'batch wait', theory: 3, of: ({ collector, at: of }) => (collector.batch[of('serve')] ?? 0) / 400 / hour },
    ],
  }),
  model('batch by the clock, 4 h', {
    map: 'Desk: Serve {0s fax batch=every:4h}',
    arrivals: at(2),
    cases: 400,
    skip: 0,
    measures: [
      { what: 'batch wait', theory: 2, of: ({ collector, at: of }) => (collector.batch[of('serve')] ?? 0) / 400 / hour },
    ],
  }),
]

export const clinic = `lane Desk staff=1
lane MA staff=2
lane Exam staff=4
lane Lab staff=1
lane Out staff=2
lane Referral staff=1
Desk: Register {exp(3m)} -> MA: Vitals {exp(7m)} -> Exam: Examine {exp(12m)}
Exam: Examine -0.5-> Lab: Draw {exp(6m)}
Exam: Examine -0.35-> Out: Check out {exp(4m)}
Exam: Examine -0.15-> MA: Vitals
Lab: Draw -0.2-> Exam: Examine
Lab: Draw -0.8-> Out: Check out
Out: Check out -0.25-> Referral: Refer {exp(5m)} -> end
Out: Check out -0.75-> end
start -> Desk: Register`

const minutes = (id: string, theory: number): Measure => ({
  what: `Wq of ${id}`,
  theory,
  of: (seen) => perVisit(id)(seen) * 60,
})

const networks: readonly KnownModel[] = [
  model('clinic network', {
    map: clinic,
    arrivals: at(12),
    cases: 3000,
    skip: 800,
    seeds: 4,
    measures: [
      visitsOf('vitals', 1.2),
      visitsOf('examine', 1.333333),
      visitsOf('draw', 0.666667),
      visitsOf('check-out', 1),
      visitsOf('refer', 0.25),
      minutes('register', 4.5),
      minutes('vitals', 16.777174),
      minutes('examine', 8.946487),
      minutes('draw', 24),
      minutes('check-out', 0.761905),
      minutes('refer', 1.666667),
      meanLead(90.38983, 60),
    ],
  }),
]

export const knownModels: readonly KnownModel[] = [...simple, ...disciplines, ...limits, ...flows, ...networks]
