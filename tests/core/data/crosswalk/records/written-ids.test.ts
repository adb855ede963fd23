/** Links to rows that the target calls by ids of its own: each holds the id that its row was given, or its row is rejected. */
import { describe, expect, test } from 'vitest'
import { readMapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { bytesSource } from '../../../../../src/core/operation.ts'
import { runMapping } from '../mapped.ts'

const people = Array.from({ length: 20 }, (_, i) => i)
const number = (i: number): string => String(100_000 + i)
const uid = (i: number): string => `U${String(i + 1).padStart(5, '0')}`
const bytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`)

/** Patients with their visits and results; `Lfd` numbers other patients than `PatNr` does. */
const legacy = {
  patienten: ['PatNr,Uid,Lfd,Name', ...people.map((i) => `${number(i)},${uid(i)},${number((i + 7) % 20)},Name ${i}`)],
  besuche: ['BesuchNr,PatNr', ...people.flatMap((i) => [`B${i}a,${number(i)}`, `B${i}b,${number(i)}`])],
  labor: ['LaborNr,PatNr', ...people.map((i) => `L${i},${number(19 - i)}`)],
}
const children = [
  'besuche,BesuchNr,copy,role=key,encounter.external_no',
  'besuche,PatNr,reference,table=patienten,encounter.person_uid',
  'labor,LaborNr,copy,role=key,observation.external_no',
  'labor,PatNr,reference,table=patienten,observation.person_uid',
]
const key = 'patienten,PatNr,copy,role=key,person.external_no'

/** @param left how many of the patients the value map does not know */
async function mapped(
  lines: readonly string[],
  left = 0,
  others = children,
  tables: Readonly<Record<string, readonly string[]>> = legacy,
) {
  const head = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  const pairs = people.slice(left).map((i) => `${number(i)},,,${uid(i)},equivalent`)
  const { mapping, problems } = readMapping(
    new Map([
      ['mapping/fields.csv', bytes([head, ...[...lines, ...others].map((line) => `${line},,confirmed,,A`)])],
      ['mapping/values/pat.csv', bytes(['source_code,source_display,target_system,target_code,relationship', ...pairs])],
    ]),
  )
  expect(problems).toEqual([])
  const { result, files } = await runMapping({
    mapping,
    inputs: Object.entries(tables).map(([table, rows]) => ({
      source: bytesSource(`${table}.csv`, bytes(rows)),
      side: 'legacy',
      format: null,
      table,
      reading: { headerRows: 1, delimiter: ',' },
    })),
  })
  return { result, cells: (table: string, column: string) => cellsOf(files.get(`${table}.csv`) ?? '', column) }
}

function cellsOf(text: string, column: string): string[] {
  const [head = '', ...rows] = text.trimEnd().split('\n')
  const at = head.split(',').indexOf(column)
  return rows.map((row) => row.split(',')[at] ?? '')
}

const twice = people.flatMap((i) => [uid(i), uid(i)])

describe('links hold the id that the row was given', () => {
  const ways: readonly (readonly [string, readonly string[], (id: string) => string])[] = [
    ['by a value map', [key, 'patienten,PatNr,value-map,map=pat; role=id,person.person_uid'], (id) => id],
    ['by a value map without a key', ['patienten,PatNr,value-map,map=pat; role=id,person.person_uid'], (id) => id],
    ['by a key that a rule makes', ['patienten,PatNr,value-map,map=pat; role=key,person.person_uid'], (id) => id],
    [
      'by a prefix',
      [key, 'patienten,PatNr,affix,prefix=P; role=id,person.person_uid'],
      (id) => `P${Number(id.slice(1)) + 99_999}`,
    ],
  ]
  test.each(ways)('%s', async (_, lines, id) => {
    const { result, cells } = await mapped(lines)
    expect(cells('person', 'person_uid')).toEqual(people.map((i) => id(uid(i))))
    expect(cells('encounter', 'person_uid')).toEqual(twice.map(id))
    expect(cells('observation', 'person_uid')).toEqual(people.map((i) => id(uid(19 - i))))
    expect(result.tables.map(({ rejected }) => rejected)).toEqual([0, 0, 0])
  })
})

test('a link by a column that the id is not made of is rejected and counted, never written', async () => {
  const { result, cells } = await mapped([key, 'patienten,Uid,copy,role=id,person.person_uid'])
  expect(cells('person', 'person_uid')).toEqual(people.map(uid))
  expect(cells('encounter', 'person_uid')).toEqual([])
  expect(result.reasons.map(({ table, why, count }) => [table, why, count])).toEqual(
    [['besuche', 40] as const, ['labor', 20] as const].map(([table, count]) => [
      table,
      'the row of patienten was given an id that can not be made of this column; make the line with role=id of the column that links name',
      count,
    ]),
  )
})

test('an id that another row was given is not taken for that of the linked row', async () => {
  const { result, cells } = await mapped([key, 'patienten,Lfd,copy,role=id,person.person_uid'])
  expect(new Set(cells('person', 'person_uid'))).toEqual(new Set(people.map(number)))
  expect(cells('encounter', 'person_uid')).toEqual([])
  expect(result.tables.map(({ table, rejected }) => [table, rejected])).toEqual([
    ['patienten', 0],
    ['besuche', 40],
    ['labor', 20],
  ])
})

test('links to patients that the value map does not know are rejected with them', async () => {
  const { result, cells } = await mapped([key, 'patienten,PatNr,value-map,map=pat; role=id,person.person_uid'], 3)
  expect(cells('encounter', 'person_uid')).toEqual(twice.slice(6))
  expect(result.tables.map(({ table, rejected }) => [table, rejected])).toEqual([
    ['patienten', 3],
    ['besuche', 6],
    ['labor', 3],
  ])
})

test('a link by the column that the id is made of leads to its row, whatever the key is', async () => {
  const byUid = children.map((line) => line.replace('labor,PatNr', 'labor,Uid'))
  const labor = ['LaborNr,Uid', ...people.map((i) => `L${i},${uid(19 - i)}`)]
  const { cells } = await mapped([key, 'patienten,Uid,affix,prefix=X; role=id,person.person_uid'], 0, byUid, { ...legacy, labor })
  expect(cells('observation', 'person_uid')).toEqual(people.map((i) => `X${uid(19 - i)}`))
})
