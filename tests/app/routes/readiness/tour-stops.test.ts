/** The tour: stops with numbers of the open project, and none whose fact the project does not hold. */
import { expect, test } from 'vitest'
import { stopsOf } from '../../../../src/app/routes/readiness/tour/stops.ts'
import { newProject } from '../../../../src/core/project/format/open.ts'
import { exampleProject } from '../../../core/project/example-project.ts'

const made = { id: 'p', name: 'North', legacy: 'A', target: 'B', created: '2026-11-24T09:00:00Z', tool: 'test', servers: [] }
Reflect.set(globalThis, 'CSS', { escape: (text: string) => text })

test('an empty project has the stops that need no fact', () => {
  expect(stopsOf(newProject(made), []).map(({ route }) => route)).toEqual([
    '/readiness',
    '/data/sources',
    '/readiness/go-no-go',
    '/ledger',
  ])
})

test('numbers are those of the project, whatever they are', () => {
  const project = exampleProject()
  const numbers = (text: string | undefined): readonly number[] =>
    (text?.match(/\d[\d,]*/g) ?? []).map((each) => Number(each.replace(',', '')))
  const stops = stopsOf(project, [
    { workflow: 'refill', fingerprint: 'f', sentence: 'The wait of 18 h is the same.', step: 'sign', score: 1 },
  ])
  const at = (route: string) => stops.find((stop) => stop.route.startsWith(route))
  expect(numbers(at('/ledger')?.text)).toEqual([project.ledger.length])
  expect(numbers(at('/data/sources')?.text)).toEqual([
    project.sources.length,
    project.sources.reduce((sum, { records }) => sum + (records ?? 0), 0),
  ])
  expect(at('/workflow/refill/compare?step=sign')).toMatchObject({ anchor: '[data-step$="/sign"]' })
})
