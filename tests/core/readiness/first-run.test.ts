import { expect, test } from 'vitest'
import type { Project } from '../../../src/core/project/format/project.ts'
import { allergyFact, bottleneckFact, reviewFact } from '../../../src/core/readiness/evidence/first-run.ts'
import { project, run } from './example-project.ts'

const moved = { workflow: 'refill', fingerprint: 'a', sentence: 'The wait moved.', step: 'approve', score: 5 }

test('the most costly moved bottleneck is shown first and opens its step', () => {
  const fact = bottleneckFact([moved, { ...moved, fingerprint: 'b', step: 'sort', score: 9 }])
  expect(fact?.route).toBe('/workflow/refill/compare?step=sort')
  expect(bottleneckFact([])).toBeNull()
})

test('patients whose warning is gone are counted from the run, not from the sample', () => {
  const finding = {
    code: 'data/allergy-state-changed',
    severity: 'critical',
    place: 'AllergyIntolerance',
    input: null,
    count: 7,
    denominator: 300,
    patients: 7,
    fingerprint: 'f7',
    outcome: null,
  } as const
  const pairing = run.pairing && {
    ...run.pairing,
    patients: 300,
    allergyStates: { 'known → known': 90, 'known → none': 4, 'known → patient lost': 1, 'none → known': 2 },
  }
  const seen: Project = {
    ...project,
    runs: [{ ...run, pairing, findings: [{ ...finding, code: 'data/allergy-lost', fingerprint: 'f6' }, finding] }],
  }
  expect(allergyFact(seen)).toMatchObject({
    sentence:
      '7 patients: the allergy status changed. 5 patients have a known allergy in Old and none in New. In all 14 allergy differences among 300 patients.',
    route: '/data/findings/f7',
  })
  expect(allergyFact(project)).toBeNull()
  expect(allergyFact({ ...seen, runs: seen.runs.map((each) => ({ ...each, partial: true })) })).toBeNull()
})

test('the review names the next open record, and the certificate when none is left', () => {
  expect(reviewFact({ ...project, review: { ...project.review, events: [] } })).toMatchObject({
    sentence: '1 of 1 sampled records left; until they are judged they count as wrong.',
    route: '/review/records',
  })
  expect(reviewFact(project)?.route).toBe('/review/certificate')
  expect(reviewFact({ ...project, review: { ...project.review, draw: null } })).toBeNull()
})
