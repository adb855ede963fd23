/** What was decided can be checked by anyone: chains, signatures and verdicts stand. */

import { counted } from '../../../counted.ts'
import type { Criterion } from '../../model/criterion.ts'

export const ledgerIntact: Criterion<'ledger'> = {
  code: 'readiness/ledger-intact',
  items: [],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'The ledger, or what it names, was changed after the fact',
  why: 'If one entry can be changed unseen, no verdict, signature or threshold in the project proves anything.',
  remedy: 'Open the ledger at the first broken entry and restore the file from where it was last verified.',
  needs: ['ledger'],
  thresholds: {},
  maxAgeDays: 365,
  claimable: false,
  compute(given) {
    const { entries, trouble: why } = given.value('ledger')
    const words =
      why === null
        ? `${counted(entries.length, 'entry', 'entries')} in an unbroken chain, sample and verdicts as they name them`
        : `the ledger of ${counted(entries.length, 'entry', 'entries')} and the project do not agree`
    const cells = why === null ? [] : [{ name: why, route: '/ledger' }]
    return { state: why === null ? 'proven' : 'failed', value: cells.length, of: entries.length, threshold: 0, words, cells }
  },
}
