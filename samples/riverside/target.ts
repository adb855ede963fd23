/** The migrated side: what OpenChart's FHIR R4 bulk export says about one patient when the conversion did its work. */

import { utf8 } from '../../src/core/canonical.ts'
import { encodeBase64 } from '../../src/core/values/base64.ts'
import type { Lab } from './catalog.ts'
import * as catalog from './catalog.ts'
import type { Resource } from './edit.ts'
import type { Measurement, Person } from './person.ts'

export const resourceTypes: readonly string[] = [
  'Patient',
  'AllergyIntolerance',
  'Appointment',
  'Condition',
  'Coverage',
  'DocumentReference',
  'Encounter',
  'Immunization',
  'List',
  'MedicationRequest',
  'Observation',
  'Organization',
  'Practitioner',
  'ServiceRequest',
]

const terminology = 'http://terminology.hl7.org/CodeSystem'
const zone = '+01:00'

/** A resource and the legacy row key it was made from. */
export interface MigratedItem {
  readonly key: string
  readonly resource: Resource
}

/** The id under which a legacy row arrives. */
export function targetId(key: string): string {
  return `oc-${key.toLowerCase()}`
}

const coding = (system: string, code: string, display?: string): unknown =>
  display === undefined ? { system, code } : { system, code, display }
const concept = (system: string, code: string, display?: string): unknown => ({ coding: [coding(system, code, display)] })

export function practitionerId(provider: number): string {
  return `oc-dr${String(provider + 1).padStart(3, '0')}`
}
const practitioner = (provider: number): unknown => ({ reference: `Practitioner/${practitionerId(provider)}` })
const organization = (site: string): unknown => ({ reference: `Organization/oc-${site.toLowerCase()}` })

/** Every resource of one patient, in the order of the clinical record. */
export function targetResources(person: Person): MigratedItem[] {
  const items: MigratedItem[] = []
  const subject = { reference: `Patient/${person.id}` }
  const add = (key: string, resourceType: string, id: string, elements: Record<string, unknown>): void => {
    items.push({ key, resource: { resourceType, id, ...elements } })
  }
  add(person.mrn, 'Patient', person.id, patientElements(person))
  for (const one of person.allergies)
    add(one.key, 'AllergyIntolerance', targetId(one.key), {
      ...(one.status === 'refuted'
        ? { verificationStatus: concept(`${terminology}/allergyintolerance-verification`, 'refuted') }
        : { verificationStatus: concept(`${terminology}/allergyintolerance-verification`, 'confirmed') }),
      clinicalStatus: concept(`${terminology}/allergyintolerance-clinical`, one.status === 'active' ? 'active' : 'inactive'),
      category: [one.allergen.category],
      code: { coding: [coding(one.allergen.system, one.allergen.code, one.allergen.display)], text: one.spelling },
      patient: subject,
      onsetDateTime: one.noted,
      reaction: [
        {
          manifestation: [{ coding: [coding(catalog.systems.snomed, one.reaction[1], one.reaction[2])], text: one.reaction[0] }],
          severity: one.severity,
        },
      ],
    })
  if (person.statement?.means === 'none')
    add(person.mrn, 'AllergyIntolerance', `oc-nka-${person.index + 1}`, noKnownAllergyElements(person))
  if (person.statement?.means === 'unavailable')
    add(person.mrn, 'List', `oc-alg-${person.index + 1}`, {
      status: 'current',
      mode: 'snapshot',
      title: 'Allergies',
      code: concept(catalog.systems.loinc, '52472-8', 'Allergies and Adverse Drug Reactions'),
      subject,
      emptyReason: concept(catalog.systems.emptyReason, 'unavailable', 'Unavailable'),
    })
  for (const one of person.medicines) {
    const route = catalog.routes.find(([legacy]) => legacy === one.drug.route) ?? ['PO', '26643006', 'Oral route']
    const unit = catalog.doseUnits.find(([legacy]) => legacy === one.unit) ?? [one.unit, one.unit, one.unit]
    add(one.key, 'MedicationRequest', targetId(one.key), {
      status: one.stopped ? 'completed' : 'active',
      intent: 'order',
      medicationCodeableConcept: concept(catalog.systems.rxnorm, one.drug.rxnorm, one.drug.name),
      subject,
      authoredOn: one.started,
      dosageInstruction: [
        {
          text: `${one.dose} ${unit[2]} ${one.frequency[2]}`,
          timing: { code: concept(catalog.systems.timing, one.frequency[1]) },
          route: concept(catalog.systems.snomed, route[1], route[2]),
          doseAndRate: [
            { doseQuantity: { value: Number(one.dose), unit: unit[2], system: catalog.systems.ucum, code: unit[1] } },
          ],
        },
      ],
      ...(one.stopped ? { dispenseRequest: { validityPeriod: { start: one.started, end: one.stopped } } } : {}),
    })
  }
  for (const one of person.problems)
    add(one.key, 'Condition', targetId(one.key), {
      clinicalStatus: concept(`${terminology}/condition-clinical`, one.status),
      verificationStatus: concept(`${terminology}/condition-ver-status`, 'confirmed'),
      category: [concept(`${terminology}/condition-category`, 'problem-list-item')],
      code: { coding: [coding(catalog.systems.icd10, one.code, one.title)], text: one.title },
      subject,
      onsetDateTime: one.onset,
    })
  for (const one of person.shots)
    add(one.key, 'Immunization', targetId(one.key), {
      status: 'completed',
      vaccineCode: { coding: [coding(catalog.systems.cvx, one.vaccine[0], one.vaccine[1])], text: one.vaccine[1] },
      patient: subject,
      occurrenceDateTime: one.given,
      lotNumber: one.lot,
    })
  const encounter = person.visits[0] ? { encounter: { reference: `Encounter/${targetId(person.visits[0].key)}` } } : {}
  for (const one of person.results)
    add(one.key, 'Observation', targetId(one.key), { ...observationElements(one, 'laboratory', subject), ...encounter })
  for (const one of person.vitals)
    add(one.key, 'Observation', targetId(one.key), { ...observationElements(one, 'vital-signs', subject), ...encounter })
  for (const one of person.visits)
    add(one.key, 'Encounter', targetId(one.key), {
      identifier: [{ system: 'urn:medtrack:encounter', value: one.key }],
      status: 'finished',
      class: coding(`${terminology}/v3-ActCode`, one.type[1], one.type[2]),
      subject,
      participant: [{ individual: practitioner(one.provider) }],
      period: { start: one.day },
      serviceProvider: organization(one.site),
    })
  for (const one of person.notes)
    add(one.key, 'DocumentReference', targetId(one.key), {
      identifier: [{ system: 'urn:medtrack:note', value: one.key }],
      status: 'current',
      type: concept(catalog.systems.loinc, '34109-9', 'Note'),
      subject,
      author: [practitioner(one.provider)],
      content: [{ attachment: { contentType: 'text/plain', data: encodeBase64(utf8(one.text)) } }],
      context: { period: { start: one.day } },
    })
  for (const one of person.bookings)
    add(one.key, 'Appointment', targetId(one.key), {
      identifier: [{ system: 'urn:medtrack:appointment', value: one.key }],
      status: 'booked',
      start: `${one.day}T${one.time}:00${zone}`,
      end: `${one.day}T${one.time.slice(0, 3)}${String(Number(one.time.slice(3)) + 14)}:00${zone}`,
      participant: [
        { actor: subject, status: 'accepted' },
        { actor: practitioner(one.provider), status: 'accepted' },
      ],
    })
  for (const one of person.referrals)
    add(one.key, 'ServiceRequest', targetId(one.key), {
      identifier: [{ system: 'urn:medtrack:referral', value: one.key }],
      status: 'active',
      intent: 'order',
      priority: one.priority,
      code: { text: one.specialty },
      subject,
      authoredOn: one.day,
      requester: { reference: `Practitioner/oc-${one.provider.toLowerCase()}` },
    })
  if (person.policy)
    add(person.policy.key, 'Coverage', targetId(person.policy.key), {
      status: 'active',
      subscriberId: person.policy.number,
      beneficiary: subject,
      payor: [{ display: person.policy.payer }],
    })
  for (const one of person.documents)
    add(one.key, 'DocumentReference', targetId(one.key), {
      identifier: [{ system: 'urn:medtrack:document', value: one.key }],
      status: 'current',
      subject,
      content: [
        {
          attachment: { contentType: 'application/pdf', title: one.title, url: `https://openchart.example/scans/${one.key}.pdf` },
        },
      ],
      context: { period: { start: one.day } },
    })
  return items
}

