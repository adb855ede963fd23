/** A crosswalk from the synthetic legacy tables to OMOP 5.4, and both sides in memory. The tables lie beside the repository. */

import { existsSync, readFileSync } from 'node:fs'
import { fieldsPath, type Mapping, readMapping } from '../../../../src/core/data/crosswalk/mapping/mapping.ts'
import type { PairSource } from '../../../../src/core/data/crosswalk/plan/sides.ts'
import { bytesSource } from '../../../../src/core/operation.ts'
import { dataFolder } from '../../../beside.ts'

const folder = dataFolder('csv/legacy-synthea-27/')

export const hasSynthea = existsSync(folder)

export const carriedTables = [
  'patients',
  'encounters',
  'conditions',
  'medications',
  'procedures',
  'immunizations',
  'observations',
  'allergies',
  'devices',
] as const

export const leftTables = [
  'careplans',
  'claims',
  'claims_transactions',
  'imaging_studies',
  'organizations',
  'payer_transitions',
  'payers',
  'providers',
  'supplies',
] as const

const person = 'reference;table=patients'
const visit = 'reference;table=encounters'
const iso = 'order=year-first'

type Line = readonly [table: string, field: string, rule: string, target: string]

const events = (table: string, target: string, prefix: string, where = ''): Line[] => {
  const selector = `${target}${where}`
  return [
    [table, 'PATIENT', person, `${selector}.person_id`],
    [table, 'ENCOUNTER', visit, `${selector}.visit_occurrence_id`],
    [table, 'CODE', 'copy;role=code', `${selector}.${prefix}_source_value`],
  ]
}

const spans = (table: string, selector: string, prefix: string): Line[] => [
  [table, 'START', `date-time;${iso}; role=onset`, `${selector}.${prefix}_start_datetime`],
  [table, 'START', `date;${iso}`, `${selector}.${prefix}_start_date`],
  [table, 'STOP', `date-time;${iso}`, `${selector}.${prefix}_end_datetime`],
]

const medicines = "drug_exposure.where(drug_type_concept_id='32838')"
const vaccines = "drug_exposure.where(drug_type_concept_id='32818')"
const answers = "observation.where(observation_type_concept_id='32862')"
const allergies = "observation.where(observation_type_concept_id='32817')"
const id = (table: string): string => `record-id;form=number; table=${table}; role=id`

