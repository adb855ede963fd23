/** What nobody asked, accepted or signed is not said to be: an extract without a schema, accepted findings without one, claims under a part. */
import { expect, test } from 'vitest'
import { legacyExtract } from '../../../src/core/readiness/criteria/configuration/legacy-extract.ts'
import { exampleInput, exampleValidation } from '../../../src/core/readiness/criteria/examples/example-evidence.ts'
import { exampleSigned, exampleVerdicts } from '../../../src/core/readiness/criteria/examples/example-review.ts'
import { claimsSigned } from '../../../src/core/readiness/criteria/pre-launch/claims-signed.ts'
import { gather } from '../../../src/core/readiness/evidence/evidence.ts'
import type { EvidenceOf } from '../../../src/core/readiness/model/artifact.ts'
import { verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const asOf = '2026-07-14'
const given = (values: Partial<EvidenceOf>) => ({ value: (kind: keyof EvidenceOf) => values[kind] }) as never

test('an extract is not judged by a schema that nobody gave', () => {
  const extract = [exampleInput({ name: 'patients.csv', side: 'legacy' })]
  const judged = (checks: readonly string[]) =>
    legacyExtract.compute(
      given({ validation: exampleValidation([], extract, checks), baseline: [] }),
      legacyExtract.thresholds,
      asOf,
    )
  const without = judged([])
  expect([without.state, without.value]).toEqual(['missing', null])
  expect(without.words).toContain('no schema of a legacy source declares how it is to be read')
  // Any check of a schema says how the file is to be read, also one that is not counted here.
  expect(judged(['data/type'])).toMatchObject({ state: 'proven', value: 0 })
})

test('nobody accepted a finding, and none is said to be accepted by name', () => {
  const ready = readyProject([])
  const whatOf = (baseline: typeof ready.baseline) => gather({ ...ready, baseline }, verified).artifacts.get('baseline')?.origin
  expect(whatOf([])).toEqual({ kind: 'recorded', what: 'no finding was accepted' })
})

test('claims are signed by an approval, and by nothing that was signed before it', () => {
  const words = (meaning: 'review' | 'approval' | 'rejection', holds: number) =>
    claimsSigned.compute(
      given({ verdicts: exampleVerdicts(holds, 2), signatures: exampleSigned(meaning) }),
      claimsSigned.thresholds,
      asOf,
    ).words
  expect(words('review', 1)).toBe('0 of 1 claims hold, 0 signed')
  expect(words('rejection', 2)).toBe('1 of 1 claims hold, 0 signed')
  expect(words('approval', 2)).toBe('1 of 1 claims hold, 1 signed')
})
