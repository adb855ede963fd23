import { expect, test } from 'vitest'
import { fieldsPath, readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { openRecordsCsv } from '../../../../src/core/data/reconcile/account/open-records.ts'
import { reconcileMarkdown, reconcileText } from '../../../../src/core/data/reconcile/account/report.ts'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const table = (name: string, side: 'legacy' | 'target', text: string): PairSource => ({
  ...{ source: bytesSource(`${name}.csv`, bytes(text)), side, format: 'csv', table: name, reading: {} },
})
const inputs = [
  table('patients', 'legacy', 'MRN,NAME\nA1,Weber\nB2,Koch\nC3,Wolf\n'),
  table('visits', 'legacy', 'VID,MRN,DAY\nV1,A1,2021-03-04\nV2,B2,2021-05-06\nV3,B2,2021-07-08\nV4,C3,2021-09-10\n'),
  table('people', 'target', 'mrn,name\nA1,Weber\nC3,Wolf\n'),
  table('encounters', 'target', 'vid,mrn,day\nV1,A1,2021-03-04\n'),
]
const lines = [
  'patients,MRN,copy,role=key,people.mrn',
  'patients,NAME,copy,,people.name',
  'visits,VID,copy,role=key,encounters.vid',
  'visits,MRN,reference,table=patients,encounters.mrn',
  'visits,DAY,date,role=onset,encounters.day',
]

async function reconciled(status: 'confirmed' | 'suggested') {
  const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  const text = [head, ...lines.map((line) => `${line},,${status},,${status === 'confirmed' ? 'Ada' : ''}`)].join('\n')
  const { mapping } = readMapping(new Map([[fieldsPath, bytes(text)]]))
  return finish(reconcile({ inputs, mapping }, new AbortController().signal))
}

const names = { wording: () => null, paths: inputs.map(({ source }) => source.name), reveal: false }

test('every unaccounted record has its file, line, key and why, also those a lost patient took along', async () => {
  const result = await reconciled('confirmed')
  expect(result.unaccounted).toBe(4)
  expect(result.open.map(({ table: of, line, key, why }) => `${of} ${line} ${key} ${why}`)).toEqual([
    'patients 3 B2 none-fits',
    'visits 3 V2 patient-lost',
    'visits 4 V3 patient-lost',
    'visits 5 V4 none-fits',
  ])
  const text = reconcileText(result, names)
  expect(text).toContain('visits.csv record 2, line 3, key A9: the record of its patient did not arrive.')
  expect(openRecordsCsv(result.open, names.paths, (key) => key)).toContain('visits,visits.csv,4,5,V4,no target record fits it')
})

test('before a line is confirmed the report says what was not compared, and names no record as lost', async () => {
  const result = await reconciled('suggested')
  for (const text of [reconcileText(result, names), reconcileMarkdown(result, names)]) {
    expect(text).toContain(
      'Not compared: 7 legacy records and every record of the target, because no line of the field map is confirmed.',
    )
    expect(text).not.toMatch(/from nowhere|0 of 0/)
    expect(text).not.toContain('record 1, line 2')
    // No place is left blank.
    expect(text).not.toMatch(/^ {2}(?:- )?$/m)
  }
})
