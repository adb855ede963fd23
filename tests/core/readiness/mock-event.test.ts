/** A run of the mock go-live proves only what went wrong before it began, by the hour, not by the day alone. */
import { expect, test } from 'vitest'
import { exampleFile } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { criticalSteps, mendedAfter, openWords } from '../../../src/core/readiness/measures/mock-event.ts'
import { workflowOf } from '../workflow/pair.ts'

const scenariosAt = (started: string) =>
  exampleFile(
    'mock-scenarios',
    `event,scenario,workflow,steps,roles,started_at,result\nM1,Refill,refill,Check,Nurse,${started},pass\n`,
  ).rows
const incidents = (severity: string) =>
  exampleFile(
    'mock-incidents',
    `id,event,opened_at,severity,what,scenario,owner,closed_on,tried_again_on\nI1,M1,2026-07-05T10:00:00+02:00,${severity},Label prints twice,Refill,IT lead,2026-07-05,2026-07-05\n`,
  ).rows

test.each([
  // One hour before and after, and the same instant; written in another zone the hour is that of the instant.
  ['2026-07-05T09:00:00+02:00', false],
  ['2026-07-05T10:00:00+02:00', false],
  ['2026-07-05T09:30:00+01:00', true],
  ['2026-07-05T11:00:00+02:00', true],
  ['2026-07-06T08:00:00+02:00', true],
])('an incident opened at 10:00 and mended that day: a run at %s proves it: %s', (started, proves) => {
  const scenarios = scenariosAt(started)
  for (const severity of ['critical', 'low']) {
    const [incident] = incidents(severity)
    const [row] = scenarios
    if (!incident || !row) throw new Error('no rows')
    expect(mendedAfter(row, [incident])?.id).toBe(proves ? undefined : 'I1')
    const word = severity === 'critical' && !proves ? 'no run of its script has passed since it was mended' : null
    expect(openWords(incident, scenarios)).toBe(word)
  }
  const map = 'Nurse: Check {1m}'
  const workflow = { ...workflowOf({ current: map, future: map }), id: 'refill' }
  const [step] = criticalSteps([workflow], scenarios, incidents('critical'))
  expect(step?.by?.scenario).toBe(proves ? 'Refill' : undefined)
})
