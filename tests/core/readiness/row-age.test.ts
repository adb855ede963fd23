/** The age of the rows that decide: one new line makes no old one current, and what an old one says against it counts all the same. */
import { expect, test } from 'vitest'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { withKit } from '../../../src/core/readiness/downtime/kit-record.ts'
import { recordsOf, withCell } from '../../../src/core/readiness/input-files/edit-input.ts'
import { type InputKind, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { addDays } from '../../../src/core/values/day.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const ready = readyProject([])
const judged = (project: typeof ready, code: string, day = asOf) => {
  const rules = criteria.filter((rule) => rule.code === `readiness/${code}`)
  const [one] = assess(project, day, null, rules, verified).phases.flatMap((phase) => phase.criteria)
  if (!one) throw new Error(code)
  return one
}

test.each([
  ['tests', 'run_at', 'test-matrix'],
  ['competency', 'taken_at', 'competency'],
  ['rehearsals', 'started_at', 'dress-rehearsal'],
  ['rehearsals', 'started_at', 'simulated-shift'],
  ['messages', 'sent_at', 'interface-messages'],
  ['burden', 'month', 'daily-burden'],
  ['trial-loads', 'loaded_on', 'trial-loads'],
  ['observations', 'started_at', 'timed-walkthroughs'],
  ['lms', 'start', 'role-practice'],
  ['lms', 'start', 'training-sessions'],
  ['rollback', 'rehearsed_on', 'rollback-plan'],
] as const)('all lines of %s by %s four years old but the newest: %s is not proven', (kind, column, code) => {
  expect(judged(ready, code).state).toBe('proven')
  const aged = withOld(kind, column, (place, newest) => place !== newest)
  expect(judged(aged, code)).toMatchObject({ state: expect.stringMatching(/^(stale|failed|missing|unknown)$/) })
})

test('a line that is too old takes one cell, and the last day says when the first one will', () => {
  const { until } = judged(ready, 'dress-rehearsal')
  if (until === null) throw new Error('no last day')
  expect(judged(ready, 'dress-rehearsal', until).state).toBe('proven')
  expect(judged(ready, 'dress-rehearsal', addDays(until, 1)).state).toBe('stale')
  const one = withOld('rehearsals', 'started_at', (place) => place === 0)
  expect(judged(one, 'dress-rehearsal').reason).toMatch(
    /^without what is more than 90 days old it does not hold: \d+ of \d+ steps/,
  )
})

function withOld(kind: InputKind, column: string, isOld: (place: number, newest: number) => boolean): typeof ready {
  const before = new TextDecoder().decode(ready.other.get(inputPath(kind)))
  const days = recordsOf(before).map((row) => row.get(column) ?? '')
  const newest = days.indexOf(days.toSorted().at(-1) ?? '')
  let text = before
  for (const [place, day] of days.entries())
    if (day !== '' && isOld(place, newest)) text = withCell(text, place, column, `${Number(day.slice(0, 4)) - 4}${day.slice(4)}`)
  const file = withFile(ready, kind, text)
  return withKit(file, '2026-07-18', { device: 'd1', actor: 'owner', wall: '2026-07-18T10:00:00+02:00' }) ?? file
}
