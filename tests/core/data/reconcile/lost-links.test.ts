import { expect, test } from 'vitest'
import { reconcileText } from '../../../../src/core/data/reconcile/account/report.ts'
import { smallPair } from './small-pair.ts'

const people = Array.from({ length: 20 }, (_, i) => i)
const number = (i: number): string => String(100_000 + i)
const uid = (i: number): string => `U${String(i + 1).padStart(5, '0')}`
const csv = (lines: readonly string[]): string => `${lines.join('\n')}\n`

/** A target that calls its persons by ids of its own and keeps the old numbers beside. */
const legacy = {
  patienten: csv(['PatNr,Name', ...people.map((i) => `${number(i)},Name ${i}`)]),
  besuche: csv(['BesuchNr,PatNr', ...people.map((i) => `B${i},${number(i)}`)]),
}
const targetOf = (link: (i: number) => string) => ({
  person: csv(['person_uid,external_no,name', ...people.map((i) => `${uid(i)},${number(i)},Name ${i}`)]),
  encounter: csv(['external_no,person_uid', ...people.map((i) => `B${i},${link(i)}`)]),
})
const lines = [
  'patienten,PatNr,copy,role=key,person.external_no',
  'patienten,Name,copy,,person.name',
  'besuche,BesuchNr,copy,role=key,encounter.external_no',
  'besuche,PatNr,reference,table=patienten,encounter.person_uid',
]
const idLine = 'patienten,PatNr,record-id,form=number; table=patienten; role=id,person.person_uid'

test('where no link of a table finds its patient, the missing line is named first', async () => {
  const result = await smallPair(lines, legacy, targetOf(uid))
  const { notEvaluated, told } = result
  expect(notEvaluated[0]).toEqual({
    what: 'Links of encounter',
    why: 'encounter.person_uid holds values that no mapped column of person holds, so 20 records find no patient; give the column of person that it names, such as person.person_uid, a line with role=id: a value-map of the numbers, or record-id with table=patienten',
  })
  // What can not be judged is neither lost nor out of nowhere, and puts no patient off.
  expect(told).toEqual({})
  const { tables, unaccounted, unexplained, patientsOff, notJudged } = result
  expect([unaccounted, unexplained, patientsOff, notJudged?.length]).toEqual([0, 0, 0, 1])
  expect(tables.find(({ table }) => table === 'besuche')).toMatchObject({ legacy: 20, unaccounted: 0, notCompared: 20 })
  const text = reconcileText(result, { wording: () => null, paths: [], reveal: false })
  expect(text.startsWith('Not compared: Links of encounter: encounter.person_uid holds values')).toBe(true)
  expect(text).toContain('20 of besuche: such legacy records are neither matched nor lost.')
  expect(text).not.toMatch(/^Every legacy record/m)
})

test('with the line that it asks for every record finds its patient', async () => {
  const { notEvaluated, unaccounted, told } = await smallPair([...lines, idLine], legacy, targetOf(uid))
  expect(notEvaluated.filter(({ what }) => what.startsWith('Links of'))).toEqual([])
  expect([unaccounted, told['data/orphan-target']]).toEqual([0, undefined])
})

test('a few links that lead nowhere are findings of their own', async () => {
  const { notEvaluated, told } = await smallPair(
    [...lines, idLine],
    legacy,
    targetOf((i) => (i < 2 ? 'U99999' : uid(i))),
  )
  expect(notEvaluated.filter(({ what }) => what.startsWith('Links of'))).toEqual([])
  expect(told['data/orphan-target']).toBe(2)
})

test('with another column as the id it is named', async () => {
  const wrong = idLine.replace('person.person_uid', 'person.name')
  const { notEvaluated } = await smallPair([...lines, wrong], legacy, targetOf(uid))
  expect(notEvaluated[0]?.why).toContain('encounter.person_uid holds values that person.name does not hold, so 20 records')
})

test('where most of a table is not there, a few records without a patient hide no loss', async () => {
  const { notJudged, told } = await smallPair([...lines, idLine], legacy, {
    person: targetOf(uid).person,
    encounter: csv(['external_no,person_uid', 'B7,U99999']),
  })
  expect(notJudged).toBeUndefined()
  expect(told).toEqual({ 'data/item-lost': 20, 'data/orphan-target': 1 })
})

test('of a table that is half there it is told that records are missing', async () => {
  const half = targetOf(uid).encounter.split('\n').slice(0, 13).join('\n')
  const { notJudged } = await smallPair(lines, legacy, { person: targetOf(uid).person, encounter: half })
  expect(notJudged?.[0]?.why).toMatch(
    /; 20 legacy records of besuche stand beside 12, so some are missing whatever links say, unless they were merged$/,
  )
})

test('links that were emptied, and those to patients who are not there, are lost whatever the field map says', async () => {
  const emptied = await smallPair(
    [...lines, idLine],
    legacy,
    targetOf(() => ''),
  )
  const none = await smallPair([...lines, idLine], legacy, { ...targetOf(uid), person: 'person_uid,external_no,name\n' })
  expect([emptied.notJudged, none.notJudged]).toEqual([undefined, undefined])
  expect(emptied.told).toEqual({ 'data/item-lost': 20, 'data/orphan-target': 20 })
  expect(none.told).toEqual({ 'data/patient-lost': 20, 'data/orphan-target': 20 })
})
