/** Lines of the field map for what most tables have: keys, links, codes, times, states. */
import { allergens, type Concept, noneKnown, reactions, systems } from './codes.ts'
import type { Kind } from './facts.ts'
import { timeRule } from './formats.ts'
import type { LegacyMaker } from './legacy.ts'
import { usesLocal } from './legacy-cells.ts'
import { columnName, tableName, wordOf } from './styles.ts'
import { elementOf } from './target-paths.ts'
import { precisionOf } from './views.ts'

export interface Place {
  readonly table: string
  readonly kind: Kind
  readonly selector: string
  /** Name of the column of a field; empty where the table lacks it. */
  readonly at: (field: string) => string
}

/** The new system keeps a text on one line. */
export const oneLine = ['trim', 'inside=one'] as const

const noPlace = 'the new system has no place for it'
const clinical: Readonly<Record<string, string>> = {
  problem: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  allergy: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
}
const verified: Readonly<Record<string, string>> = {
  problem: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  allergy: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
}
const states: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  problem: ['active', 'resolved'],
  allergy: ['active', 'inactive'],
  medicine: ['active', 'stopped', 'completed'],
}
const visitClasses: readonly (readonly [string, string, string])[] = [
  ['O', 'AMB', '9202'],
  ['E', 'EMER', '9203'],
  ['I', 'IMP', '9201'],
  ['H', 'HH', '581476'],
]

/** Where the identifier of a person stands in the target. */
export const mrnSystem = 'urn:clinic:record-number'

export function mapPeople(maker: LegacyMaker, table: string, at: (field: string) => string): void {
  const { choices, map } = maker
  const key = [at('key')]
  const fhir = choices.target === 'fhir'
  const identifier = `Patient.identifier.where(system='${mrnSystem}').value`
  if (!fhir) {
    const type = elementOf(choices, 'person', 'type')
    const old = `${type}.${elementOf(choices, 'person', 'old')}`
    const own = `${type}.${elementOf(choices, 'person', 'id')}`
    if (choices.patientIds === 'carried') map.carry(table, key, 'copy', 'role=key', own)
    else {
      map.carry(table, key, 'lookup', 'map=patient-numbers; role=id', own)
      map.carry(table, key, 'copy', 'role=key', old)
    }
  } else if (choices.patientIds === 'carried') map.carry(table, key, 'copy', 'role=key', 'Patient.id')
  else if (choices.patientIds === 'padded') map.carry(table, key, 'pad', 'length=10; role=key', identifier)
  else if (choices.patientIds === 'prefixed') map.carry(table, key, 'affix', 'prefix=MRN-; role=key', identifier)
  else map.carry(table, key, 'copy', 'role=key', identifier)
  for (const field of ['family', 'given', 'birth', 'sex', 'postcode', 'city', 'phone']) {
    const element = elementOf(choices, 'person', field)
    const target = `${elementOf(choices, 'person', 'type')}.${element}`
    if (element === null) map.leave(table, at(field), noPlace)
    else if (field === 'birth') map.carry(table, [at(field)], 'date', timeRule(choices, 'day').params, target)
    else if (field === 'sex') map.carry(table, [at(field)], 'value-map', 'map=sex', target)
    else map.carry(table, [at(field)], 'copy', '', target)
  }
  for (const sex of ['female', 'male', 'other', 'unknown'])
    map.value('sex', { from: wordOf(choices.style, sex), words: sex, system: '', to: sex })
}

/** Links and the time of a record. */
export function mapPatientLink(maker: LegacyMaker, place: Place): void {
  const { choices, map } = maker
  const { table, kind, selector, at } = place
  const people = tableName(choices.style, 'person')
  map.carry(table, [at('person')], 'reference', `table=${people}`, `${selector}.${elementOf(choices, kind, 'person')}`)
  const visit = elementOf(choices, kind, 'visit')
  if (at('visit') !== '' && visit !== null)
    map.carry(table, [at('visit')], 'reference', `table=${tableName(choices.style, 'visit')}`, `${selector}.${visit}`)
  else if (at('visit') !== '') map.leave(table, at('visit'), noPlace)
  if (at('start') !== '') mapTime(maker, place, 'start')
}

function mapTime(maker: LegacyMaker, { table, kind, selector, at }: Place, field: 'start' | 'end'): void {
  const { choices, map } = maker
  const columns = [at(field), at(`${field}Clock`)].filter((one) => one !== '')
  const element = elementOf(choices, kind, field)
  const { rule, params } = timeRule(choices, precisionOf(choices, 'legacy', kind))
  if (element === null) for (const column of columns) map.leave(table, column, noPlace)
  else map.carry(table, columns, rule, field === 'start' ? `${params}; role=onset` : params, `${selector}.${element}`)
}

function mapKey(maker: LegacyMaker, { table, kind, selector, at }: Place): void {
  const { choices, map } = maker
  const fhir = choices.target === 'fhir'
  const own = fhir ? 'id' : elementOf(choices, kind, 'id')
  const old = fhir ? 'identifier.value' : elementOf(choices, kind, 'old')
  const wanted = kind === 'visit' && choices.recordIds === 'none' ? 'identifier' : choices.recordIds
  if (wanted === 'carried' && own !== null) map.carry(table, [at('key')], 'copy', 'role=key', `${selector}.${own}`)
  else if (wanted === 'identifier' && old !== null) map.carry(table, [at('key')], 'copy', 'role=key', `${selector}.${old}`)
  else map.leave(table, at('key'), 'row number of the old system, nobody uses it')
}

