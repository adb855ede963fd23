/** Item 78: what operations take over is complete: areas with owners, open requests with owners, lines to call, contracts. */

import { fileCell, held, openLines } from '../../measures/lines.ts'
import type { Cell, Criterion } from '../../model/criterion.ts'

export const handOver: Criterion<'areas' | 'customizations' | 'contacts' | 'contracts'> = {
  code: 'readiness/hand-over',
  items: [78],
  phase: 'after-go-live',
  severity: 'warning',
  title: 'The hand-over to operations is not complete',
  why: '"System configurations, known issues, and outstanding change requests" leave with the project unless somebody takes them.',
  remedy: 'Complete the parts listed; the hand-over is made of these files.',
  needs: ['areas', 'customizations', 'contacts', 'contracts'],
  thresholds: { parts: 4 },
  maxAgeDays: 120,
  claimable: false,
  compute(given, _thresholds, asOf) {
    const areas = given.value('areas').rows
    const open = given.value('customizations').rows.filter((row) => row.closed === null || row.closed > asOf)
    const [contacts, contracts] = [given.value('contacts').rows, given.value('contracts').rows]
    const parts: readonly (readonly Cell[])[] = [
      areas.length === 0
        ? [fileCell('areas', 'no area')]
        : openLines('areas', areas, (row) => (row.owner === null ? `${row.area}: no owner` : null)),
      openLines('customizations', open, (row) => (row.owner === null ? `${row.id}, ${row.area}: open without owner` : null)),
      contacts.length === 0
        ? [fileCell('contacts', 'no line to call')]
        : openLines('contacts', contacts, (row) => (row.number === null ? `${row.branch}, level ${row.level}: no number` : null)),
      contracts.length === 0
        ? [fileCell('contracts', 'no contract')]
        : openLines('contracts', contracts, (row) => (row.notice_days === null ? `${row.contract}: no days of notice` : null)),
    ]
    const value = parts.filter((cells) => cells.length === 0).length
    const words = `${value} of ${parts.length} parts of the hand-over are complete: areas, ${open.length} open requests, contacts, contracts`
    return held(value === parts.length, { value, of: parts.length, threshold: parts.length, words, cells: parts.flat() })
  },
}
