import { expect, test } from 'vitest'
import { smallPair } from './small-pair.ts'

/** A target that numbers its visits anew and keeps the old numbers in a column of their own. */
const lines = [
  'pat,NR,copy,role=key,person.old_nr',
  'vis,VID,copy,role=key,visit.old_nr',
  'vis,NR,reference,table=pat,visit.person_id',
  'res,NR,reference,table=pat,result.person_id',
  'res,VID,reference,table=vis,result.visit_id',
  'res,TEST,copy,role=code,result.test',
  'res,AT,date-time,role=onset,result.taken',
  'res,VAL,copy,,result.value',
]
const days = [1, 2, 3, 4, 5, 6]
const at = (n: number): string => `2024-03-0${n}T10:00:00Z`
const legacy = {
  pat: 'NR\n1\n2\n',
  vis: ['NR,VID', ...days.map((n) => `${n % 2 === 0 ? 2 : 1},${n}`), ''].join('\n'),
  res: ['NR,VID,TEST,AT,VAL', ...days.map((n) => `${n % 2 === 0 ? 2 : 1},${n},K,${at(n)},4.${n}`), ''].join('\n'),
}

/** New numbers are those of the other patient's visits in the old system, so that they must not be taken for them. */
const newNumber = (n: number): number => 7 - n
function target(linkOf: (n: number) => string | number, idColumn = 'nr', link = 'visit_id') {
  const person = (n: number): number => (n % 2 === 0 ? 12 : 11)
  return {
    person: 'person_id,old_nr\n11,1\n12,2\n',
    visit: [`${idColumn},old_nr,person_id,ward`, ...days.map((n) => `${newNumber(n)},${n},${person(n)},W`), ''].join('\n'),
    result: [`person_id,${link},test,taken,value`, ...days.map((n) => `${person(n)},${linkOf(n)},K,${at(n)},4.${n}`), ''].join(
      '\n',
    ),
  }
}

const withId = [...lines, 'pat,NR,affix,prefix=1; role=id,person.person_id']
const compared = (tables: ReturnType<typeof target>, by = withId) => smallPair(by, legacy, tables)

test('links to rows that are numbered anew are followed by the column that holds what they name', async () => {
  expect((await compared(target(newNumber))).told).toEqual({})
  const wrong = await compared(target((n) => newNumber(n === 1 ? 3 : n)))
  expect(wrong.told).toEqual({ 'data/field-changed': 1 })
  expect(wrong.findings[0]).toMatchObject({ place: 'result.visit_id', sample: [{ at: { record: 1 } }] })
  expect((await compared(target((n) => (n === 4 ? '' : newNumber(n))))).told).toEqual({ 'data/field-lost': 1 })
})

test('a column that no link meets names no row: the links are listed as not compared', async () => {
  const { told, notEvaluated } = await compared(target((n) => 900 + n))
  expect(told).toEqual({})
  expect(notEvaluated).toContainEqual({
    what: 'res.VID',
    why: 'links to vis are not compared: no column of visit holds what result.visit_id names; map the one that does with role=id',
  })
})

test('where both tables call the column alike, links that all lead nowhere are wrong', async () => {
  expect((await compared(target((n) => 900 + n, 'visit_id'))).told).toEqual({ 'data/field-changed': 6 })
})

test('of two results that say the same without a time, the link tells which is which', async () => {
  const timeless = withId.filter((line) => !line.startsWith('res,AT'))
  const same = { ...legacy, res: 'NR,VID,TEST,VAL\n1,1,K,4.1\n1,3,K,4.1\n1,5,K,4.1\n' }
  const order = [5, 1, 3]
  const made = target(newNumber)
  const result = ['person_id,visit_id,test,value', ...order.map((n) => `11,${newNumber(n)},K,4.1`), ''].join('\n')
  const by = timeless
  expect((await smallPair(by, same, { ...made, result })).told).toEqual({})
})

test('links to a table without patients are named, not passed over', async () => {
  const more = ['res,WARD,reference,table=ward,result.ward_id', 'ward,ID,copy,role=key,ward.id']
  const res = legacy.res.replaceAll('\n', ',9\n').replace('VAL,9', 'VAL,WARD')
  const by = [...withId, ...more]
  const { notEvaluated } = await smallPair(by, { ...legacy, res, ward: 'ID\n9\n' }, { ...target(newNumber), ward: 'id\n9\n' })
  expect(notEvaluated).toContainEqual({
    what: 'res.WARD',
    why: 'links to ward are not compared: its records belong to no patient, and links are followed within one',
  })
})
