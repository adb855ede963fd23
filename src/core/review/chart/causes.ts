/** Rows that have one cause: a lost penicillin leaves three traces on a chart, and is one decision. */

import type { JudgedItem, JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import { statementOf } from '../../data/reconcile/entries/items.ts'
import { allergyStateRow, type ChartAlarm } from '../model/chart.ts'
import type { PairItem } from '../model/pair-types.ts'

/** What several rows come from; `:` and the first of its rows follow, so that a cause holds no value of the record. */
type CauseKind = 'missing-patient' | 'wrong-patient' | 'duplicate-patient' | 'allergy-status' | 'no-target'

/** The row that stands for a cause in lists that show one line for it. */
export function leadOf(cause: string): string {
  return cause.slice(cause.indexOf(':') + 1)
}

/** Causes by row; a row on its own is absent. `items` are those of the pair, in the order of `patient.items`. */
export function causesOf(
  patient: JudgedPatient,
  items: readonly PairItem[],
  alarms: readonly ChartAlarm[],
): ReadonlyMap<string, string> {
  const causes = new Map<string, string>()
  const join = (kind: CauseKind, rows: readonly string[]): void => {
    const free = rows.filter((row) => !causes.has(row))
    const [lead] = free
    if (lead !== undefined && free.length > 1) for (const row of free) causes.set(row, `${kind}:${lead}`)
  }
  const rows = (test: (item: JudgedItem, pair: PairItem) => boolean): string[] =>
    patient.items.flatMap((item, i) => {
      const pair = items[i]
      return pair && test(item, pair) ? [pair.id] : []
    })
  const differs = ({ cls }: PairItem): boolean => cls !== 'same' && cls !== 'same-after-rule'
  const state = patient.stateChanged ? [allergyStateRow] : []
  const kinds = new Set(alarms.map(({ kind }) => kind))
  const own = rows(({ table, legacy, target }) => table.isPatients && (legacy ?? target) !== null)
  // The whole chart is on one side, or is another person's: what stands in it follows from that.
  if (kinds.has('missing-legacy') || kinds.has('missing-target'))
    join('missing-patient', [...own, allergyStateRow, ...rows((_, pair) => differs(pair))])
  if (kinds.has('wrong-patient')) join('wrong-patient', [...own.slice(0, 1), ...state, ...rows((_, pair) => differs(pair))])
  // The copies of entries that came with a second copy of the patient carry no difference of their own.
  if (kinds.has('duplicate'))
    join('duplicate-patient', [
      ...alarms.filter(({ kind }) => kind === 'duplicate').flatMap((alarm) => alarm.rows),
      ...rows(({ legacy, differences }, { cls }) => legacy === null && cls === 'appeared' && differences.length === 0),
    ])
  if (patient.stateChanged)
    join('allergy-status', [...state, ...rows((item, pair) => item.domain === 'allergies' && differs(pair) && makesState(item))])
  for (const alike of withoutTarget(patient, items)) join('no-target', alike)
  return causes
}

/** Whether the status of the list follows from this entry: it says the status, or is there on one side or current on one side only. */
function makesState({ legacy, target, cls, differences }: JudgedItem): boolean {
  const stated = [legacy, target].some((item) => item !== null && statementOf(item) !== null)
  const flips = differences.some(({ code }) => code === 'data/allergy-lost' || code === 'data/allergy-resurrected')
  return stated || flips || cls === 'lost' || cls === 'appeared'
}

/** Rows in which the same code of the same column has no target: one line of the value map is missing. */
function withoutTarget(patient: JudgedPatient, items: readonly PairItem[]): readonly (readonly string[])[] {
  const alike = new Map<string, string[]>()
  for (const [at, { legacy, table, differences }] of patient.items.entries()) {
    const pair = items[at]
    if (!legacy || !pair) continue
    for (const { code, field } of differences) {
      if (code !== 'data/value-unmapped' || field === null) continue
      const name = `${table.source}\n${field.label}\n${legacy.raw[table.fields.indexOf(field)] ?? ''}`
      const held = alike.get(name)
      if (held) held.push(pair.id)
      else alike.set(name, [pair.id])
    }
  }
  return [...alike.values()]
}
