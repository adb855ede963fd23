/** Control totals by site and year: what an overall total hides is told where it is missing. */
import { expect, test } from 'vitest'
import { type Mapping, readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../../src/core/data/crosswalk/plan/sides.ts'
import { reconcile } from '../../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../../src/core/operation.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const fields = `legacy_source,legacy_field,rule,params,target,required,status,reason,by
people,id,copy,role=key,person.id,,confirmed,,A
visits,nr,copy,role=key,visit.nr,,confirmed,,A
visits,who,reference,table=people,visit.person,,confirmed,,A
visits,clinic,copy,role=site,visit.clinic,,confirmed,,A
visits,day,date,order=day-first; role=onset,visit.day,,confirmed,,A
`
const { mapping }: { mapping: Mapping } = readMapping(new Map([['mapping/fields.csv', bytes(fields)]]))
const file = (side: 'legacy' | 'target', table: string, text: string): PairSource => ({
  source: bytesSource(`${table}.csv`, bytes(text)),
  ...{ side, format: 'csv', table, reading: { headerRows: 1, delimiter: ',' } },
})

test('a site and a year that lost records are named though the overall totals agree', async () => {
  const people = 'id\n1\n2\n3\n'
  const legacy = ['1,1,North,01/02/2019', '2,1,North,03/02/2020', '3,2,South,05/06/2020', '4,3,,01/01/2020']
  // One visit of North moved to South, another to the year before.
  const target = ['1,1,North,2019-02-01', '2,1,South,2020-02-03', '3,2,South,2019-06-05', '4,3,,2020-01-01']
  const { totals } = await finish(
    reconcile(
      {
        inputs: [
          file('legacy', 'people', people),
          file('legacy', 'visits', `nr,who,clinic,day\n${legacy.join('\n')}\n`),
          file('target', 'person', people),
          file('target', 'visit', `nr,person,clinic,day\n${target.join('\n')}\n`),
        ],
        mapping,
      },
      new AbortController().signal,
    ),
  )
  const of = (name: string) => totals.flatMap((one) => (one.name.startsWith(`visits → visit: ${name}`) ? [one] : []))
  expect(of('records by').map((one) => [one.name.slice(27), one.legacy, one.target, one.equal])).toEqual([
    ['site visit.clinic = North', '2', '1', false],
    ['site visit.clinic = South', '1', '2', false],
    ['site visit.clinic = nothing', '1', '1', true],
    ['year of day = 2019', '1', '2', false],
    ['year of day = 2020', '3', '2', false],
  ])
  expect(of('patients by site').map((one) => [one.legacy, one.target])).toEqual([
    ['1', '1'],
    ['1', '2'],
    ['1', '1'],
  ])
  expect(of('records').filter(({ name }) => name.endsWith(': records'))).toMatchObject([{ legacy: '4', target: '4' }])
})
