/** Results that name no patient, only the visit of one: their patient is found through it. */
import { expect, test } from 'vitest'
import { reconcile } from '../../../../src/core/data/reconcile/reconcile.ts'
import { bytesSource, finish } from '../../../../src/core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../../src/core/project/rule-pages/pair-example.ts'
import { reconcileInTasks } from '../../../scale/in-tasks.ts'
import { smallPair } from './small-pair.ts'

const people = Array.from({ length: 20 }, (_, i) => i)
const visits = Array.from({ length: 60 }, (_, i) => ({ number: `B${1000 + i}`, own: `E${900 - i}`, person: i % 20 }))
const results = visits.flatMap((visit, i) => ['HB', 'K'].map((test, n) => ({ visit, test, value: `${3 + ((i + n) % 7)}.${n}` })))
const csv = (lines: readonly string[]): string => `${lines.join('\n')}\n`
const number = (i: number): string => String(100_000 + i)
const uid = (i: number): string => `U${500 - i}`

const legacy = {
  besuche: csv(['besuchnr,patnr,tag', ...visits.map((one, i) => `${one.number},${number(one.person)},2024-01-${10 + (i % 20)}`)]),
  labor: csv(['besuchnr,test,wert', ...results.map(({ visit, test, value }) => `${visit.number},${test},${value}`)]),
  patienten: csv(['patnr,name', ...people.map((i) => `${number(i)},Name ${i}`)]),
}
const target = {
  encounter: csv([
    'encounter_uid,source_no,person_uid,day',
    ...visits.map((one, i) => `${one.own},${one.number},${uid(one.person)},2024-01-${10 + (i % 20)}`),
  ]),
  // One result lost, one of ten times the value, one filed under the visit of another patient.
  observation: csv([
    'encounter_uid,test,value',
    ...results.flatMap(({ visit, test, value }, i) =>
      i === 7 ? [] : [`${i === 31 ? 'E899' : visit.own},${test},${i === 12 ? 10 * Number(value) : value}`],
    ),
  ]),
  person: csv(['person_uid,legacy_number,name', ...people.map((i) => `${uid(i)},${number(i)},Name ${i}`)]),
}
/** Visits stand first, and as many tables link to them as to the patients. */
const lines = [
  'besuche,besuchnr,copy,role=key,encounter.source_no',
  'besuche,besuchnr,record-id,table=besuche; role=id,encounter.encounter_uid',
  'besuche,patnr,reference,table=patienten,encounter.person_uid',
  'besuche,tag,copy,role=onset,encounter.day',
  'labor,besuchnr,reference,table=besuche,observation.encounter_uid',
  'labor,test,copy,role=code,observation.test',
  'labor,wert,copy,,observation.value',
  'patienten,patnr,copy,role=key,person.legacy_number',
  'patienten,patnr,record-id,table=patienten; role=id,person.person_uid',
  'patienten,name,copy,,person.name',
]

test('the patients are those that visits name, and each result is one of the patient of its visit', async () => {
  const { patients, patientsOff, tables, told, notEvaluated } = await smallPair(lines, legacy, target)
  expect(notEvaluated).toEqual([])
  expect(patients).toBe(20)
  expect(tables.find(({ table }) => table === 'labor')).toMatchObject({
    legacy: 120,
    arrived: 118,
    unaccounted: 2,
    unexplained: 1,
  })
  expect(told).toMatchObject({ 'data/item-lost': 2, 'data/item-appeared': 1 })
  expect(patientsOff).toBe(4)
})

test('a table that nobody names is no table of patients, whatever it is called', async () => {
  const renamed = (text: string): string => text.replaceAll('patienten', 'akten').replaceAll('person.', 'files.')
  const { patients, told } = await smallPair(
    lines.map(renamed),
    { besuche: legacy.besuche, labor: legacy.labor, akten: legacy.patienten },
    { encounter: target.encounter, observation: target.observation, files: target.person },
  )
  expect(patients).toBe(20)
  expect(told).toMatchObject({ 'data/item-lost': 2 })
})

test('where visits have no id that results name, the results are not judged, and the visits are', async () => {
  const { tables, notEvaluated } = await smallPair(
    lines.filter((line) => !line.includes('encounter.encounter_uid')),
    legacy,
    target,
  )
  expect(notEvaluated[0]?.what).toBe('Links of observation')
  expect(notEvaluated[0]?.why).toContain('such as encounter.encounter_uid, a line with role=id')
  expect(tables.map(({ table, arrived, unaccounted, notCompared = 0 }) => [table, arrived, unaccounted, notCompared])).toEqual([
    ['besuche', 60, 0, 0],
    ['labor', 0, 0, 120],
    ['patienten', 20, 0, 0],
  ])
})

test('where visits themselves find no patient, their results name the one cause', async () => {
  const { notEvaluated } = await smallPair(
    lines.filter((line) => !line.includes('person.person_uid')),
    legacy,
    target,
  )
  expect(notEvaluated.slice(0, 2).map(({ what }) => what)).toEqual(['Links of encounter', 'Links of observation'])
  expect(notEvaluated[0]?.why).toContain('such as person.person_uid, a line with role=id')
  expect(notEvaluated[1]?.why).toBe('119 records find their patients through encounter, whose links find none')
})

test('visits without a key or an id name no row, so results are compared as those of nobody', async () => {
  const { tables } = await smallPair(
    [...lines.filter((line) => !line.startsWith('besuche,besuchnr')), 'labor,wert,copy,role=onset,observation.value'],
    legacy,
    target,
  )
  expect(tables.find(({ table }) => table === 'labor')).toMatchObject({ legacy: 120, unaccounted: 1, unexplained: 0 })
})

test('a result that names no visit on both sides is compared by its key', async () => {
  const keyed = (text: string): string =>
    text.replace(/^.*$/gm, (line, at, all) =>
      line ? `${at === 0 ? 'nr' : `L${all.slice(0, at).split('\n').length}`},${line}` : line,
    )
  const without = (text: string): string => text.replace(/^(L[2-6],)[^,]*/gm, '$1')
  const whole = csv(['encounter_uid,test,value', ...results.map(({ visit, test, value }) => `${visit.own},${test},${value}`)])
  const { tables, told } = await smallPair(
    [...lines, 'labor,nr,copy,role=key,observation.nr'],
    { ...legacy, labor: without(keyed(legacy.labor)) },
    { ...target, observation: without(keyed(whole)).replace(/^(L3,.*,).*$/m, '$155') },
  )
  expect(tables.find(({ table }) => table === 'labor')).toMatchObject({
    legacy: 120,
    arrived: 120,
    withDifferences: 1,
    unexplained: 0,
  })
  expect(told).toEqual({ 'data/value-changed': 1 })
})

test.each([
  ['finds the same patients', lines],
  ['leaves the same records open', lines.filter((line) => !line.includes('encounter.encounter_uid'))],
])('a run in tasks %s', async (_, given) => {
  const input = {
    mapping: mappingOf({ map: given }, 'confirmed'),
    inputs: pairFilesOf({ legacy, target }).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) })),
  }
  const alone = await finish(reconcile(input, new AbortController().signal))
  const { result } = await reconcileInTasks(input, { blockBytes: 700, partitions: 3 })
  expect(JSON.stringify(result)).toBe(JSON.stringify(alone))
})
