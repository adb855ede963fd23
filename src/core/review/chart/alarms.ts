/** What is said before a chart is read: the patient is missing, is somebody else, or is there twice. */
import type { JudgedPatient } from '../../data/reconcile/compare/judged-patient.ts'
import type { Chart, ChartAlarm } from '../model/chart.ts'
import type { PairItem } from '../model/pair-types.ts'
import { isSomebodyElse } from './heading.ts'

/** `items` are those of the pair, in the order of `patient.items`. */
export function alarmsOf(patient: JudgedPatient, items: readonly PairItem[], missing: Chart['missing']): readonly ChartAlarm[] {
  const { own } = patient
  const ids = (test: (item: JudgedPatient['items'][number]) => boolean): string[] =>
    patient.items.flatMap((item, i) => (item.table.isPatients && test(item) ? (items[i]?.id ?? []) : []))
  const alarms: ChartAlarm[] = []
  if (missing === 'target')
    alarms.push({
      kind: 'missing-target',
      words: 'The new system has no such patient: nothing of this chart can be seen there.',
      rows: ids(({ legacy }) => legacy === own.legacy),
    })
  if (missing === 'legacy')
    alarms.push({
      kind: 'missing-legacy',
      words: 'Legacy has no such patient: nobody can say where this chart comes from.',
      rows: ids(({ target }) => target === own.target),
    })
  if (missing === 'both') alarms.push({ kind: 'missing-both', words: 'Neither side has a patient with this number.', rows: [] })
  if (own.legacy && own.target && isSomebodyElse(own.legacy, own.target))
    alarms.push({
      kind: 'wrong-patient',
      words: 'Two different people: name, birth and sex do not fit together.',
      rows: ids(({ legacy }) => legacy === own.legacy),
    })
  const twice = ids(({ legacy, target }) => (legacy ?? own.legacy) !== own.legacy || (target ?? own.target) !== own.target)
  if (twice.length > 0)
    alarms.push({ kind: 'duplicate', words: 'This patient is there more than once: one chart became several.', rows: twice })
  return alarms
}
