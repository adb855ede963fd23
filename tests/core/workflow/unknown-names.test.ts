/** Names of a scenario that nothing answers to are told with their place and the nearest name. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openWorkflows } from '../../../src/app/session/workflow-files.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { unknownNames } from '../../../src/core/workflow/map/unknown-names.ts'
import { graphText } from '../../../src/core/workflow/map/write.ts'

const { graph } = readSketch('lane "Front desk" staff=1\nFront desk: Take call {3m} -> Nurse: Check {2m}')

test('members, lanes and steps that there are not', () => {
  const scenario = {
    format: 'carryover-scenario/1',
    replicatons: 4,
    arrivals: [{ node: 'start', perhour: 3 }],
    staff: { 'Front desk': { count: 2 }, nurs: { count: 1, calender: 'day' } },
    discipline: { porter: 'fifo' },
    steps: { 'take-cal': { rom: 2 } },
  }
  expect(unknownNames(scenario, [graph]).map(({ sentence }) => sentence)).toEqual([
    '$.replicatons is no member that is read; the nearest is replications. It has no effect.',
    '$.arrivals[0].perhour is no member that is read; the nearest is perHour. It has no effect.',
    '$.staff.nurs.calender is no member that is read; the nearest is calendar. It has no effect.',
    '$.steps.take-cal.rom is no member that is read; the nearest is room. It has no effect.',
    '$.staff.Front desk: no lane of the map has this id; the nearest is front-desk. It has no effect.',
    '$.staff.nurs: no lane of the map has this id; the nearest is nurse. It has no effect.',
    '$.discipline.porter: no lane of the map has this id; there are front-desk, nurse. It has no effect.',
    '$.steps.take-cal: no step of the map has this id; the nearest is take-call. It has no effect.',
  ])
})

test('a project names them where it is opened, and each sample names none', () => {
  const current = JSON.parse(graphText(graph))
  const scenario = { format: 'carryover-scenario/1', staff: { nurs: { count: 1 } } }
  const opened = openWorkflows({ workflows: [{ id: 'w', current, future: null, trace: null, scenario }] })
  expect(opened.trouble).toEqual([expect.stringMatching(/^workflows\/w\/scenario\.json, \$\.staff\.nurs: .* nurse\./)])
  for (const id of ['medication-refill', 'ed-triage', 'clinic-intake']) {
    const read = (name: string) => JSON.parse(readFileSync(`samples/workflow/${id}/${name}.json`, 'utf8'))
    const { trouble } = openWorkflows({
      workflows: [{ id, current: read('current'), future: read('future'), trace: read('trace'), scenario: read('scenario') }],
    })
    expect(trouble).toEqual([])
  }
})
