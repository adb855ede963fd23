/** The crosswalk of the sample as the data team keeps it: field map and value maps, columns of the project format. */
import * as catalog from './catalog.ts'
import { csvLine } from './encode.ts'
import { sites } from './names.ts'

const lab = "Observation.where(category.coding.code='laboratory')"
const vital = "Observation.where(category.coding.code='vital-signs')"
const note = "DocumentReference.where(content.attachment.contentType='text/plain')"
const scan = "DocumentReference.where(content.attachment.contentType='application/pdf')"
const dose = 'MedicationRequest.dosageInstruction'
const dayFirst = 'order=day-first'
const monthFirst = 'order=month-first'
const patient = 'table=patients'

type Line = readonly [field: string, rule: string, params: string, target: string, required?: 'required']
const fields: readonly (readonly [table: string, lines: readonly Line[]])[] = [
  [
    'patients',
    [
      ['MRN', 'copy', 'role=key', "Patient.identifier.where(type.coding.code='MR').value", 'required'],
      ['LAST_NM', 'copy', '', 'Patient.name.family'],
      ['FIRST_NM', 'copy', '', 'Patient.name.given'],
      ['DOB', 'date', dayFirst, 'Patient.birthDate'],
      ['SEX', 'value-map', 'map=sex', 'Patient.gender'],
      ['PHONE', 'copy', '', "Patient.telecom.where(system='phone').value"],
      ['ADDR + CITY', 'concat', 'separator=", "', 'Patient.address.text'],
      ['ZIP', 'copy', '', 'Patient.address.postalCode'],
      ['SITE', 'value-map', 'map=sites; role=site', 'Patient.managingOrganization.reference'],
    ],
  ],
  [
    'allergies',
    [
      ['MRN', 'reference', patient, 'AllergyIntolerance.patient', 'required'],
      ['SUBSTANCE', 'value-map', 'map=allergens', 'AllergyIntolerance.code'],
      ['REACTION', 'value-map', 'map=reactions', 'AllergyIntolerance.reaction.manifestation'],
      ['SEVERITY', 'copy', '', 'AllergyIntolerance.reaction.severity'],
      ['STATUS', 'value-map', 'map=allergy-status', 'AllergyIntolerance.clinicalStatus'],
      ['STATUS', 'value-map', 'map=allergy-verification', 'AllergyIntolerance.verificationStatus'],
      ['NOTED', 'date', dayFirst, 'AllergyIntolerance.onsetDateTime'],
    ],
  ],
  [
    'medications',
    [
      ['MRN', 'reference', patient, 'MedicationRequest.subject', 'required'],
      ['DRUG', 'value-map', 'map=drugs', 'MedicationRequest.medicationCodeableConcept', 'required'],
      ['DOSE', 'quantity', 'units=dose-units', `${dose}.doseAndRate.doseQuantity`],
      ['FREQ', 'value-map', 'map=frequencies', `${dose}.timing.code`],
      ['ROUTE', 'value-map', 'map=routes', `${dose}.route`],
      ['START', 'date', monthFirst, 'MedicationRequest.authoredOn'],
      ['STOP', 'date', monthFirst, 'MedicationRequest.dispenseRequest.validityPeriod.end'],
      ['STATUS', 'value-map', 'map=medicine-status', 'MedicationRequest.status', 'required'],
    ],
  ],
  [
    'problems',
    [
      ['MRN', 'reference', patient, 'Condition.subject', 'required'],
      ['ICD10', 'code', `system=${catalog.systems.icd10}`, 'Condition.code'],
      ['DESCR', 'copy', '', 'Condition.code.text'],
      ['ONSET', 'date', dayFirst, 'Condition.onsetDateTime'],
      ['STATUS', 'value-map', 'map=problem-status', 'Condition.clinicalStatus'],
    ],
  ],
  [
    'immunizations',
    [
      ['MRN', 'reference', patient, 'Immunization.patient', 'required'],
      ['CVX', 'code', `system=${catalog.systems.cvx}`, 'Immunization.vaccineCode', 'required'],
      ['VACCINE', 'copy', '', 'Immunization.vaccineCode.text'],
      ['GIVEN', 'date', monthFirst, 'Immunization.occurrenceDateTime', 'required'],
      ['LOT', 'copy', '', 'Immunization.lotNumber'],
    ],
  ],
  [
    'results',
    [
      ['ACC_NO', 'copy', 'role=key', `${lab}.identifier.value`],
      ['MRN', 'reference', patient, `${lab}.subject`],
      ['TEST', 'value-map', 'map=laboratory-codes', `${lab}.code`, 'required'],
      ['VALUE', 'quantity', 'units=laboratory-units', `${lab}.valueQuantity`],
      ['COLLECTED', 'date-time', `${dayFirst}; zone=+01:00`, `${lab}.effectiveDateTime`],
    ],
  ],
  [
    'vitals',
    [
      ['VIT_ID', 'copy', 'role=key', `${vital}.identifier.value`],
      ['MRN', 'reference', patient, `${vital}.subject`],
      ['VITAL', 'value-map', 'map=vital-codes', `${vital}.code`, 'required'],
      ['VALUE', 'quantity', 'units=vital-units', `${vital}.valueQuantity`],
      ['TAKEN', 'date-time', `${monthFirst}; zone=+01:00`, `${vital}.effectiveDateTime`],
    ],
  ],
  [
    'encounters',
    [
      ['ENC_ID', 'copy', 'role=key', 'Encounter.identifier.value'],
      ['MRN', 'reference', patient, 'Encounter.subject'],
      ['TYPE', 'value-map', 'map=encounter-types', 'Encounter.class', 'required'],
      ['ENC_DATE', 'date', monthFirst, 'Encounter.period.start'],
      ['SITE', 'value-map', 'map=sites', 'Encounter.serviceProvider.reference'],
      ['PROV', 'affix', 'case=lower; prefix=Practitioner/oc-', 'Encounter.participant.individual.reference'],
    ],
  ],
  [
    'notes',
    [
      ['NOTE_ID', 'copy', 'role=key', `${note}.identifier.value`],
      ['MRN', 'reference', patient, `${note}.subject`],
      ['NOTE_DATE', 'date', dayFirst, `${note}.context.period.start`],
      ['AUTHOR', 'affix', 'case=lower; prefix=Practitioner/oc-', `${note}.author.reference`],
      ['TEXT', 'base64', '', `${note}.content.attachment.data`],
    ],
  ],
  [
    'appointments',
    [
      ['APPT_ID', 'copy', 'role=key', 'Appointment.identifier.value'],
      ['MRN', 'reference', patient, 'Appointment.participant.actor', 'required'],
      ['APPT_AT', 'date-time', `${dayFirst}; zone=+01:00`, 'Appointment.start'],
      ['PROV', 'affix', 'case=lower; prefix=Practitioner/oc-', 'Appointment.participant.actor.reference'],
    ],
  ],
  [
    'providers',
    [
      ['PROV', 'copy', 'role=key', 'Practitioner.identifier.value'],
      ['NAME', 'name-part', 'part=family', 'Practitioner.name.family'],
      ['NAME', 'name-part', 'part=given', 'Practitioner.name.given'],
      ['SPECIALTY', 'copy', '', 'Practitioner.qualification.code.text'],
    ],
  ],
  [
    'referrals',
    [
      ['REF_ID', 'copy', 'role=key', 'ServiceRequest.identifier.value'],
      ['MRN', 'reference', patient, 'ServiceRequest.subject', 'required'],
      ['TO_SPEC', 'copy', '', 'ServiceRequest.code.text'],
      ['PRIORITY', 'copy', '', 'ServiceRequest.priority'],
      ['REF_DATE', 'date', dayFirst, 'ServiceRequest.authoredOn'],
    ],
  ],
  [
    'insurance',
    [
      ['POLICY_NO', 'copy', 'role=key', 'Coverage.subscriberId'],
      ['MRN', 'reference', patient, 'Coverage.beneficiary', 'required'],
      ['PAYER', 'copy', '', 'Coverage.payor.display', 'required'],
    ],
  ],
  [
    'documents',
    [
      ['DOC_ID', 'copy', 'role=key', `${scan}.identifier.value`],
      ['MRN', 'reference', patient, `${scan}.subject`],
      ['TITLE', 'copy', '', `${scan}.content.attachment.title`],
      ['DOC_DATE', 'date', monthFirst, `${scan}.context.period.start`],
    ],
  ],
]

