/** How grave a defect is by what it does and what it is about; it may raise the severity of a check, never lower it. */
import { type SafetyClass, type Severity, severities } from '../../finding.ts'
import type { Effect } from '../../rule.ts'

const gravest: readonly SafetyClass[] = ['allergy', 'active-medication', 'identity']
const grave: readonly SafetyClass[] = ['problem', 'result', 'procedure-implant', 'immunisation']

/** Severity for the gravest classes, the grave ones and the others. */
const table: Readonly<Record<Effect, readonly [Severity, Severity, Severity]>> = {
  'wrong-patient': ['critical', 'critical', 'error'],
  'wrong-value': ['critical', 'critical', 'error'],
  lost: ['critical', 'error', 'error'],
  coarser: ['error', 'warning', 'info'],
  form: ['warning', 'info', 'info'],
}

export function raised(own: Severity, effect: Effect | undefined, safety: SafetyClass | undefined): Severity {
  if (effect === undefined || safety === undefined) return own
  const level = table[effect][gravest.includes(safety) ? 0 : grave.includes(safety) ? 1 : 2]
  return severities.indexOf(level) < severities.indexOf(own) ? level : own
}

/** The effect in words, for the reason of a raised severity. */
export const effectWords: Readonly<Record<Effect, string>> = {
  'wrong-patient': 'a record of another patient',
  'wrong-value': 'another value',
  lost: 'a record that does not arrive',
  coarser: 'a value that arrives coarser',
  form: 'another form of the value',
}

export const safetyWords: Readonly<Record<SafetyClass, string>> = {
  allergy: 'allergies',
  'active-medication': 'active medication',
  identity: 'identity',
  problem: 'problems',
  result: 'results',
  'procedure-implant': 'procedures and implants',
  immunisation: 'immunisations',
  document: 'documents',
  'appointment-order': 'appointments and orders',
  administrative: 'administrative data',
}
