/** A record of two systems of tables: its head comes from the columns that the map covers, and each number stands under its own name. */
import { expect, test } from 'vitest'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../src/core/project/rule-pages/pair-example.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'

const legacy = {
  patienten: 'patnr,name,vorname,gebdat,geschl\n10400,Weber,Anna,1973-04-18,W\n10404,Koch,Uwe,1950-01-02,M\n',
  besuche: 'besuchnr,patnr,tag,art\n50211,10400,2024-06-17,AMB\n50213,10404,2021-04-11,HOME\n',
}
const target = {
  person: [
    'person_uid,legacy_number,family_name,given_name,birth_date,sex',
    'P700002,10400,Weber,Anna,1973-04-18,female',
    'P700001,10404,Koch,Uwe,1950-01-02,male\n',
  ].join('\n'),
  encounter: [
    'encounter_uid,person_uid,source_no,encounter_date,class',
    'E000051,P700002,50211,2024-06-17,AMB',
    'E000052,P700001,50213,2021-04-11,HOME\n',
  ].join('\n'),
}
const map = [
  'patienten,patnr,copy,role=key,person.legacy_number',
  'patienten,patnr,record-id,table=patienten; role=id,person.person_uid',
  'patienten,name,copy,,person.family_name',
  'patienten,vorname,copy,,person.given_name',
  'patienten,gebdat,date,,person.birth_date',
  'patienten,geschl,copy,,person.sex',
  'besuche,besuchnr,copy,role=key,encounter.source_no',
  'besuche,besuchnr,record-id,table=besuche; role=id,encounter.encounter_uid',
  'besuche,patnr,reference,table=patienten,encounter.person_uid',
  'besuche,tag,date,role=onset,encounter.encounter_date',
  'besuche,art,copy,,encounter.class',
]

test('name, birth and sex are read off the columns, and no entry is called by a number', async () => {
  const inputs = pairFilesOf({ legacy, target }).map(({ name, bytes, ...file }) => ({
    ...file,
    source: bytesSource(name, bytes),
  }))
  const mapping = mappingOf({ map }, 'confirmed')
  const [pair] = await finish(pairRecords({ inputs, mapping, keys: ['10400'], asOf: '2025-01-01' }, new AbortController().signal))
  expect(pair?.heading).toEqual({ name: 'Weber, Anna', birth: '1973-04-18', sex: 'W' })
  expect(pair?.chart.heading).toEqual({
    legacy: { name: 'Weber, Anna', birth: '1973-04-18', sex: 'W', number: '10400' },
    target: { name: 'Weber, Anna', birth: '1973-04-18', sex: 'female', number: 'P700002' },
  })
  const titles = pair?.chart.sections.flatMap(({ rows }) =>
    rows.map(({ legacy: own, target: there }) => [own?.title.text, there?.title.text]),
  )
  expect(titles).toContainEqual(['Weber, Anna', 'Weber'])
  expect(titles).toContainEqual(['AMB', 'AMB'])
  expect(JSON.stringify(titles)).not.toMatch(/E0000|P7000/)
})

test('a title is no name of a person', async () => {
  const titled = (text: string, head: string, title: string): string =>
    text.replace(/^.+$/gm, (line, at) => `${line},${at === 0 ? head : title}`)
  const unknown = target.person.replace('family_name,given_name', 'efternamn,fornamn')
  const inputs = pairFilesOf({
    legacy: { ...legacy, patienten: titled(legacy.patienten, 'titel', 'Dr.') },
    target: { ...target, person: titled(unknown, 'title', 'Dr.') },
  }).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const lines = map.map((line) => line.replace('family_name', 'efternamn').replace('given_name', 'fornamn'))
  const mapping = mappingOf({ map: [...lines, 'patienten,titel,copy,,person.title'] }, 'confirmed')
  const [pair] = await finish(pairRecords({ inputs, mapping, keys: ['10400'], asOf: '2025-01-01' }, new AbortController().signal))
  expect(pair?.chart.heading.target?.name).not.toBe('Dr.')
  expect(pair?.chart.heading.legacy?.name).not.toBe('Dr.')
})
