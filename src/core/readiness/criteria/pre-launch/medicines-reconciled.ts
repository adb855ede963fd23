/** Item 50: doses, units and the patient of medicines; all records. */
import { count } from '../../../review/result/result.ts'
import { atMost, type Criterion } from '../../model/criterion.ts'
import { medicineCodes } from '../../model/pairing-codes.ts'
import { comparedOf, isMedicine, nothingComparedOf, withheld } from '../shared/compared.ts'
import { findingCell, occurrences, openAmong } from '../shared/open-findings.ts'

export const medicinesReconciled: Criterion<'pairing' | 'baseline'> = {
  code: 'readiness/medicines-reconciled',
  items: [50],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'Doses, units or patients of medicines changed on the way',
  why: 'A dose ten times too high, or a medicine on the wrong chart, harms the first patient who meets it.',
  remedy: 'Open the records, correct the crosswalk, load again and run all checks.',
  needs: ['pairing', 'baseline'],
  counts: medicineCodes,
  thresholds: { open: 0 },
  maxAgeDays: 90,
  claimable: false,
  sayable: {
    action: 'Say that it does not apply…',
    text: 'This line does not apply: neither system of this clinic holds medicines.',
  },
  compute(given, thresholds, asOf) {
    const { pairing, findings, maybeMedicines = [] } = given.value('pairing')
    const open = openAmong(findings.filter(isMedicine), medicineCodes, given.value('baseline'), asOf)
    const value = occurrences(open)
    const entries = comparedOf(pairing, 'active-medication')
    if (value === 0 && !entries) {
      const none = nothingComparedOf('medicines', entries)
      // Nobody may say that the line does not apply where a finding names medicines, or a table may hold them.
      const held = findings.filter((finding) => isMedicine(finding) || finding.safety === 'active-medication').map(findingCell)
      const tables = maybeMedicines.map((table) => ({ name: `the table ${table}`, route: '/data/mapping' }))
      const cells = [...held, ...tables]
      if (cells.length === 0) return none
      const words = tables.length === 0 ? none.words : `${none.words}. ${maybeWords(maybeMedicines)}`
      return { ...none, state: 'unknown', words, cells }
    }
    const among = entries === null ? 'the compared medicines' : `${count(entries)} compared medicines`
    const words = `${count(value)} doses, units or patients wrong in ${among}`
    return withheld(atMost(thresholds.open ?? 0, entries, words, open.map(findingCell), value), findings, ['active-medication'])
  },
}

/** "These tables may hold them: rx, t47 and 2 more" */
function maybeWords(tables: readonly string[]): string {
  const shown = tables.slice(0, 3).join(', ')
  const more = tables.length > 3 ? ` and ${tables.length - 3} more` : ''
  return `${tables.length === 1 ? 'This table' : 'These tables'} may hold some: ${shown}${more}`
}