function mapCode(maker: LegacyMaker, { table, kind, selector, at }: Place): void {
  const { choices, map } = maker
  const element = elementOf(choices, kind, 'code')
  if (kind === 'visit') {
    const fhir = choices.target === 'fhir'
    for (const [local, act, concept] of visitClasses)
      map.value('visit-classes', {
        ...{ from: local, words: act, to: choices.target === 'omop' ? concept : act },
        system: fhir ? 'http://terminology.hl7.org/CodeSystem/v3-ActCode' : '',
      })
    const place = elementOf(choices, kind, 'class')
    map.carry(table, [at('class')], 'value-map', 'map=visit-classes', `${selector}.${place}`)
    return
  }
  const concepts: readonly Concept[] =
    kind === 'problem' ? choices.problemCodes : kind === 'allergy' ? [...allergens, noneKnown] : []
  const target = `${selector}.${element}`
  const fhir = choices.target === 'fhir'
  if (usesLocal(choices, kind)) {
    const name = `${kind}-codes`
    for (const { local, code, words, system } of concepts)
      map.value(name, { from: local, words, system: fhir ? system : '', to: code })
    map.carry(table, [at('code')], 'value-map', `map=${name}; role=code`, target)
  } else if (fhir) map.carry(table, [at('code')], 'code', `system=${systemOf(maker, kind)}; role=code`, target)
  else map.carry(table, [at('code')], 'copy', 'role=code', target)
}

/** The code system by the name that the analyst knows, whatever the target calls it. */
export function systemOf({ choices }: LegacyMaker, kind: Kind): string {
  if (kind === 'problem') return choices.problemCodes[0]?.system ?? ''
  if (kind === 'medicine') return choices.drugCodes[0]?.system ?? ''
  if (kind === 'vaccine') return systems.cvx
  return kind === 'result' || kind === 'vital' ? systems.loinc : systems.snomed
}

function mapState(maker: LegacyMaker, { table, kind, selector, at }: Place): void {
  const { choices, map } = maker
  const status = elementOf(choices, kind, 'status')
  const fhir = choices.target === 'fhir'
  if (states[kind] !== undefined && at('status') !== '') {
    if (status === null) map.leave(table, at('status'), noPlace)
    else map.carry(table, [at('status')], 'value-map', `map=${kind}-status`, `${selector}.${status}`)
    for (const state of states[kind] ?? [])
      map.value(`${kind}-status`, {
        from: wordOf(choices.style, state),
        words: state,
        system: fhir ? (clinical[kind] ?? '') : '',
        to: state,
      })
  }
  if (verified[kind] === undefined) return
  const verification = elementOf(choices, kind, 'verification')
  if (verification !== null)
    map.carry(table, [at('verification')], 'value-map', `map=${kind}-verification`, `${selector}.${verification}`)
  else {
    // A table without certainty would turn what was ruled out into a finding.
    const wanted = wordOf(choices.style, 'confirmed')
    map.carry(table, [at('verification')], 'filter', `in="${wanted}"`, selector, 'what was ruled out has no place in this table')
  }
  for (const state of ['confirmed', 'refuted'])
    map.value(`${kind}-verification`, {
      from: wordOf(choices.style, state),
      words: state,
      system: fhir ? (verified[kind] ?? '') : '',
      to: state,
    })
}

/** Everything but values. */
export function mapContent(maker: LegacyMaker, place: Place): void {
  const { choices, map } = maker
  const { table, kind, selector, at } = place
  mapKey(maker, place)
  mapPatientLink(maker, place)
  if (at('end') !== '' && kind !== 'allergy') mapTime(maker, place, 'end')
  mapCode(maker, place)
  const text = elementOf(choices, kind, 'text')
  if (at('text') !== '' && text !== null) map.carry(table, [at('text')], 'copy', '', `${selector}.${text}`)
  else if (at('text') !== '') map.leave(table, at('text'), noPlace)
  mapState(maker, place)
  const reaction = elementOf(choices, kind, 'reaction')
  if (at('reaction') !== '' && reaction !== null && kind === 'allergy') {
    if (choices.target !== 'fhir') map.carry(table, [at('reaction')], 'copy', '', `${selector}.${reaction}`)
    else map.carry(table, [at('reaction')], 'value-map', 'map=reactions', `${selector}.${reaction}`)
    for (const { words, system, code } of reactions) map.value('reactions', { from: words, words, system, to: code })
  }
  const detail = elementOf(choices, kind, 'detail')
  if (at('detail') !== '' && detail !== null) {
    const [rule, params] = choices.file.breaks ? oneLine : (['copy', ''] as const)
    map.carry(table, [at('detail')], rule, params, `${selector}.${detail}`)
  }
  if (kind === 'medicine' && choices.deletedRows) {
    const no = wordOf(choices.style, 'no')
    map.carry(table, [at('deleted')], 'filter', `in="${no}"`, selector, 'rows deleted in the old system are not migrated')
  }
  if (kind === 'procedure' && choices.orphans)
    map.carry(table, [at('person')], 'filter', 'not-in=""', selector, 'rows that name no patient can not be migrated')
  if (table === tableName(choices.style, 'result') && choices.orders) {
    const order = columnName(choices.style, 'result', 'order')
    map.leave(table, order, 'the answers are not linked to their request in the new system')
  }
}
