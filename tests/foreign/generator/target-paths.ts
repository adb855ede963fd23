/** Where each field of a record stands in the target, as a field map writes it; the writers of the target go by the same tables. */
import type { Choices } from './choices.ts'
import type { Kind } from './facts.ts'
import { precisionOf } from './views.ts'

type Fields = Readonly<Record<string, string>>

const fields = (text: string): Fields =>
  Object.fromEntries(
    text.split(' ').map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  )

const fhir: Readonly<Record<Kind | 'person', Fields>> = {
  person: fields(
    'type=Patient family=name.family given=name.given birth=birthDate sex=gender postcode=address.postalCode city=address.city phone=telecom.value',
  ),
  visit: fields('type=Encounter person=subject class=class start=period.start end=period.end'),
  problem: fields(
    'type=Condition person=subject visit=encounter code=code text=code.text start=onsetDateTime end=abatementDateTime status=clinicalStatus verification=verificationStatus',
  ),
  allergy: fields(
    'type=AllergyIntolerance person=patient code=code text=code.text start=onsetDateTime status=clinicalStatus verification=verificationStatus reaction=reaction.manifestation',
  ),
  medicine: fields(
    'type=MedicationRequest person=subject visit=encounter code=medicationCodeableConcept text=medicationCodeableConcept.text start=authoredOn status=status detail=dosageInstruction.text',
  ),
  vaccine: fields(
    'type=Immunization person=patient visit=encounter code=vaccineCode text=vaccineCode.text start=occurrenceDateTime detail=lotNumber',
  ),
  result: fields(
    'type=Observation person=subject visit=encounter code=code text=code.text start=effectiveDateTime value=valueQuantity.value unit=valueQuantity.code comparator=valueQuantity.comparator quantity=valueQuantity',
  ),
  vital: fields(
    'type=Observation person=subject visit=encounter code=code text=code.text start=effectiveDateTime value=valueQuantity.value unit=valueQuantity.code comparator=valueQuantity.comparator quantity=valueQuantity',
  ),
  procedure: fields(
    'type=Procedure person=subject visit=encounter code=code text=code.text start=performedPeriod.start end=performedPeriod.end',
  ),
}

/** Tables of the OMOP common data model 5.4; dates and times have columns of their own. */
const omop: Readonly<Record<Kind | 'person', Fields>> = {
  person: fields('type=person id=person_id old=person_source_value birth=birth_datetime sex=gender_source_value'),
  visit: fields(
    'type=visit_occurrence id=visit_occurrence_id old=visit_source_value person=person_id class=visit_concept_id start=visit_start_datetime end=visit_end_datetime',
  ),
  problem: fields(
    'type=condition_occurrence id=condition_occurrence_id person=person_id visit=visit_occurrence_id code=condition_source_value start=condition_start_datetime startDay=condition_start_date end=condition_end_datetime endDay=condition_end_date status=condition_status_source_value',
  ),
  allergy: fields(
    'type=observation id=observation_id person=person_id code=observation_source_value start=observation_datetime startDay=observation_date reaction=qualifier_source_value',
  ),
  medicine: fields(
    'type=drug_exposure id=drug_exposure_id person=person_id visit=visit_occurrence_id code=drug_source_value start=drug_exposure_start_datetime startDay=drug_exposure_start_date detail=sig',
  ),
  vaccine: fields(
    'type=drug_exposure id=drug_exposure_id person=person_id visit=visit_occurrence_id code=drug_source_value start=drug_exposure_start_datetime startDay=drug_exposure_start_date detail=lot_number',
  ),
  result: fields(
    'type=measurement id=measurement_id person=person_id visit=visit_occurrence_id code=measurement_source_value start=measurement_datetime value=value_as_number unit=unit_source_value',
  ),
  vital: fields(
    'type=measurement id=measurement_id person=person_id visit=visit_occurrence_id code=measurement_source_value start=measurement_datetime value=value_as_number unit=unit_source_value',
  ),
  procedure: fields(
    'type=procedure_occurrence id=procedure_occurrence_id person=person_id visit=visit_occurrence_id code=procedure_source_value start=procedure_datetime startDay=procedure_date end=procedure_end_datetime endDay=procedure_end_date',
  ),
}

