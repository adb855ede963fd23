/** Findings out of sightings: one per rule, place and severity. */
import { expect, test } from 'vitest'
import type { Severity, Sighting } from '../../src/core/finding.ts'
import { Tally } from '../../src/core/tally.ts'

const place = { place: 'birth_date', input: 0, inputName: 'patients.csv' }
const sighting: Sighting = { code: 'data/date', at: { kind: 'input', input: 0, line: 2, byte: 40 }, evidence: { facts: [] } }

function fingerprints(severities: readonly Severity[], at = place): readonly string[] {
  const tally = new Tally()
  for (const severity of severities) tally.add(sighting, at, severity)
  return tally.findings().map((finding) => finding.fingerprint)
}

test('an error and a warning of one rule at one place are two findings with two fingerprints', () => {
  const [error, warning, ...rest] = fingerprints(['warning', 'error', 'warning'])
  expect(rest).toEqual([])
  expect(error).toMatch(/^[0-9a-f]{64}$/)
  expect(warning).not.toBe(error)
})

test('a finding has the same fingerprint in the next run, wherever its file stands in the list', () => {
  expect(fingerprints(['error'], { ...place, input: 3 })).toEqual(fingerprints(['error', 'error']))
  expect(fingerprints(['error'], { ...place, inputName: 'visits.csv' })).not.toEqual(fingerprints(['error']))
})
