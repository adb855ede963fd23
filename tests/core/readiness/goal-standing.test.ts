/** Goals against baseline and target: worked out by hand, and the same in the criterion and on paper. */
import { expect, test } from 'vitest'
import { goalsMeasured } from '../../../src/core/readiness/criteria/discovery/goals-measured.ts'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { givenOf } from '../../../src/core/readiness/evidence/evidence.ts'
import { goalLacks, goalReached, goalWay } from '../../../src/core/readiness/measures/goal-standing.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const text = `id,goal,measure,baseline,target,better,owner,now,measured_on
G1,Faster,hours,30,10,lower,Nurse lead,15,2026-07-01
G2,Fuller,percent,70,90,higher,Director,90,2026-07-01
G3,Calls,calls a day,100,80,lower,Desk lead,110,2026-07-01
G4,Trust,percent,,90,higher,Director,95,2026-07-01
G5,Notes,percent,90,80,higher,Director,85,2026-07-01
G6,Letters,letters,40,20,lower,Desk lead,,
`

test('the way from baseline to target, and what keeps a goal from being judged', () => {
  const { rows } = exampleFile('goals', text)
  expect(rows.map((row) => [row.id, goalWay(row), goalReached(row), goalLacks(row)])).toEqual([
    ['G1', 75, false, null],
    ['G2', 100, true, null],
    ['G3', -50, false, null],
    ['G4', null, null, 'no baseline'],
    ['G5', null, null, 'the target is no higher than the baseline'],
    ['G6', null, null, null],
  ])
})

test('a goal that the criterion names is not reached on paper, whatever was measured', () => {
  const goals = exampleFile('goals', text)
  const given = givenOf({ goals }, goalsMeasured.code, goalsMeasured.needs)
  const { cells } = goalsMeasured.compute(given, goalsMeasured.thresholds, asOf)
  const page = writeReport(makeReport('outcomes', withFile(readyProject([]), 'goals', text), asOf, verified), 'markdown')
  expect(cells.map(({ name }) => name)).toEqual([
    'G4, Trust: no baseline',
    'G5, Notes: the target is no higher than the baseline',
  ])
  expect(page).toContain('1 of 6 goals reached; 3 can not be judged yet')
  expect(page).toContain('| Faster | hours | 30 | 10 | Nurse lead | 15 | 01-Jul-2026 | 75 % | no |')
  expect(page).toContain('| Calls | calls a day | 100 | 80 | Desk lead | 110 | 01-Jul-2026 | −50 % | no, farther than before |')
  expect(page).toContain('| not judged: no baseline |')
})
