import { expect, test } from 'vitest'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import type { PairSource } from '../../../src/core/review/model/pair-types.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'

const bytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`)
const file = (side: 'legacy' | 'target', table: string, ...lines: readonly string[]): PairSource => ({
  source: bytesSource(`${table}.csv`, bytes(lines)),
  side,
  table,
  format: null,
  reading: {},
})
const fields = [
  'legacy_source,legacy_field,rule,params,target,required,status,reason,by',
  'patients,MRN,copy,role=key,person.person_source_value,,confirmed,,data team',
  'patients,NO,copy,role=id,person.person_id,,confirmed,,data team',
  'problems,MRN,reference,table=patients,condition_occurrence.person_id,,confirmed,,data team',
  'problems,CODE,copy,role=code,condition_occurrence.condition_source_value,,confirmed,,data team',
]
const { mapping, problems } = readMapping(new Map([['mapping/fields.csv', bytes(fields)]]))

const inputs = [
  file('legacy', 'patients', 'MRN,NO,REMARK', 'MRN-100,1,hard of hearing', 'MRN-200,2,'),
  file('legacy', 'problems', 'MRN,CODE,NOTE', 'MRN-100,I10,since the war', 'MRN-200,E11,'),
  file('legacy', 'family', 'WHO,WORDS', 'MRN-100,father: stroke at 50', 'MRN-200,mother: well'),
  file('target', 'person', 'person_id,person_source_value,location', '1,MRN-100,ward 3', '2,MRN-200,'),
  file('target', 'condition_occurrence', 'person_id,condition_source_value', '1,I10', '2,E11'),
  file('target', 'observation_period', 'person_id,period_words', '1,from 2019', '2,from 2020'),
]

test('rows of tables that no line of the mapping has stand on the charts of their patients, on both sides', async () => {
  expect(problems).toEqual([])
  const [pair] = await finish(
    pairRecords({ inputs, mapping, asOf: '2026-03-02', keys: ['MRN-100'] }, new AbortController().signal),
  )
  const rows = pair?.chart.sections.flatMap((section) => section.rows.map((row) => ({ ...row, section: section.id }))) ?? []
  const said = (side: 'legacy' | 'target') =>
    rows.flatMap((row) => {
      const entry = row[side]
      return entry ? [entry.title, ...entry.details, ...entry.unmapped].map(({ text }) => text) : []
    })
  // The column of the patient is called otherwise there, and known by what stands in it.
  expect(said('legacy')).toEqual(expect.arrayContaining(['hard of hearing', 'since the war', 'father: stroke at 50']))
  expect(said('target')).toEqual(expect.arrayContaining(['ward 3', 'from 2019']))
  expect([...said('legacy'), ...said('target')].join()).not.toMatch(/mother|2020/)
  const alone = rows
    .filter(({ note }) => note.cls === 'not-compared')
    .map(({ legacy, target, section }) => [section, legacy !== null, target !== null])
  expect(alone).toEqual([
    ['results', false, true],
    ['other', true, false],
  ])
})
