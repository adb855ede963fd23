/** One document that two people changed: what only one changed is taken, what both changed differently is named. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { joinDocuments } from '../../../src/core/project/exchange/three-way.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const head = 'legacy_source,legacy_field,rule,target\n'
const base = `${head}patients,DOB,date,Patient.birthDate\npatients,SEX,map,Patient.gender\nallergies,TXT,text,\n`

test('two people who change different lines of the mapping both keep their change', () => {
  const here = base.replace('date,', 'date-dmy,')
  const theirs = `${base.replace('TXT,text,', 'TXT,text,AllergyIntolerance.code')}allergies,ON,date,AllergyIntolerance.recordedDate\n`
  const joined = joinDocuments('mapping/fields.csv', utf8(base), utf8(here), utf8(theirs))
  expect(joined.clashes).toEqual([])
  expect(text(joined.bytes)).toBe(
    `${head}patients,DOB,date-dmy,Patient.birthDate\npatients,SEX,map,Patient.gender\nallergies,TXT,text,AllergyIntolerance.code\nallergies,ON,date,AllergyIntolerance.recordedDate\n`,
  )
  // From the other side the same lines come out.
  const other = joinDocuments('mapping/fields.csv', utf8(base), utf8(theirs), utf8(here))
  expect(text(other.bytes)).toBe(text(joined.bytes))
})

test('one line that both change differently stays as it is here and is named; the person chooses', () => {
  const here = base.replace('map,Patient.gender', 'copy,Patient.gender')
  const theirs = base.replace('map,Patient.gender', 'map,Patient.sex')
  const joined = joinDocuments('mapping/fields.csv', utf8(base), utf8(here), utf8(theirs))
  expect(joined.clashes).toEqual([
    { place: 'patients · SEX', here: 'rule: copy, target: Patient.gender', theirs: 'rule: map, target: Patient.sex' },
  ])
  expect(text(joined.bytes)).toBe(here)
  const chosen = joinDocuments('mapping/fields.csv', utf8(base), utf8(here), utf8(theirs), () => 'theirs')
  expect(text(chosen.bytes)).toBe(theirs)
})

test('a line that one removes and nobody changes is gone; one that the other changed meanwhile is asked about', () => {
  const without = base.replace('patients,SEX,map,Patient.gender\n', '')
  const gone = joinDocuments('mapping/fields.csv', utf8(base), utf8(base.replace('date,', 'date-dmy,')), utf8(without))
  expect(text(gone.bytes)).not.toContain('SEX')
  expect(gone.clashes).toEqual([])
  const asked = joinDocuments('mapping/fields.csv', utf8(base), utf8(base.replace('map,', 'copy,')), utf8(without))
  expect(asked.clashes.map(({ place, theirs }) => [place, theirs])).toEqual([['patients · SEX', null]])
  expect(text(asked.bytes)).toContain('SEX,copy')
})

test('members and records with ids of a JSON document are joined one by one', () => {
  const json = (value: object) => utf8(`${JSON.stringify(value, null, 2)}\n`)
  const board = { goLive: null, owners: { a: 'x' }, statements: [{ id: 's1', text: 'Drill held' }] }
  const here = { ...board, goLive: '2026-05-01', statements: [...board.statements, { id: 's2', text: 'All trained' }] }
  const theirs = { ...board, owners: { a: 'x', b: 'y' }, statements: [{ id: 's1', text: 'Drill held twice' }] }
  const joined = joinDocuments('board.json', json(board), json(here), json(theirs))
  expect(joined.clashes).toEqual([])
  expect(JSON.parse(text(joined.bytes))).toEqual({
    goLive: '2026-05-01',
    owners: { a: 'x', b: 'y' },
    statements: [
      { id: 's1', text: 'Drill held twice' },
      { id: 's2', text: 'All trained' },
    ],
  })
  const both = joinDocuments('board.json', json(board), json(here), json({ ...board, goLive: '2026-06-01' }))
  expect(both.clashes).toEqual([{ place: 'goLive', here: '2026-05-01', theirs: '2026-06-01' }])
})

test('where nobody knows the ground, everything that differs is asked about; what can not be read clashes whole', () => {
  const none = joinDocuments('mapping/fields.csv', null, utf8(base), utf8(base.replace('map,', 'copy,')))
  expect(none.clashes.map(({ place }) => place)).toEqual(['patients · SEX'])
  const binary = joinDocuments('x.bin', null, Uint8Array.of(255, 1), Uint8Array.of(255, 2, 3))
  expect(binary.clashes).toEqual([{ place: '', here: 'a file of 2 bytes', theirs: 'a file of 3 bytes' }])
  expect([...binary.bytes]).toEqual([255, 1])
})

test('no member of an object prototype is taken for a member of a document', () => {
  const joined = joinDocuments('board.json', utf8('{}\n'), utf8('{"a":1}\n'), utf8('{"constructor":"x"}\n'))
  expect(text(joined.bytes)).toBe('{\n  "a": 1,\n  "constructor": "x"\n}\n')
  expect(joined.clashes).toEqual([])
})
