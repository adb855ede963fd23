/** Columns of one table that other tables of the target hold: the address of a patient in its own table, or the death. */

import { tableConcept } from '../../knowledge/meanings.ts'
import type { Suggestion } from '../plan/crosswalk.ts'
import { assigned, columnFits, type FitContext } from './column-fit.ts'
import type { OfferedTable } from './offered.ts'
import { linesFor, newLine } from './proposed-line.ts'
import type { LegacyTable } from './samples.ts'

/** Columns that have to fit a further table, at least. */
const least = 4

/**
 * @param proposed what the columns are proposed for already
 * @param others target tables that no legacy table became
 */
export function sideLines(
  table: LegacyTable,
  proposed: readonly Suggestion[],
  others: readonly OfferedTable[],
  context: FitContext,
  isPatients: boolean,
): readonly Suggestion[] {
  if (!isPatients) return []
  const taken = new Set(
    proposed.filter(({ line }) => line.source === table.name && line.target !== '').flatMap(({ line }) => line.fields),
  )
  const open = { ...table, columns: table.columns.filter(({ name }) => !taken.has(name)) }
  const key = table.columns.find(({ name }) =>
    proposed.some(({ line }) => line.fields.includes(name) && line.params.get('role') === 'key'),
  )
  return others.flatMap(({ table: target, fields }) => {
    if (target.kind !== 'table') return []
    const isDeath = tableConcept(target.name) === 'death'
    const fit = {
      table: open,
      target,
      score: 0.7,
      isComparable: false,
      words: `${target.name} holds what ${table.name} holds of patients`,
    }
    const fits = assigned(columnFits(fit, fields, context)).filter(({ meaning }) => !isDeath || meaning === 'death')
    if (fits.length < (isDeath ? 1 : least)) return []
    const evidence = [{ kind: 'name' as const, score: 0.7, words: fit.words }]
    const lines = fits.flatMap((one) =>
      linesFor(one, table, { isPatients: false, key: null, onlyTime: null }).map(({ line }) => ({
        ...line,
        required: one.field.required,
      })),
    )
    const link = fields.find(({ target: one }) => /\.person_id$|\.patient_id$/.test(one))
    if (link && key) lines.push(newLine(table.name, [key.name], 'record-id', { form: 'number', table: table.name }, link.target))
    return lines.map((line) => ({ line, score: 0.7, evidence, alternatives: [], values: null }))
  })
}