const open: readonly (readonly string[])[] = [
  ['appointments', 'SITE', '', '', '', '', 'unmapped', '', ''],
  ['referrals', 'PROV', '', '', '', '', 'unmapped', '', ''],
  ['allergies', 'ALG_ID', '', '', '', '', 'not-carried', 'row number of the old screen, never shown to anybody', 'data team'],
  ['medications', 'MED_ID', '', '', '', '', 'not-carried', 'row number of the old screen, never shown to anybody', 'data team'],
  ['problems', 'PRB_ID', '', '', '', '', 'not-carried', 'row number of the old screen, never shown to anybody', 'data team'],
  ['immunizations', 'IMM_ID', '', '', '', '', 'not-carried', 'row number of the old screen, never shown to anybody', 'data team'],
  ['insurance', 'POL_ID', '', '', '', '', 'not-carried', 'row number of the old screen, never shown to anybody', 'data team'],
]

/** Text of `mapping/fields.csv`. */
export function fieldsCsv(): string {
  const header = ['legacy_source', 'legacy_field', 'rule', 'params', 'target', 'required', 'status', 'reason', 'by']
  const lines = fields.flatMap(([table, rows]) =>
    rows.map(([field, rule, params, target, required]) => [
      table,
      field,
      rule,
      params,
      target,
      required === undefined ? '' : 'yes',
      'confirmed',
      '',
      'data team',
    ]),
  )
  return unixCsv([header, ...lines, ...open])
}

