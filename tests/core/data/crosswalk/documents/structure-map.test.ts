/** The field map in the FHIR mapping language: every confirmed line is a rule or a comment, and names and texts can not break out. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { structureMap } from '../../../../../src/core/data/crosswalk/documents/structure-map.ts'
import type { FieldLine, Mapping } from '../../../../../src/core/data/crosswalk/mapping/mapping.ts'
import { readSample } from '../../../../samples/riverside.ts'

const line = (
  source: string,
  fields: readonly string[],
  rule: string,
  params: Readonly<Record<string, string>>,
  target: string,
) =>
  ({
    ...{ source, fields, rule, params: new Map(Object.entries(params)), target },
    ...{ required: false, status: 'confirmed', reason: '', by: 'A' },
  }) satisfies FieldLine
const sex = {
  name: 'sex',
  lines: new Map([
    ['M', { code: 'M', display: '', system: '', target: 'male', relationship: 'equivalent' as const }],
    ['n/a', { code: 'n/a', display: '', system: '', target: '', relationship: 'unmatched' as const }],
  ]),
}

test('rules, shared elements, value maps and what can not be said', () => {
  const mapping: Mapping = {
    fields: [
      line('patients', ['MRN'], 'copy', { role: 'key' }, "Patient.identifier.where(system='urn:mrn').value"),
      line('patients', ['FIRST', 'LAST'], 'concat', { separator: ' ' }, 'Patient.name.text'),
      line('patients', ['LAST'], 'copy', {}, 'Patient.name.family'),
      line('patients', ['SEX'], 'value-map', { map: 'sex' }, 'Patient.gender'),
      line('patients', ['BORN'], 'date', { order: 'day-first' }, 'Patient.birthDate'),
      line('labs', ['PATIENT ID'], 'reference', { table: 'patients' }, "Observation.where(status='final').subject"),
    ],
    values: new Map([['sex', sex]]),
  }
  const { text, rules, comments } = structureMap('riverside', mapping)
  expect([rules, comments]).toEqual([5, 1])
  expect(text).toBe(`map "urn:carryover:map:riverside" = "riverside"

conceptmap "#sex" {
  prefix s = "urn:carryover:legacy:sex"
  prefix t1 = "urn:carryover:no-system"
  s:M == t1:male
  // 1 code has no counterpart
}

uses "urn:carryover:legacy:patients" alias legacy_patients as source
uses "urn:carryover:legacy:labs" alias legacy_labs as source
uses "http://hl7.org/fhir/StructureDefinition/Patient" alias Patient as target
uses "http://hl7.org/fhir/StructureDefinition/Observation" alias Observation as target

group patients_to_Patient_1(source src : legacy_patients, target tgt : Patient) {
  src.MRN as v1 -> tgt.identifier as t1 share identifier_urn_mrn, t1.system = 'urn:mrn', t1.value = v1 "line_1_1";
  src.FIRST as v1, src.LAST as v2 -> tgt.name as t1 share name, t1.text = append(v1, ' ', v2) "line_1_2";
  src.LAST as v1 -> tgt.name as t1 share name, t1.family = v1 "line_1_3";
  src.SEX as v1 -> tgt.gender = translate(v1, '#sex', 'code') "line_1_4";
  // not said in the mapping language: BORN to Patient.birthDate: date, day first
}

group labs_to_Observation_2(source src : legacy_labs, target tgt : Observation) {
  src -> tgt.status = 'final' "kind_2";
  src.\`PATIENT ID\` as v1 -> tgt.subject as t1 share subject, t1.reference = append('Patient/', v1) "line_2_1";
}
`)
})

test('a line that holds for certain rows only says so as a condition of its source', () => {
  const when = "ITEM CODE=SYS||it's"
  const mapping: Mapping = {
    fields: [line('obs', ['VALUE'], 'copy', { when }, 'Observation.valueString')],
    values: new Map(),
  }
  const { text, rules } = structureMap('readings', mapping)
  expect(rules).toBe(1)
  expect(text).toContain(
    "src as row where (`ITEM CODE`.trim() = 'SYS' or `ITEM CODE`.empty() or `ITEM CODE`.trim() = '' or `ITEM CODE`.trim() = 'it\\'s'), src.VALUE as v1 -> tgt.valueString = v1",
  )
})

test('every confirmed line of the sample is a rule or a comment', () => {
  const { mapping } = readSample({ patients: 20, seed: 'fml' }).pairInput
  const { rules, comments, text } = structureMap('riverside', mapping)
  expect(rules + comments).toBe(mapping.fields.filter(({ status }) => status === 'confirmed').length)
  expect(rules).toBeGreaterThan(comments)
  expect(structureMap('riverside', mapping).text).toBe(text)
})

/** The text without what stands in quotes, backquotes and comments: what is left is written by this program alone. */
function bare(text: string): string {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*/g, '')
}

test('no name, constant or code of the project can end a text and become a rule', () => {
  const nasty = fc.string({
    unit: fc.constantFrom('"', "'", '`', '\\', '\n', '}', ';', 'a', ' ', '/'),
    minLength: 1,
    maxLength: 8,
  })
  fc.assert(
    fc.property(nasty, nasty, nasty, (table, column, value) => {
      const fields = [
        line(table, [column], 'copy', {}, 'Patient.id'),
        line(table, [''], 'constant', { value }, 'Patient.language'),
        line(table, [column], 'date', {}, 'Patient.birthDate'),
      ]
      const { text } = structureMap(value, { fields, values: new Map() })
      const left = bare(text)
      expect(left.match(/[{}]/g)).toEqual(['{', '}'])
      expect(left.match(/;/g)).toHaveLength(2)
      expect(left).not.toMatch(/["'`\\]/)
    }),
  )
})
