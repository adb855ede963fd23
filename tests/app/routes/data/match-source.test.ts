import { expect, test } from 'vitest'
import { matchFiles, sideOfPath } from '../../../../src/app/routes/data/acts/match-source.ts'
import { looksLikeData } from '../../../../src/app/routes/data/acts/new-source.ts'
import type { Side, SourceEntry } from '../../../../src/core/data/model/source.ts'

function source(side: Side, name: string, sha256: string | null): SourceEntry {
  const id = `${side}-${name}`
  return { id, name, side, format: 'csv', table: 'patients', bytes: 10, sha256, records: null, schema: null, reading: {} }
}

const legacy = source('legacy', 'patients.csv', 'sha256:aa')
const target = source('target', 'patients.csv', 'sha256:bb')
const nobody = new Set<string>()
const matchSource = (name: string, sha256: string, sources: readonly SourceEntry[], here: ReadonlySet<string>) =>
  matchFiles([{ name, sha256, side: null }], sources, here)[0]

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

test('many files find their sources at once, whatever their order, and none takes the place of another', () => {
  const files = [
    { name: 'patients.csv', sha256: 'sha256:zz', side: null },
    { name: 'renamed.csv', sha256: 'sha256:bb', side: null },
    { name: 'other.csv', sha256: 'sha256:yy', side: null },
  ]
  const expected = ['newer legacy-patients.csv', 'same target-patients.csv', 'new']
  const words = (order: readonly number[]): readonly string[] => {
    const found = matchFiles(
      order.flatMap((at) => files[at] ?? []),
      [legacy, target],
      nobody,
    )
    return files.map((_, at) => {
      const match = found[order.indexOf(at)]
      return match?.kind === 'new' ? 'new' : match ? `${match.kind} ${match.source.id}` : ''
    })
  }
  expect(words([0, 1, 2])).toEqual(expected)
  expect(words([2, 1, 0])).toEqual(expected)
})

test('the folder says the side of changed files that share a name, and of new ones', () => {
  const changed = (side: Side) => ({ name: 'patients.csv', sha256: `sha256:new-${side}`, side })
  const found = matchFiles([changed('target'), changed('legacy')], [legacy, target], nobody)
  expect(found.map((match) => (match.kind === 'newer' ? match.source.id : match.kind))).toEqual([target.id, legacy.id])
  expect(matchFiles([changed('target')], [legacy], new Set([legacy.id]))).toEqual([{ kind: 'new' }])
})

test('the innermost folder that names a side or one of the systems says it', () => {
  const systems = { legacy: 'Old Chart', target: 'OpenChart' }
  expect(sideOfPath('pair/legacy/patients.csv', systems)).toBe('legacy')
  expect(sideOfPath('old-chart/export/patients.csv', systems)).toBe('legacy')
  expect(sideOfPath('legacy/OpenChart/patients.csv', systems)).toBe('target')
  expect(sideOfPath('legacy.csv', systems)).toBeNull()
})

test('folders and files that say the side in other words are understood, and table names are not taken for a side', () => {
  const systems = { legacy: '', target: '' }
  for (const path of [
    'alt/PATIENTEN.csv',
    'quelle/a.csv',
    'Export_old_2024/a.csv',
    'before/a.csv',
    'alt_patienten.csv',
    'labs-old.csv.gz',
  ])
    expect(sideOfPath(path, systems), path).toBe('legacy')
  for (const path of [
    'neu/patients.csv',
    'Ziel/x/a.csv',
    'destination/a.csv',
    'after/a.csv',
    'patients_new.csv',
    'NeuPatienten.csv',
  ])
    expect(sideOfPath(path, systems), path).toBe('target')
  for (const path of ['patients.csv', 'CDM_SOURCE.csv', 'new.csv', 'data/care_site.csv', 'old-to-new/a.csv', 'salt.csv'])
    expect(sideOfPath(path, systems), path).toBeNull()
})

test('of a folder what looks like data is taken, compressed or not', () => {
  const names = ['a.csv', 'b.json.gz', 'c.NDJSON', 'd.xlsx', 'README.md', '.DS_Store', 'readme.txt', 'scan.pdf']
  expect(names.filter(looksLikeData)).toEqual(['a.csv', 'b.json.gz', 'c.NDJSON', 'd.xlsx'])
})
