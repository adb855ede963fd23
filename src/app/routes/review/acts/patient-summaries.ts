/** Summaries of patients for the hours without a system: read from the files of this session, shown and printed, and kept nowhere. */
import { patientSummary } from '../../../../core/readiness/downtime/patient-summary.ts'
import type { Sheet } from '../../../../core/readiness/sheets/sheet.ts'
import { wallNow } from '../../../session/ledger.ts'
import { openProject } from '../../../session/state.ts'
import { recordPair } from './record-pairs.ts'

/** Sheets made at once: a department of an afternoon. */
export const mostSummaries = 50

/** The patient whose sheet was asked for on another page. It never stands in an address, which browsers keep. */
let asked: string | null = null

export function askSummary(key: string | null): void {
  asked = key
}

export function askedSummary(): string | null {
  return asked
}

export interface Summary {
  readonly key: string
  /** Null where the new system does not have this patient. */
  readonly sheet: Sheet | null
}

/** Numbers of patients as they are typed or pasted, each once. */
export function keysIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).filter((key) => key !== ''))]
}

/** Rejects with a sentence where the files can not be read. A drawn copy with a seeded defect is never printed: keys are those of patients. */
export async function patientSummaries(keys: readonly string[]): Promise<readonly Summary[]> {
  const { target } = openProject().manifest
  const pairs = await Promise.all(keys.map((key) => recordPair(key, keys)))
  const printedAt = wallNow()
  return pairs.map(({ chart }, at) => ({ key: keys[at] ?? '', sheet: patientSummary(chart, printedAt, target) }))
}
