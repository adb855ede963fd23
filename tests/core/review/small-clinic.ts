/** A clinic of a few records on both sides, small enough that every row of its charts is worked out by hand. */
import { expect } from 'vitest'
import { readMapping } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import type { ChartEntry, ChartText } from '../../../src/core/review/model/chart.ts'
import type { PairInput, RecordPair } from '../../../src/core/review/model/pair-types.ts'
import type { TrapSeed } from '../../../src/core/review/model/trap.ts'
import { pairRecords } from '../../../src/core/review/pair/pair.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'

export interface SmallClinic {
  /** The first five columns of the field map, or all nine of a line that is not carried. */
  readonly lines: readonly string[]
  /** CSV by table. */
  readonly legacy: Readonly<Record<string, string>>
  readonly target: readonly JsonObject[]
  /** Lines of value maps by name: source code, its display, target system, target code, relationship. */
  readonly values?: Readonly<Record<string, readonly string[]>>
}

export function inputOf({ lines, legacy, target, values = {} }: SmallClinic): PairInput {
  const map = lines.map((line) => (line.split(',').length > 8 ? line : `${line},,confirmed,,`))
  const files = new Map([['mapping/fields.csv', bytes(`${[header, ...map].join('\n')}\n`)]])
  for (const [name, rows] of Object.entries(values))
    files.set(
      `mapping/values/${name}.csv`,
      bytes(`${['source_code,source_display,target_system,target_code,relationship', ...rows].join('\n')}\n`),
    )
  const { mapping, problems } = readMapping(files)
  expect(problems).toEqual([])
  const tables = Object.entries(legacy).map(([table, text]) => ({ name: `${table}.csv`, side: 'legacy' as const, table, text }))
  const all = {
    name: 'all.ndjson',
    side: 'target' as const,
    table: 'all',
    text: target.map((one) => `${JSON.stringify(one)}\n`).join(''),
  }
  const inputs = [...tables, all].map((one) => ({
    source: bytesSource(one.name, bytes(one.text)),
    side: one.side,
    table: one.table,
    format: null,
    reading: {},
  }))
  return { inputs, mapping, asOf: '2026-01-10' }
}

/** The pairs of these patients, then those of the traps. */
export async function pairsOf(
  clinic: SmallClinic,
  keys: readonly string[],
  traps: readonly TrapSeed[] = [],
): Promise<readonly RecordPair[]> {
  return await finish(pairRecords({ ...inputOf(clinic), keys, traps }, new AbortController().signal))
}

/** `label: text (reading)` of each text, the title first, what no line reads after a bar. */
export function entryText(entry: ChartEntry | null): string | null {
  if (entry === null) return null
  const text = ({ label, text: said, reading }: ChartText): string =>
    `${label === null ? '' : `${label}: `}${said}${reading === null ? '' : ` (${reading})`}`
  const [title, details, unmapped] = [text(entry.title), entry.details.map(text), entry.unmapped.map(text)]
  return `${[title, ...details].join('; ')}${unmapped.length === 0 ? '' : ` | ${unmapped.join('; ')}`}`
}

/** Rows of a chart by section: id, class, both sides, cause. */
export function chartRows({ chart }: RecordPair): Readonly<Record<string, readonly (readonly (string | null)[])[]>> {
  return Object.fromEntries(
    chart.sections.flatMap(({ id, rows }) =>
      rows.length === 0
        ? []
        : [[id, rows.map((row) => [row.id, row.note.cls, entryText(row.legacy), entryText(row.target), row.cause])]],
    ),
  )
}

export const rxNorm = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const mrn = "Patient.identifier.where(system='urn:mrn').value"

export const patientLines = [
  `patients,MRN,copy,role=key,${mrn}`,
  'patients,FAMILY,copy,,Patient.name.family',
  'patients,GIVEN,copy,,Patient.name.given',
  'patients,BORN,date,order=day-first,Patient.birthDate',
  'patients,SEX,value-map,map=sexes,Patient.gender',
]
export const allergyLines = [
  'allergies,MRN,reference,table=patients,AllergyIntolerance.patient',
  'allergies,DRUG,copy,,AllergyIntolerance.code.text',
  'allergies,SINCE,date,order=day-first,AllergyIntolerance.onsetDateTime',
]
export const medicineLines = [
  'medicines,MRN,reference,table=patients,MedicationRequest.subject',
  'medicines,STARTED,date,order=day-first,MedicationRequest.authoredOn',
  `medicines,DRUG,code,system=${rxNorm},MedicationRequest.medicationCodeableConcept`,
  'medicines,DOSE,quantity,,MedicationRequest.dosageInstruction.doseAndRate.doseQuantity',
  'medicines,SIG,copy,,MedicationRequest.dosageInstruction.text',
]
export const sexes = ['F,Female,,female,equivalent', 'M,Male,,male,equivalent']

export const subject = (key: string): JsonObject => ({ reference: `Patient/p${key}` })

/** `id` where a patient is there twice. */
export function person(
  key: string,
  family: string | null,
  given: string,
  birthDate: string,
  gender: string,
  id = `p${key}`,
): JsonObject {
  const name = [{ ...(family === null ? {} : { family }), given: [given] }]
  return { resourceType: 'Patient', id, identifier: [{ system: 'urn:mrn', value: key }], name, birthDate, gender }
}

export function allergy(key: string, text: string, since: string): JsonObject {
  return { resourceType: 'AllergyIntolerance', patient: subject(key), code: { text }, onsetDateTime: since }
}

export function medicine(key: string, code: string, dose: JsonObject, sig: string, authoredOn: string): JsonObject {
  return {
    resourceType: 'MedicationRequest',
    subject: subject(key),
    medicationCodeableConcept: { coding: [{ system: rxNorm, code }] },
    dosageInstruction: [{ text: sig, doseAndRate: [{ doseQuantity: dose }] }],
    authoredOn,
  }
}
