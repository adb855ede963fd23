/** The downtime sheet of a system of tables in its own words: what nobody told is not denied, and no result hides one of another test. */
import { expect, test } from 'vitest'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { mappingOf, pairFilesOf } from '../../../src/core/project/rule-pages/pair-example.ts'
import { patientSummary } from '../../../src/core/readiness/downtime/patient-summary.ts'
import { sheetText } from '../../../src/core/readiness/sheets/sheet-text.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'

const legacy = {
  pacjenci: 'NR,NAZWISKO,URODZ,PLEC,TELEFON\nK100,Nowak,1957-04-06,M,+48 508 100 200\nK200,Lis,1960-01-02,M,\n',
  uczulenia: 'NR_U,NR,OD,ALERGEN\nU1,K100,2013-07-02,Aspiryna\n',
  leki: 'NR_R,NR,DATA,LEK\nR1,K100,2025-10-25,Metformina\n',
  wyniki: 'NR_W,NR,DATA,BADANIE,WYNIK,JEDNOSTKA\nW1,K100,2024-01-10,GLU,5.8,mmol/L\nW2,K100,2024-01-11,K,4.1,mmol/L\n',
}
const target = {
  client:
    'client_uid,external_no,last_name,birth_dt,gender_cd,mobile\nC880,K100,Nowak,1957-04-06,M,+48508100200\nC881,K200,Lis,1960-01-02,M,\n',
  allergy: 'allergy_uid,client_uid,allergen_cd,since_dt\nA1,C880,ALG-ASA,2013-07-02\n',
  med_order: 'order_uid,client_uid,ordered_dt,atc_cd\nM1,C880,2025-10-25,A10BA02\n',
  lab_result:
    'result_uid,client_uid,collected_dt,loinc_cd,num_value,unit_cd\nL1,C880,2024-01-10,GLU,5.8,mmol/L\nL2,C880,2024-01-11,K,4.1,mmol/L\n',
}
const map = [
  'pacjenci,NR,copy,role=key,client.external_no',
  'pacjenci,NR,record-id,table=pacjenci; role=id,client.client_uid',
  'pacjenci,NAZWISKO,copy,,client.last_name',
  'pacjenci,URODZ,date,,client.birth_dt',
  'pacjenci,PLEC,copy,,client.gender_cd',
  'uczulenia,NR,reference,table=pacjenci,allergy.client_uid',
  'uczulenia,OD,date,role=onset,allergy.since_dt',
  'leki,NR,reference,table=pacjenci,med_order.client_uid',
  'leki,DATA,date,role=onset,med_order.ordered_dt',
  'wyniki,NR,reference,table=pacjenci,lab_result.client_uid',
  'wyniki,DATA,date,role=onset,lab_result.collected_dt',
  'wyniki,WYNIK,number-format,,lab_result.num_value',
  'wyniki,JEDNOSTKA,copy,,lab_result.unit_cd',
]

async function textOf(lines: readonly string[], tables: Partial<typeof target> = target): Promise<string> {
  const inputs = pairFilesOf({ legacy, target: tables }).map(({ name, bytes, ...file }) => ({
    ...file,
    source: bytesSource(name, bytes),
  }))
  const mapping = mappingOf({ map: lines }, 'confirmed')
  const signal = new AbortController().signal
  const [pair] = await finish(pairRecords({ inputs, mapping, keys: ['K100'], asOf: '2025-11-01' }, signal))
  const sheet = pair && patientSummary(pair.chart, '2026-11-25T21:14:00Z', 'ClinNova')
  return sheet ? sheetText(sheet).replaceAll(/\s+/g, ' ') : ''
}

test('what stands in tables whose kind nobody told is not denied', async () => {
  const text = await textOf(map)
  expect(text).toContain('ALG-ASA')
  expect(text).toContain('Which table or type holds medicines was not told, or it was not read: look in the full record.')
  expect(text).toContain('sex not known: look in the full record')
  expect(text).toContain('+48508100200')
  expect(text).not.toMatch(/No current medicine|Allergies not recorded|sex not recorded|No contact/)
})

test('a table that was not loaded is not read as an empty one, and one that was read may be', async () => {
  const { lab_result: _, ...without } = target
  expect(await textOf(map, without)).not.toContain('No result stands')
  const ofAnother = await textOf(map, { ...target, lab_result: target.lab_result.replaceAll('C880', 'C881') })
  expect(ofAnother).toContain('No result stands in the record.')
})

test('results with one unit are all there until the column of the test is told', async () => {
  const folded = map.concat('wyniki,BADANIE,copy,role=code,lab_result.loinc_cd')
  const later = { ...target, lab_result: `${target.lab_result}L3,C880,2024-02-01,GLU,6.6,mmol/L\n` }
  for (const lines of [map, folded]) {
    const text = await textOf(lines, later)
    expect(text).toContain('4.1')
    expect(text).toContain('6.6')
    expect(text.includes('5.8'), lines.at(-1)).toBe(lines === map)
  }
})