export function patientElements(person: Person): Record<string, unknown> {
  const genders = { F: 'female', M: 'male', U: 'unknown' } as const
  return {
    identifier: [
      {
        use: 'usual',
        type: concept(`${terminology}/v2-0203`, 'MR'),
        system: catalog.systems.mrn,
        value: person.mrn,
      },
    ],
    active: true,
    name: [{ use: 'official', family: person.family, given: [person.given] }],
    ...(person.phone === '' ? {} : { telecom: [{ system: 'phone', value: person.phone }] }),
    gender: genders[person.sex],
    birthDate: person.birth,
    address: [
      {
        text: `${person.street}, ${person.town}`,
        line: [person.street],
        city: person.town,
        postalCode: person.postcode,
      },
    ],
    managingOrganization: organization(person.site),
  }
}

/** A negated entry: "asked, none known", never the same as an empty list. */
export function noKnownAllergyElements(person: Person): Record<string, unknown> {
  const { system, code, display } = catalog.noKnownAllergy
  return {
    clinicalStatus: concept(`${terminology}/allergyintolerance-clinical`, 'active'),
    verificationStatus: concept(`${terminology}/allergyintolerance-verification`, 'confirmed'),
    code: concept(system, code, display),
    patient: { reference: `Patient/${person.id}` },
  }
}

function observationElements(one: Measurement, category: string, subject: unknown): Record<string, unknown> {
  return {
    identifier: [{ system: 'urn:medtrack:measurement', value: one.key }],
    status: 'final',
    category: [concept(`${terminology}/observation-category`, category)],
    code: { coding: [coding(catalog.systems.loinc, one.lab.loinc, one.lab.display)] },
    subject,
    effectiveDateTime: `${one.taken}T${one.time}:00${zone}`,
    valueQuantity: quantity(one, one.lab),
  }
}

function quantity(one: Measurement, lab: Lab): Record<string, unknown> {
  return {
    value: Number(one.value),
    ...(one.comparator === '' ? {} : { comparator: one.comparator }),
    ...(lab.unit === '' ? {} : { unit: lab.unit }),
    system: catalog.systems.ucum,
    code: lab.ucum,
  }
}
