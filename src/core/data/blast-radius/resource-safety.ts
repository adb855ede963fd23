/** What of a patient's record a FHIR resource holds, by its type. */
import type { SafetyClass } from '../../finding.ts'

const types: Readonly<Record<string, SafetyClass>> = {
  AllergyIntolerance: 'allergy',
  AdverseEvent: 'allergy',
  MedicationRequest: 'active-medication',
  MedicationStatement: 'active-medication',
  MedicationAdministration: 'active-medication',
  MedicationDispense: 'active-medication',
  Condition: 'problem',
  Observation: 'result',
  DiagnosticReport: 'result',
  Immunization: 'immunisation',
  Procedure: 'procedure-implant',
  Device: 'procedure-implant',
  DeviceUseStatement: 'procedure-implant',
  Patient: 'identity',
  Person: 'identity',
  RelatedPerson: 'identity',
  DocumentReference: 'document',
  Composition: 'document',
  Binary: 'document',
  ImagingStudy: 'document',
  Appointment: 'appointment-order',
  ServiceRequest: 'appointment-order',
  Encounter: 'appointment-order',
  CarePlan: 'appointment-order',
  CareTeam: 'appointment-order',
  Claim: 'administrative',
  ExplanationOfBenefit: 'administrative',
  Coverage: 'administrative',
  Organization: 'administrative',
  Practitioner: 'administrative',
  PractitionerRole: 'administrative',
  Location: 'administrative',
}

/** `place` is an element path such as `AllergyIntolerance.code`. */
export function resourceSafety(place: string): SafetyClass | null {
  const type = place.split('.', 1)[0] ?? ''
  return Object.hasOwn(types, type) ? (types[type] ?? null) : null
}
