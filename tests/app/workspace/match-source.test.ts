import { expect, test } from 'vitest'
import { matchSource } from '../../../src/app/workspace/match-source.ts'
import type { Side, SourceEntry } from '../../../src/core/data/source.ts'

function source(side: Side, name: string, sha256: string | null): SourceEntry {
  const id = `${side}-${name}`
  return { id, name, side, format: 'csv', table: 'patients', bytes: 10, sha256, records: null, schema: null, reading: {} }
}

const legacy = source('legacy', 'patients.csv', 'sha256:aa')
const target = source('target', 'patients.csv', 'sha256:bb')
const nobody = new Set<string>()

test('of two files with one name each finds its own source by its digest', () => {
  expect(matchSource('patients.csv', 'sha256:bb', [legacy, target], nobody)).toEqual({ kind: 'same', source: target })
  expect(matchSource('patients.csv', 'sha256:aa', [legacy, target], nobody)).toEqual({ kind: 'same', source: legacy })
})

test('a file that was renamed on disk is found back by its digest', () => {
  expect(matchSource('patients (1).csv', 'sha256:aa', [legacy], nobody)).toEqual({ kind: 'same', source: legacy })
})

test('a newer file takes the place of the one of its name that is not here', () => {
  const here = new Set([legacy.id])
  expect(matchSource('patients.csv', 'sha256:cc', [legacy, target], here)).toEqual({ kind: 'newer', source: target })
})

test('a file named like one that is here is asked about, with the side that is still free', () => {
  const here = new Set([legacy.id, target.id])
  expect(matchSource('patients.csv', 'sha256:cc', [legacy], here)).toEqual({ kind: 'ask', source: legacy, otherSide: 'target' })
  expect(matchSource('patients.csv', 'sha256:cc', [legacy, target], here)).toEqual({
    kind: 'ask',
    source: legacy,
    otherSide: null,
  })
})

test('two different files with the same bytes, both here, stay two sources', () => {
  expect(matchSource('other.csv', 'sha256:aa', [legacy], new Set([legacy.id]))).toEqual({ kind: 'new' })
})
