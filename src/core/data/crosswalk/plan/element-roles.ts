/** What elements of FHIR R4 and columns of OMOP 5.4 mean for recognising a record, where no line of the field map says it by `role=…`. */

export type DerivedRole = 'code' | 'onset' | 'status' | 'content'

/** Elements that say since when a record holds, first the more telling (FHIR R4, definitions of the types). */
const onsets: readonly string[] = [
  'onsetDateTime',
  'onsetPeriod.start',
  'recordedDate',
  'assertedDate',
  'effectiveDateTime',
  'effectivePeriod.start',
  'effectiveInstant',
  'performedDateTime',
  'performedPeriod.start',
  'occurrenceDateTime',
  'occurrencePeriod.start',
  'authoredOn',
  'dateAsserted',
  'whenHandedOver',
  'period.start',
  'context.period.start',
  'billablePeriod.start',
  'started',
  'start',
  'manufactureDate',
  'collection.collectedDateTime',
  'date',
  'issued',
  'sent',
  'created',
  'startDate',
]

/** Elements that say what a record is about; a type without one of its own is known by its kind. */
const codes: readonly string[] = ['code', 'medicationCodeableConcept', 'vaccineCode']
const codesByType: ReadonlyMap<string, readonly string[]> = new Map([
  ['Encounter', ['type']],
  ['Device', ['type']],
  ['DocumentReference', ['type']],
  ['Composition', ['type']],
  ['CarePlan', ['category']],
  ['CareTeam', ['category']],
  ['Claim', ['type']],
  ['ExplanationOfBenefit', ['type']],
  ['Appointment', ['serviceType', 'appointmentType']],
  ['Coverage', ['type']],
  ['Specimen', ['type']],
  ['Consent', ['category']],
  ['EpisodeOfCare', ['type']],
  ['FamilyMemberHistory', ['relationship']],
  ['Goal', ['description']],
  ['ImagingStudy', ['procedureCode', 'modality']],
  ['NutritionOrder', ['oralDiet.type']],
])

const states: readonly string[] = ['status', 'clinicalStatus', 'verificationStatus']

const columnOnset = /^(?:[a-z]+_){1,2}(?:start_)?date(?:time)?$/
const columnCode = /^(?:condition|drug|procedure|measurement|observation|device|visit|specimen|note)_(?:source_value|concept_id)$/

/** @param steps names of the elements below the type, or the one column of a target table */
export function derivedRole(type: string, steps: readonly string[]): DerivedRole {
  if (/^[a-z]/.test(type)) {
    const [column = ''] = steps
    if (columnCode.test(column)) return 'code'
    return columnOnset.test(column) && !/birth|death|end_|valid/.test(column) ? 'onset' : 'content'
  }
  const path = steps.join('.')
  if (onsets.includes(path)) return 'onset'
  const concept = path.replace(/(?:\.coding)?(?:\.code)?$/, '')
  if (states.includes(concept)) return 'status'
  const coded = path === 'code' ? 'code' : path.replace(/\.coding(?:\.code)?$/, '')
  return [...codes, ...(codesByType.get(type) ?? [])].includes(coded) ? 'code' : 'content'
}
