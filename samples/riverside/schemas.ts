/** Table Schema (Frictionless v2) of every legacy table: what MedTrack promised about its own export. */
import * as catalog from './catalog.ts'
import type { Table } from './legacy.ts'
import { sites } from './names.ts'

type Field = { readonly name: string } & { readonly [property: string]: unknown }

const identifier = (name: string): Field => ({ name, type: 'string', constraints: { required: true } })
const text = (name: string): Field => ({ name, type: 'string' })
const required = (name: string): Field => ({ name, type: 'string', constraints: { required: true } })
const choice = (name: string, values: readonly string[], must = true): Field => ({
  name,
  type: 'string',
  constraints: { ...(must ? { required: true } : {}), enum: values },
})
const matching = (name: string, pattern: string): Field => ({ name, type: 'string', constraints: { pattern } })

function special(table: Table, name: string): Field | null {
  const order = table.dateOrder === 'day-first' ? '%d/%m/%Y' : '%m/%d/%Y'
  const siteCodes = sites.map(([code]) => code)
  const date = (must: boolean): Field => ({
    name,
    type: 'date',
    format: order,
    ...(must ? { constraints: { required: true } } : {}),
  })
  const stamp: Field = { name, type: 'datetime', format: `${order} %H:%M`, constraints: { required: true } }
  switch (`${table.name}.${name}`) {
    case 'patients.MRN':
      return { name, type: 'string', constraints: { required: true, pattern: '[0-9]{9}' } }
    case 'patients.LAST_NM':
    case 'patients.FIRST_NM':
    case 'notes.TEXT':
    case 'medications.DOSE':
    case 'results.VALUE':
      return required(name)
    case 'patients.SEX':
      return choice(name, ['F', 'M', 'U'])
    case 'patients.SITE':
    case 'encounters.SITE':
    case 'appointments.SITE':
      return choice(name, siteCodes)
    case 'allergies.SEVERITY':
      return choice(name, ['mild', 'moderate', 'severe'], false)
    case 'allergies.STATUS':
      return choice(name, ['A', 'I', 'R'])
    case 'problems.STATUS':
      return choice(name, ['A', 'R'])
    case 'problems.ONSET':
      return matching(name, '([0-9]{2}/[0-9]{2}/)?[0-9]{4}')
    case 'medications.STATUS':
      return choice(name, ['ACT', 'STOP'])
    case 'medications.FREQ':
      return choice(
        name,
        catalog.frequencies.map(([code]) => code),
      )
    case 'medications.ROUTE':
      return choice(
        name,
        catalog.routes.map(([code]) => code),
      )
    case 'results.TEST':
      return choice(
        name,
        catalog.labs.map((one) => one.local),
      )
    case 'vitals.VITAL':
      return choice(
        name,
        catalog.vitalSigns.map((one) => one.local),
      )
    case 'encounters.TYPE':
      return choice(
        name,
        catalog.encounterTypes.map(([code]) => code),
      )
    case 'referrals.PRIORITY':
      return choice(name, ['routine', 'urgent'])
    case 'patients.DOB':
    case 'medications.START':
    case 'immunizations.GIVEN':
    case 'encounters.ENC_DATE':
    case 'notes.NOTE_DATE':
    case 'referrals.REF_DATE':
    case 'documents.DOC_DATE':
      return date(true)
    case 'allergies.NOTED':
    case 'medications.STOP':
      return date(false)
    case 'results.COLLECTED':
    case 'vitals.TAKEN':
    case 'appointments.APPT_AT':
      return stamp
    default:
      return null
  }
}

/** The part of the record a table holds; MedTrack names the patient by MRN wherever it knows one. */
const safety: Readonly<Record<string, string>> = {
  patients: 'identity',
  allergies: 'allergy',
  problems: 'problem',
  medications: 'active-medication',
  results: 'result',
  vitals: 'result',
  immunizations: 'immunisation',
  encounters: 'appointment-order',
  appointments: 'appointment-order',
  referrals: 'appointment-order',
  notes: 'document',
  documents: 'document',
  providers: 'administrative',
}

/** Spellings of "nothing recorded" beside the empty cell. */
export function nullsOf(table: Table): readonly string[] {
  return table.name === 'patients' ? ['unknown'] : table.name === 'medications' ? ['NULL'] : []
}

export function tableSchema(table: Table): unknown {
  const first = table.columns[0] ?? ''
  const key = (field: string, resource: string, target: string): unknown => ({
    fields: [field],
    reference: { resource, fields: [target] },
  })
  const foreign = [
    ...(table.columns.includes('MRN') && table.name !== 'patients' ? [key('MRN', 'patients', 'MRN')] : []),
    ...(table.columns.includes('PROV') && table.name !== 'providers' ? [key('PROV', 'providers', 'PROV')] : []),
    ...(table.columns.includes('AUTHOR') ? [key('AUTHOR', 'providers', 'PROV')] : []),
  ]
  return {
    $schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
    fields: table.columns.map(
      (name) => special(table, name) ?? (name === first || name === 'MRN' ? identifier(name) : text(name)),
    ),
    missingValues: ['', ...nullsOf(table)],
    primaryKey: [first],
    ...(foreign.length > 0 ? { foreignKeys: foreign } : {}),
    'x-carryover': {
      patient: table.columns.includes('MRN') ? 'MRN' : false,
      ...(safety[table.name] === undefined ? {} : { safety: safety[table.name] }),
    },
  }
}
