/** What tables and columns of clinical extracts are usually called: used only where a schema does not say, and always shown as the reason. */
import type { SafetyClass } from '../../finding.ts'

/**
 * In order; the first that matches the name of a table decides. The name is lower case, its words are joined by `_`. Stems that nothing else
 * contains are found anywhere, `_` before or after means where a word begins or ends: lab is no part of availability, order none of border.
 */
const tables: readonly (readonly [pattern: RegExp, safety: SafetyClass])[] = [
  [/allerg|intoleran|_adverse/, 'allergy'],
  [/immuni[sz]ation|vaccin/, 'immunisation'],
  [
    /_claim|payer|_billing|invoice|insurance|_coverage|_provider|practitioner|organi[sz]ation|_location|_care_?site|_supply|_supplies|_staff/,
    'administrative',
  ],
  [/medic(ation|ine)|prescri|drug_?exposure|pharmacy/, 'active-medication'],
  [/_problem|problems?_|_condition|conditions?_|diagnos|_disorder/, 'problem'],
  [/_procedure|procedures?_|_implant|_device|surger/, 'procedure-implant'],
  [
    /_result|results?_|observation|measurement|_vital|vitals_|_labs?_|_lab(orator|result|test|value|panel|report|data|event)/,
    'result',
  ],
  [/_document|documents?_|_note|notes?_|_letter|letters?_|_imaging|_scan|attachment/, 'document'],
  [/appointment|_order|referral|encounter|_visit|_schedule|_care_?plan|_service_?request/, 'appointment-order'],
  [/^_(patients?|persons?|demographics?|members?|patient_?master)_$|^_death_$|^_related_?person/, 'identity'],
]

const patientTable =
  /^(patients?|persons?|demographics?|patientmaster|patientdemographics?|patienten(stamm(daten)?)?|personen|patstamm)$/

/** Names of columns that hold the key of a patient, most telling first. */
const patientColumns = [
  'mrn',
  'patientid',
  'personid',
  'patientkey',
  'patientnumber',
  'patientno',
  'patid',
  'patient',
  'subjectid',
  'patientennummer',
  'patientennr',
  'patientnr',
  'patientenid',
  'patnr',
]

export function safetyByName(table: string): SafetyClass | null {
  const name = words(table)
  return tables.find(([pattern]) => pattern.test(name))?.[1] ?? null
}

export function isPatientTable(table: string): boolean {
  return patientTable.test(plain(table))
}

/** The column that holds the patient's key by its name; in the table of patients itself a plain `id` does, too. */
export function patientColumn(table: string, header: readonly string[]): string | null {
  const wanted = isPatientTable(table) ? [...patientColumns, 'id'] : patientColumns
  const columns = plainColumns(header)
  for (const name of wanted) {
    const found = columns.get(name)
    if (found !== undefined) return found
  }
  return null
}

/** One header is asked about for each of its columns: 10,000 columns would be read 10,000 times. */
const knownHeaders = new WeakMap<readonly string[], ReadonlyMap<string, string>>()

/** The first column of each plain name. */
function plainColumns(header: readonly string[]): ReadonlyMap<string, string> {
  const known = knownHeaders.get(header)
  if (known) return known
  const columns = new Map<string, string>()
  for (const column of header) if (!columns.has(plain(column))) columns.set(plain(column), column)
  knownHeaders.set(header, columns)
  return columns
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** Names without separators are often made of these, so that patientlabs is patient and labs. */
const runTogether = /(patient|person|clinical|medical|med|lab|drug|clinic)(orders?|labs?|visits?|claims?|devices?|scans?)$/

/** `PatientLabs`, `patient labs` and `patientlabs` as `_patient_labs_`. */
function words(table: string): string {
  const parts = table
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+|(?<=[a-z])(?=\d)/)
    .filter((part) => part !== '')
  return `_${parts.map((part) => part.replace(runTogether, '$1_$2')).join('_')}_`
}
