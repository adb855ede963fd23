/** Providers and sites: the few records that belong to no patient. */
import { seededRandom } from '../../src/core/random.ts'
import type { Resource } from './edit.ts'
import type { LegacyRow } from './legacy.ts'
import { familyNames, femaleNames, maleNames, sites } from './names.ts'
import { providerCode, providerCount } from './person.ts'
import { practitionerId } from './target.ts'

const specialties = ['Family medicine', 'Internal medicine', 'Nursing', 'Paediatrics']

interface Provider {
  readonly code: string
  readonly id: string
  readonly family: string
  readonly given: string
  readonly specialty: string
}

function drawProviders(seed: string): Provider[] {
  const random = seededRandom(`${seed}/staff`)
  return Array.from({ length: providerCount }, (_, i) => ({
    code: providerCode(i),
    id: practitionerId(i),
    family: random.pick(familyNames),
    given: random.pick(i % 2 === 0 ? femaleNames : maleNames),
    specialty: random.pick(specialties),
  }))
}

export function providerRows(seed: string): LegacyRow[] {
  return drawProviders(seed).map((one) => ({
    table: 'providers',
    key: one.code,
    cells: [one.code, `${one.family}, ${one.given}`, one.specialty],
  }))
}

export function practitioners(seed: string): Resource[] {
  return drawProviders(seed).map((one) => ({
    resourceType: 'Practitioner',
    id: one.id,
    identifier: [{ system: 'urn:medtrack:provider', value: one.code }],
    active: true,
    name: [{ family: one.family, given: [one.given] }],
    qualification: [{ code: { text: one.specialty } }],
  }))
}

export function organizations(): Resource[] {
  return sites.map(([code, name]) => ({
    resourceType: 'Organization',
    id: `oc-${code.toLowerCase()}`,
    identifier: [{ system: 'urn:medtrack:site', value: code }],
    active: true,
    name,
  }))
}