type ValueLine = readonly [code: string, display: string, system: string, target: string, relationship?: string]

const simple = (pairs: string): ValueLine[] =>
  pairs.split(' ').map((pair) => {
    const [code = '', target = ''] = pair.split('=')
    return [code, '', '', target]
  })

const unitLines = (labs: readonly catalog.Lab[]): ValueLine[] => {
  const units = new Map(labs.filter((one) => one.unit !== '').map((one) => [one.unit, one.ucum]))
  return [...units].map(([unit, ucum]) => [unit, '', catalog.systems.ucum, ucum])
}

const labLines = (labs: readonly catalog.Lab[]): ValueLine[] =>
  labs.map((one) => [one.local, one.display, catalog.systems.loinc, one.loinc])

const { snomed, rxnorm } = catalog.systems

const valueMaps: readonly (readonly [name: string, lines: readonly ValueLine[]])[] = [
  ['sex', simple('F=female M=male U=unknown')],
  ['sites', sites.map(([code, name]) => [code, name, '', `Organization/oc-${code.toLowerCase()}`])],
  [
    'allergens',
    [
      ...catalog.allergens.flatMap((one) =>
        one.spellings.map((spelling): ValueLine => [spelling, one.display, one.system, one.code]),
      ),
      ...catalog.allergyStatements.none.map((text): ValueLine => [text, 'No known allergy', snomed, catalog.noKnownAllergy.code]),
      ...catalog.allergyStatements.unavailable.map(
        (text): ValueLine => [text, 'Allergies could not be obtained', catalog.systems.emptyReason, 'unavailable'],
      ),
    ],
  ],
  ['reactions', catalog.reactions.map(([text, code, display]) => [text, display, snomed, code])],
  ['allergy-status', simple('A=active I=inactive R=inactive')],
  ['allergy-verification', simple('A=confirmed I=confirmed R=refuted')],
  ['drugs', catalog.drugs.map((one) => [one.name, one.name, rxnorm, one.rxnorm])],
  ['dose-units', catalog.doseUnits.map(([legacy, ucum]) => [legacy, '', catalog.systems.ucum, ucum])],
  ['frequencies', catalog.frequencies.map(([legacy, code, words]) => [legacy, words, catalog.systems.timing, code])],
  ['routes', catalog.routes.map(([legacy, code, display]) => [legacy, display, snomed, code])],
  ['medicine-status', simple('ACT=active STOP=completed')],
  ['problem-status', simple('A=active R=resolved')],
  ['laboratory-codes', labLines(catalog.labs)],
  ['laboratory-units', unitLines(catalog.labs)],
  ['vital-codes', labLines(catalog.vitalSigns)],
  ['vital-units', unitLines(catalog.vitalSigns)],
  [
    'encounter-types',
    catalog.encounterTypes.map(([legacy, code, display]) => [
      legacy,
      display,
      'http://terminology.hl7.org/CodeSystem/v3-ActCode',
      code,
    ]),
  ],
]

/** Path inside the project and text of every `mapping/values/<map>.csv`. */
export function valueMapFiles(): { readonly path: string; readonly text: string }[] {
  const header = ['source_code', 'source_display', 'target_system', 'target_code', 'relationship']
  return valueMaps.map(([name, lines]) => ({
    path: `mapping/values/${name}.csv`,
    text: unixCsv([
      header,
      ...lines.map(([code, display, system, target, how]) => [code, display, system, target, how ?? 'equivalent']),
    ]),
  }))
}

function unixCsv(lines: readonly (readonly string[])[]): string {
  return lines.map((cells) => csvLine(cells, ',').replace(/\r\n$/, '\n')).join('')
}

/** Text of `mapping/explained.csv`: records of the target that no legacy row became, with the person who vouches for them. */
export function explainedCsv(): string {
  return unixCsv([
    ['side', 'table', 'record', 'state', 'into', 'reason', 'by'],
    ['target', 'Organization', '*', 'already-there', '', 'the three sites, set up with the new system', 'data team'],
  ])
}
