/** What an own map lacks before it can be judged, and what a question is called. */
import { expect, test } from 'vitest'
import { flagsOf, titleOf } from '../../../../src/app/routes/workflow/editor/findings.ts'
import { wayToVerdict } from '../../../../src/app/routes/workflow/inspector/to-verdict.tsx'
import { compare } from '../../../../src/core/workflow/survival/compare.ts'
import { verdictOf } from '../../../../src/core/workflow/survival/verdict.ts'
import { workflowOf } from '../../../core/workflow/pair.ts'

const bare = 'Desk: Take call -> Desk: Print form -> MD: Sign form -> Nurse: Tell patient'

test('a bare pair of maps is told what to give first: each kind once, what opens most before what opens less, each name to its field', () => {
  const workflow = workflowOf({ current: bare, future: bare })
  const comparison = compare(workflow)
  const { missing } = verdictOf(workflow, comparison)
  const way = wayToVerdict(workflow, missing, false)
  expect(new Set(way.map(({ fact }) => fact)).size).toBe(way.length)
  expect(way.map(({ judgements }) => judgements)).toEqual(way.map(({ judgements }) => judgements).toSorted((a, b) => b - a))
  const medium = way.find(({ fact }) => fact === 'medium of a step')
  expect(medium?.places.map(({ name }) => name)).toEqual(expect.arrayContaining(['Print form', 'Sign form']))
  for (const { places } of way)
    for (const { place, name } of places) {
      if (place.at === null) continue
      const [side, id] = place.at.split('/') as ['current' | 'future', string]
      expect(workflow[side]?.nodes.get(id)?.label ?? workflow[side]?.lanes.get(id)?.label).toBe(name)
    }
})

test('where no step of today is traced, the trace comes before everything else', () => {
  const workflow = { ...workflowOf({ current: bare, future: bare }), trace: new Map() }
  const verdict = verdictOf(workflow, compare(workflow))
  expect(verdict.kind).toBe('not judged')
  const [first] = wayToVerdict(workflow, verdict.missing, true)
  expect(first).toMatchObject({ fact: 'what becomes of a step', places: [{ place: { field: 'trace' } }, {}, {}, {}] })
})

test('a question is called a question, and flags no step as a fault', () => {
  const safety = 'element allergies record safety\n'
  const before = `${safety}Nurse: Give drug {do paper safety 2m} -> Nurse: Note {enter paper 1m}`
  const after = `${safety}Nurse: Give drug {do screen safety 2m} -> System: Check allergies {check auto 1s reads=allergies writes=none}`
  const { findings } = compare(workflowOf({ current: before, future: after, perHour: 1 }))
  const questions = findings.filter(({ question, outcome }) => question && outcome !== 'unjudged' && outcome !== 'eliminated')
  expect(questions.length).toBeGreaterThan(0)
  expect(questions.map(titleOf)).toEqual(questions.map(() => 'Question'))
  const flags = [...flagsOf(questions).values()]
  expect(flags.length).toBeGreaterThan(0)
  expect(new Set(flags.map(({ severity, words }) => `${severity} ${words}`))).toEqual(new Set(['info a question']))
})
