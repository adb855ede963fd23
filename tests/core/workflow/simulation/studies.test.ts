/** Levers, the weeks after go-live, and the event log: what a study says, held against what was planted. */
import { expect, test } from 'vitest'
import { finish } from '../../../../src/core/operation.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import { XesReader } from '../../../../src/core/workflow/log/xes.ts'
import { readScenario } from '../../../../src/core/workflow/map/read-scenario.ts'
import { blankScenario, type Scenario } from '../../../../src/core/workflow/map/scenario.ts'
import { emptyWorkflow, type Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { scenarioText } from '../../../../src/core/workflow/map/write.ts'
import { run } from '../../../../src/core/workflow/simulation/engine/engine.ts'
import { EventLog } from '../../../../src/core/workflow/simulation/engine/event-log.ts'
import { backToUsual, forecastGoLive, forecastWords } from '../../../../src/core/workflow/simulation/forecast.ts'
import { rankLevers } from '../../../../src/core/workflow/simulation/levers.ts'
import { logCsv, logRows, logXes } from '../../../../src/core/workflow/simulation/log-rows.ts'
import { compile } from '../../../../src/core/workflow/simulation/model/model.ts'
import { simulate } from '../../../../src/core/workflow/simulation/simulate.ts'

const never = new AbortController().signal

function workflowOf(map: string, scenario: Partial<Scenario>): Workflow {
  const { graph, problems } = readSketch(map, 'future')
  expect(problems).toEqual([])
  return { ...emptyWorkflow('w'), future: graph, scenario: { ...blankScenario, ...scenario } }
}

test('the lever that takes away the bottleneck is the first, the one that makes it worse the last', async () => {
  const workflow = workflowOf(
    'lane Desk staff=2\nlane MD staff=2\nDesk: Take {exp(3m)} -> MD: Sign {exp(9m)} -> Desk: File {1m}',
    {
      arrivals: [{ node: 'start', perHour: 10 }],
      cases: 400,
    },
  )
  const study = await finish(rankLevers(workflow, never))
  const labels = study.levers.map(({ label }) => label)
  expect(labels.slice(0, 3).sort()).toEqual(['Automate “Sign”', 'Do without “Sign”', 'One more MD'])
  // One doctor for 90 minutes of work an hour never catches up.
  expect(study.levers.at(-1)).toMatchObject({ label: 'One fewer MD', difference: null })
  const more = study.levers.find(({ label }) => label === 'One more MD')
  expect(more?.difference?.interval[1]).toBeLessThan(0)
  expect(more?.difference?.series.length).toBe(study.replications)
  expect(study.lead).toBeGreaterThan(0)
})

test('after go-live slower work piles up, and cutting the first week keeps the pile smaller then', async () => {
  const workflow = workflowOf('lane Desk staff=2\nDesk: Serve {exp(10m)}', {
    arrivals: [{ node: 'start', perHour: 10 }],
    goLive: { cut: 0.4, rebookWeeks: 4, slowdown: 0.6, halfLifeDays: 7 },
  })
  const study = await finish(forecastGoLive(workflow, never))
  expect(study.forecasts.map(({ cut }) => cut)).toEqual([0, 0.25, 0.4, 0.5])
  const firstWeek = study.forecasts.map(({ days }) => days.slice(0, 7).reduce((sum, { open }) => sum + open.mean, 0) / 7)
  for (let at = 1; at < firstWeek.length; at++) expect(firstWeek[at]).toBeLessThan(firstWeek[at - 1] ?? 0)
  // 133 % of the hours are asked for on day 1 without a cut.
  expect(firstWeek[0]).toBeGreaterThan(3 * study.usual)
  const putOff = study.forecasts.map(({ days }) => days[6]?.putOff.mean ?? 0)
  expect(putOff[0]).toBe(0)
  expect(putOff[3]).toBeGreaterThan(putOff[1] ?? 0)
  expect(study.forecasts[0]?.days.length).toBe(56)
})

test('a backlog that grows after a quiet first week never comes back to usual, nor does one with bookings still put off', () => {
  const exact = (mean: number) => ({ mean, interval: [mean, mean] as const, series: [mean] })
  const days = (open: (at: number) => number, putOff: (at: number) => number = () => 0) =>
    Array.from({ length: 56 }, (_, at) => ({ open: exact(open(at)), putOff: exact(putOff(at)) }))
  expect(
    backToUsual(
      days(() => 10),
      10,
    ),
  ).toBe(0)
  // Far below usual in the week whose bookings are cut, then ever more.
  expect(
    backToUsual(
      days((at) => (at < 7 ? 5 : at * 3)),
      10,
    ),
  ).toBeNull()
  // A second wave: the quiet weeks before it do not count.
  expect(
    backToUsual(
      days((at) => (at >= 20 && at < 30 ? 60 : 10)),
      10,
    ),
  ).toBe(30)
  expect(
    backToUsual(
      days(
        () => 10,
        (at) => (at < 33 ? 2 : 0),
      ),
      10,
    ),
  ).toBe(33)
  expect(
    backToUsual(
      days(
        () => 10,
        () => 1,
      ),
      10,
    ),
  ).toBeNull()
  // Too late to be followed by a whole week.
  expect(
    backToUsual(
      days((at) => (at < 51 ? 60 : 10)),
      10,
    ),
  ).toBeNull()
})

test('weeks that never leave the usual are said as such, and not as 0 days beside a higher peak', () => {
  const peak = (series: readonly number[]) => ({ mean: series[0] ?? 0, interval: [0, 9] as const, series })
  const forecasts = [
    { cut: 0, days: [], backToUsual: 0, peak: peak([9, 9.1]) },
    { cut: 0.5, days: [], backToUsual: 33, peak: peak([6, 6.1]) },
  ]
  const goLive = { cut: 0.5, rebookWeeks: 4, slowdown: 0.5, halfLifeDays: 7 }
  expect(forecastWords({ forecasts, goLive })).toBe(
    'The cut lowers the most open cases on a day from 9.0 to 6.0. With it: back to usual after 33 days. Without it: no week leaves the usual.',
  )
})

test('a role that can not keep up after go-live is not back to usual after 0 days', async () => {
  const workflow = workflowOf('lane Desk staff=1\nDesk: Serve {exp(9m)}', {
    arrivals: [{ node: 'start', perHour: 6 }],
    goLive: { cut: 0.5, rebookWeeks: 2, slowdown: 0.6, halfLifeDays: 400 },
  })
  const { forecasts } = await finish(forecastGoLive(workflow, never))
  expect(forecasts.map(({ backToUsual: back }) => back)).toEqual([null, null, null])
})

test('a run is written as an event log that reads back with the same cases, events and people', () => {
  const { graph } = readSketch('lane Nurse staff=2\nNurse: Take "call" & note {exp(10m)} -> Wait {wait=1h} -> Send {1m auto}')
  const scenario: Scenario = { ...blankScenario, arrivals: [{ node: 'start', perHour: 6 }] }
  const model = compile(graph, scenario, new Map())
  const log = new EventLog()
  const collector = run(model, { seed: 4, cases: 50, skip: 0, log })
  const rows = [...logRows(model, log)]
  const steps = collector.visits.reduce((sum, visits) => sum + visits, 0)
  expect(rows.length).toBe(2 * steps)
  expect(rows.every((row, at) => at === 0 || (rows[at - 1]?.timestamp ?? '') <= row.timestamp)).toBe(true)
  expect(new Set(rows.filter((row) => row.role === 'Nurse').map((row) => row.resource))).toEqual(new Set(['Nurse 1', 'Nurse 2']))
  // Nobody does two things at once: a person's begins and ends alternate.
  for (const person of ['Nurse 1', 'Nurse 2']) {
    const own = rows.filter((row) => row.resource === person).map((row) => row.lifecycle)
    expect(own.every((lifecycle, at) => lifecycle === (at % 2 === 0 ? 'start' : 'complete'))).toBe(true)
  }
  const csv = [...logCsv(rows)].join('')
  expect(csv.startsWith('case_id,activity,timestamp,lifecycle,resource,role\r\n')).toBe(true)
  expect(csv.split('\r\n').length).toBe(rows.length + 2)
  const reader = new XesReader()
  reader.push(new TextEncoder().encode([...logXes(rows)].join('')))
  const { log: read, problems } = reader.finish('run.xes')
  expect(problems).toEqual([])
  expect([read.events, read.cases]).toEqual([rows.length, 50])
  expect([...read.activities].sort()).toEqual([...new Set(rows.map((row) => row.activity))].sort())
  expect([...read.resources].filter((name) => name !== '').sort()).toEqual(['Nurse 1', 'Nurse 2'])
})

test('writing a log changes nothing of the run', () => {
  const { graph } = readSketch('lane Desk staff=2\nDesk: Serve {exp(10m)} -> Desk: File {exp(2m)}')
  const model = compile(graph, { ...blankScenario, arrivals: [{ node: 'start', perHour: 9 }] }, new Map())
  const plain = run(model, { seed: 4, cases: 500, skip: 0 })
  const logged = run(model, { seed: 4, cases: 500, skip: 0, log: new EventLog() })
  expect([...logged.leads]).toEqual([...plain.leads])
  expect([...logged.queueByHour]).toEqual([...plain.queueByHour])
})

test('a scenario with everything in it is written and read back the same', () => {
  const scenario: Scenario = {
    ...blankScenario,
    days: 28,
    arrivals: [{ node: 'start', attributes: { urgency: 'stat' }, perHour: 3 }],
    discipline: new Map([['md', 'preempt']]),
    attributes: new Map([
      ['age', { kind: 'number', distribution: { dist: 'uniform', min: 0, max: 90 } }],
      [
        'urgency',
        {
          kind: 'words',
          weights: new Map([
            ['routine', 3],
            ['stat', 1],
          ]),
        },
      ],
    ]),
    priority: { attribute: 'urgency', order: ['stat', 'routine'] },
    steps: new Map([
      [
        'sign',
        {
          needs: new Map([
            ['md', 1],
            ['nurse', 2],
          ]),
          patience: { dist: 'exponential', mean: 600 },
          room: 4,
          retry: { share: 0.1, times: 2, after: 60 },
        },
      ],
    ]),
    goLive: { cut: 0.25, rebookWeeks: 4, slowdown: 0.5, halfLifeDays: 7 },
  }
  const { value, problems } = readScenario(JSON.parse(scenarioText(scenario)))
  expect(problems).toEqual([])
  expect(value).toEqual(scenario)
  expect(scenarioText(value)).toBe(scenarioText(scenario))
})

test('what the scenario says wrongly is named, and nothing of it is lost on saving', () => {
  const { value, problems } = readScenario({
    format: 'carryover-scenario/1',
    steps: { sign: { room: 'two' } },
    priority: { attribute: 'urgency' },
    goLive: 'soon',
  })
  expect(problems.map(({ place }) => place).sort()).toEqual(['$.goLive', '$.priority', '$.steps.room'])
  expect(JSON.parse(scenarioText(value))).toMatchObject({ goLive: 'soon', priority: { attribute: 'urgency' } })
})

test('a role that a step with patience overloads by what comes is still judged by what it does', async () => {
  const { graph } = readSketch('lane Desk staff=1\nDesk: Serve {exp(10m)}')
  const base: Scenario = { ...blankScenario, cases: 2000, replications: 5, arrivals: [{ node: 'start', perHour: 12 }] }
  const patient: Scenario = {
    ...base,
    steps: new Map([['serve', { needs: null, patience: { dist: 'constant', value: 600 }, room: null, retry: null }]]),
  }
  expect((await finish(simulate({ graph, scenario: base }, never))).unstable).toEqual(['desk'])
  const result = await finish(simulate({ graph, scenario: patient }, never))
  expect(result.unstable).toEqual([])
  expect(result.steps[0]?.abandoned).toBeGreaterThan(0.4)
  expect(result.notes.join()).toContain('they are not in the lead time')
})
