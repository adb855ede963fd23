/** Safety class of what a table holds, from the target it is mapped to (data.md §14). */
import type { SafetyClass } from '../../../finding.ts'
import type { Domain } from './sides.ts'

const byDomain: Readonly<Record<Exclude<Domain, 'other'>, SafetyClass>> = {
  allergies: 'allergy',
  problems: 'problem',
  medicines: 'active-medication',
  immunisations: 'immunisation',
  results: 'result',
  notes: 'document',
  demographics: 'identity',
}

export function safetyOf({ domain, type }: { readonly domain: Domain; readonly type: string }): SafetyClass {
  if (domain !== 'other') return byDomain[domain]
  if (/^(procedure|device|procedure_occurrence|device_exposure)$/i.test(type)) return 'procedure-implant'
  return /^(appointment|encounter|servicerequest|careplan|visit_occurrence)$/i.test(type) ? 'appointment-order' : 'administrative'
}