const lines: readonly Line[] = [
  ['patients', 'Id', id('patients'), 'person.person_id'],
  ['patients', 'Id', 'copy;role=key', 'person.person_source_value'],
  ['patients', 'GENDER', 'value-map;map=gender', 'person.gender_concept_id'],
  ['patients', 'GENDER', 'copy', 'person.gender_source_value'],
  ['patients', 'BIRTHDATE', `date-part;${iso}; part=year`, 'person.year_of_birth'],
  ['patients', 'BIRTHDATE', `date-part;${iso}; part=month`, 'person.month_of_birth'],
  ['patients', 'BIRTHDATE', `date-part;${iso}; part=day`, 'person.day_of_birth'],
  ['patients', 'BIRTHDATE', `date;${iso}`, 'person.birth_datetime'],
  ['patients', 'RACE', 'value-map;map=race', 'person.race_concept_id'],
  ['patients', 'ETHNICITY', 'value-map;map=ethnicity', 'person.ethnicity_concept_id'],
  ['patients', 'Id', id('places'), 'location.location_id'],
  ['patients', 'Id', 'copy;role=key', 'location.location_source_value'],
  ['patients', 'ADDRESS', 'copy', 'location.address_1'],
  ['patients', 'CITY', 'copy', 'location.city'],
  ['patients', 'ZIP', 'copy', 'location.zip'],
  ['encounters', 'Id', id('encounters'), 'visit_occurrence.visit_occurrence_id'],
  ['encounters', 'Id', 'copy;role=key', 'visit_occurrence.visit_source_value'],
  ['encounters', 'PATIENT', person, 'visit_occurrence.person_id'],
  ['encounters', 'ENCOUNTERCLASS', 'value-map;map=visits', 'visit_occurrence.visit_concept_id'],
  ['encounters', '', 'constant;value=32827', 'visit_occurrence.visit_type_concept_id'],
  ...spans('encounters', 'visit_occurrence', 'visit'),
  ...events('conditions', 'condition_occurrence', 'condition'),
  ['conditions', 'START', `date;${iso}; role=onset`, 'condition_occurrence.condition_start_date'],
  ['conditions', 'STOP', `date;${iso}`, 'condition_occurrence.condition_end_date'],
  ...events('medications', 'drug_exposure', 'drug', ".where(drug_type_concept_id='32838')"),
  ...spans('medications', medicines, 'drug_exposure'),
  ['medications', 'DISPENSES', 'number-format', `${medicines}.quantity`],
  ...events('procedures', 'procedure_occurrence', 'procedure'),
  ['procedures', 'START', `date-time;${iso}; role=onset`, 'procedure_occurrence.procedure_datetime'],
  ...events('immunizations', 'drug_exposure', 'drug', ".where(drug_type_concept_id='32818')"),
  ['immunizations', 'DATE', `date-time;${iso}; role=onset`, `${vaccines}.drug_exposure_start_datetime`],
  ...events('observations', 'measurement', 'measurement'),
  ['observations', 'DATE', `date-time;${iso}; role=onset`, 'measurement.measurement_datetime'],
  ['observations', 'VALUE', 'quantity;part=value', 'measurement.value_as_number'],
  ['observations', 'VALUE', 'copy', 'measurement.value_source_value'],
  ['observations', 'UNITS', 'copy', 'measurement.unit_source_value'],
  ...events('observations', 'observation', 'observation', ".where(observation_type_concept_id='32862')"),
  ['observations', 'DATE', `date-time;${iso}; role=onset`, `${answers}.observation_datetime`],
  ['observations', 'VALUE', 'copy', `${answers}.value_as_string`],
  ...events('allergies', 'observation', 'observation', ".where(observation_type_concept_id='32817')"),
  ['allergies', 'START', `date;${iso}; role=onset`, `${allergies}.observation_date`],
  ['allergies', 'SEVERITY1', 'copy', `${allergies}.qualifier_source_value`],
  ...events('devices', 'device_exposure', 'device'),
  ...spans('devices', 'device_exposure', 'device_exposure'),
  ['devices', 'UDI', 'copy', 'device_exposure.unique_device_id'],
]

const values: Readonly<Record<string, readonly string[]>> = {
  gender: ['M,8507', 'F,8532'],
  race: ['white,8527', 'black,8516', 'asian,8515', 'hawaiian,8557'],
  ethnicity: ['hispanic,38003563', 'nonhispanic,38003564'],
  visits: ['ambulatory,9202', 'outpatient,9202', 'wellness,9202', 'urgentcare,9203', 'emergency,9203', 'inpatient,9201'],
}

function mappingOf(): Mapping {
  const header = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by'
  const field = ([table, name, rule, target]: Line): string => {
    const [transform = '', params = ''] = [rule.split(';')[0], rule.split(';').slice(1).join(';')]
    return `${table},${name},${transform},${params},${target},,confirmed,,data team`
  }
  const filter = (target: string, kind: string): string =>
    `observations,TYPE,filter,in=${kind},${target},,confirmed,numbers and words live in tables of their own,data team`
  const left = leftTables.map((table) => `${table},*,,,,,not-carried,stays in the archive,data team`)
  const dead = 'patients,DEATHDATE,,,,,not-carried,the table death is loaded from the register,data team'
  const rules = [filter('measurement', 'numeric'), filter(answers, 'text'), ...left, dead]
  const text = [header, ...lines.map(field), ...rules, ''].join('\n')
  const encoder = new TextEncoder()
  const maps = Object.entries(values).map(([name, rows]) => {
    const body = rows.map((row) => `${row.split(',')[0]},,,${row.split(',')[1]},equivalent`)
    return [
      `mapping/values/${name}.csv`,
      encoder.encode(['source_code,source_display,target_system,target_code,relationship', ...body, ''].join('\n')),
    ] as const
  })
  const { mapping, problems } = readMapping(new Map([[fieldsPath, encoder.encode(text)], ...maps]))
  if (problems.length > 0) throw new Error(problems.map(({ words }) => words).join('\n'))
  return mapping
}

export const omopMapping: Mapping = mappingOf()

export function legacyText(table: string): string {
  return readFileSync(new URL(`${table}.csv`, folder), 'utf8')
}

const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 }

export function tableSource(side: 'legacy' | 'target', table: string, text: string): PairSource {
  const source = bytesSource(`${table}.csv`, new TextEncoder().encode(text))
  return { source, side, format: 'csv', table, reading }
}
