/** A FHIR Patient as the facts that records are compared by. */
import { isObject } from '../../values/json.ts'
import type { JsonObject, JsonValue } from '../model/record.ts'
import type { LinkField } from './linkage-types.ts'

type Facts = Partial<Record<LinkField, string>>

/** Identifier systems and types that a country gives to a person, not a clinic. */
const nationalSystem = /us-ssn|nhs-number|national|nino|\bbsn\b|ahv|personnummer|his-?ihi|2\.16\.840\.1\.113883\.4\.1$/i
const nationalTypes = new Set(['SS', 'NI', 'NH', 'NN'])

export function patientFacts(patient: JsonObject): Facts {
  const facts: Facts = {}
  const put = (field: LinkField, value: JsonValue | undefined): void => {
    if (typeof value === 'string' && value.trim() !== '') facts[field] ??= value
  }
  put('id', patient.id)
  put('birth', patient.birthDate)
  put('sex', patient.gender)
  const nameList = objects(patient.name)
  const current = nameList.find(({ use }) => use === 'official') ?? nameList.find(({ use }) => use !== 'maiden' && use !== 'old')
  put('family', current?.family)
  put('given', Array.isArray(current?.given) ? current.given[0] : undefined)
  put('maiden', nameList.find((name) => name !== current && (name.use === 'maiden' || name.use === 'old'))?.family)
  for (const identifier of objects(patient.identifier)) {
    const codes = isObject(identifier.type) ? objects(identifier.type.coding).map(({ code }) => code) : []
    const national = nationalSystem.test(String(identifier.system ?? '')) || codes.some((code) => nationalTypes.has(String(code)))
    if (national) put('nationalId', identifier.value)
    else if (codes.includes('MR')) put('mrn', identifier.value)
  }
  put('phone', objects(patient.telecom).find(({ system, use }) => system === 'phone' && use !== 'old')?.value)
  const address = objects(patient.address).find(({ use }) => use !== 'old')
  put('address', Array.isArray(address?.line) ? address.line.map(String).join(' ') : undefined)
  put('postcode', address?.postalCode)
  return facts
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isObject(each)) : []
}
