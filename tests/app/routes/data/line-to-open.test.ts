import { expect, test } from 'vitest'
import { lineToOpen } from '../../../../src/app/routes/data/mapping/line-to-open.ts'
import { utf8 } from '../../../../src/core/canonical.ts'
import { readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { MappingFinding } from '../../../../src/core/data/crosswalk/plan/crosswalk.ts'

const { mapping } = readMapping(
  new Map([
    [
      'mapping/fields.csv',
      utf8(
        [
          'legacy_source,legacy_field,rule,params,target,required,status,reason,by',
          'orders,ID,copy,,MedicationRequest.id,no,confirmed,,r-haas',
          'orders,STATE,copy,,MedicationRequest.status,no,suggested,,',
          'orders,NOTE,,,,no,unmapped,,',
          '',
        ].join('\n'),
      ),
    ],
  ]),
)
const missing = (what: string): MappingFinding => ({
  code: 'data/mapping-required',
  severity: 'error',
  line: null,
  what,
  words: `${what} is required`,
})

test('a required target opens the line that waits to fill it, and none where no line does', () => {
  expect(lineToOpen(missing('MedicationRequest.status'), mapping)).toBe(1)
  expect(lineToOpen(missing('MedicationRequest.intent'), mapping)).toBeNull()
  expect(lineToOpen({ ...missing('MedicationRequest.status'), line: 2 }, mapping)).toBe(2)
})