/** Tables of a system of nobody's standard. */
const tables: Readonly<Record<Kind | 'person', Fields>> = {
  person: fields(
    'type=client id=client_no old=old_no family=surname given=first_name birth=born sex=gender postcode=post_code city=town phone=tel',
  ),
  visit: fields('type=contact id=contact_no old=old_no person=client_no class=mode start=from_time end=to_time'),
  problem: fields(
    'type=dx id=dx_no old=old_no person=client_no visit=contact_no code=dx_code text=dx_label start=since end=until status=state verification=certainty',
  ),
  allergy: fields(
    'type=intolerance id=int_no old=old_no person=client_no code=substance text=substance_label start=noted status=state verification=certainty reaction=reaction_label',
  ),
  medicine: fields(
    'type=script id=script_no old=old_no person=client_no visit=contact_no code=drug text=drug_label start=written status=state detail=directions',
  ),
  vaccine: fields(
    'type=jab id=jab_no old=old_no person=client_no visit=contact_no code=vaccine text=vaccine_label start=given_on detail=lot',
  ),
  result: fields(
    'type=lab id=lab_no old=old_no person=client_no visit=contact_no code=test text=test_label start=taken value=num unit=unit comparator=sign',
  ),
  vital: fields(
    'type=vitals id=vital_no old=old_no person=client_no visit=contact_no code=test text=test_label start=taken value=num unit=unit comparator=sign',
  ),
  procedure: fields(
    'type=op id=op_no old=old_no person=client_no visit=contact_no code=op_code text=op_label start=begun end=finished',
  ),
}

const layouts = { fhir, omop, tables }

/** Concept ids of OMOP that tell where a row came from. */
export const originOf: Readonly<Partial<Record<Kind, { readonly column: string; readonly value: string }>>> = {
  medicine: { column: 'drug_type_concept_id', value: '32838' },
  vaccine: { column: 'drug_type_concept_id', value: '32818' },
  result: { column: 'measurement_type_concept_id', value: '32856' },
  vital: { column: 'measurement_type_concept_id', value: '32836' },
}

function layoutOf(choices: Choices, kind: Kind | 'person'): Fields {
  // What the old system keeps in one table the other system's people load into one table.
  return layouts[choices.target][kind === 'vital' && choices.vitals === 'with-results' ? 'result' : kind]
}

/** Type of resource, or table, that records of a kind become. */
export function typeOf(choices: Choices, kind: Kind | 'person'): string {
  return layoutOf(choices, kind).type ?? ''
}

/** Element or column of a field; null where the target has no place for it. */
export function elementOf(choices: Choices, kind: Kind | 'person', field: string): string | null {
  const layout = layoutOf(choices, kind)
  if (field === 'start' || field === 'end') {
    const precision = kind === 'person' ? 'time' : precisionOf(choices, 'target', kind)
    if (choices.target === 'fhir' && kind === 'procedure' && precision === 'day')
      return field === 'start' ? 'performedDateTime' : null
    if (precision === 'day' && layout[`${field}Day`] !== undefined) return layout[`${field}Day`] ?? null
  }
  if (choices.contained && kind === 'medicine' && field === 'code') return "contained.where(resourceType='Medication').code"
  if (choices.contained && kind === 'medicine' && field === 'text') return "contained.where(resourceType='Medication').code.text"
  return layout[field] ?? null
}

/** The records of a kind among those of their type; one table or category per kind, unless both came from one legacy table. */
export function selectorOf(choices: Choices, kind: Kind): string {
  const type = typeOf(choices, kind)
  const apart = choices.vitals !== 'with-results' || (kind !== 'result' && kind !== 'vital')
  if (choices.target === 'omop') {
    const origin = originOf[kind]
    return origin && apart ? `${type}.where(${origin.column}='${origin.value}')` : type
  }
  if (choices.target !== 'fhir' || !apart || (kind !== 'result' && kind !== 'vital')) return type
  return `${type}.where(category.coding.code='${kind === 'result' ? 'laboratory' : 'vital-signs'}')`
}

/** The records of one code. */
export function selectorOfCode(choices: Choices, kind: Kind, code: string): string {
  const column = choices.target === 'fhir' ? 'code.coding.code' : (elementOf(choices, kind, 'code') ?? '')
  return `${typeOf(choices, kind)}.where(${column}='${code}')`
}
