/** Profiles that FHIR R4 itself demands: vital signs are told by their LOINC code (FHIR R4, Observation, vital signs). */
import { isMembers } from '../../../values/json.ts'
import type { JsonObject } from '../../model/record.ts'
import { objects } from './read-structure-definition.ts'

const byCode: Readonly<Record<string, string>> = {
  '85353-1': 'vitalspanel',
  '9279-1': 'resprate',
  '8867-4': 'heartrate',
  '2708-6': 'oxygensat',
  '59408-5': 'oxygensat',
  '8310-5': 'bodytemp',
  '8302-2': 'bodyheight',
  '9843-4': 'headcircum',
  '29463-7': 'bodyweight',
  '39156-5': 'bmi',
  '85354-9': 'bp',
  '76534-7': 'bp',
}

/** Canonical addresses of the profiles that hold for a resource whatever it says of itself. */
export function impliedProfiles(resource: JsonObject): readonly string[] {
  if (resource.resourceType !== 'Observation' || !isMembers(resource.code)) return none
  for (const { system, code } of objects(resource.code.coding)) {
    const name = system === 'http://loinc.org' && typeof code === 'string' ? byCode[code] : undefined
    if (name !== undefined) return [`http://hl7.org/fhir/StructureDefinition/${name}`]
  }
  return none
}

const none: readonly string[] = []
