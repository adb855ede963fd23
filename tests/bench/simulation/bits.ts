/** What is compared between engines of JavaScript: lead times of maps that draw from every distribution and serve in every order. */
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { blankScenario, disciplines, type Scenario } from '../../../src/core/workflow/map/scenario.ts'
import { run } from '../../../src/core/workflow/simulation/engine/engine.ts'
import { compile } from '../../../src/core/workflow/simulation/model/model.ts'

const map = `lane Desk staff=2
lane MD staff=1 calendar=day
Desk: A {lognormal(6m,0.8)} -> Desk: B {gamma(3m,0.4)} -> MD: C {tri(2m,4m,9m)} -> Ok?
Ok? -0.2-> Desk: A
Ok? -0.8-> Desk: D {gamma(2m,1.7)} -> MD: E {exp(3m)} -> Desk: F {erlang(2m,2)} -> Desk: G {uniform(1m,3m)} -> end
start -> Desk: A`

const scenario: Scenario = {
  ...blankScenario,
  arrivals: [{ node: 'start', perHour: 4 }],
  calendars: new Map([['day', [{ days: 'mon-sun', from: '08:00', to: '20:00' }]]]),
  attributes: new Map([
    [
      'urgency',
      {
        kind: 'words',
        weights: new Map([
          ['stat', 1],
          ['routine', 4],
        ]),
      },
    ],
  ]),
  priority: { attribute: 'urgency', order: ['stat', 'routine'] },
}

/** Lead times of one replication per discipline, and the queue by the hour. */
export function results(): readonly (readonly number[])[] {
  const { graph } = readSketch(map)
  return disciplines.map((discipline, seed) => {
    const model = compile(graph, { ...scenario, discipline: new Map([['desk', discipline]]) }, new Map())
    const collector = run(model, { seed, cases: 1500, skip: 0 })
    return [...collector.leads, ...collector.queueByHour]
  })
}
