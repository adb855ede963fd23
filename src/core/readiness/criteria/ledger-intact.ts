/** Item 83: what was decided can be checked by anyone. */
import { ledgerTrouble } from '../../project/ledger-trouble.ts'
import type { Criterion } from '../criterion.ts'
import { exampleLedger } from './example-ledger.ts'

export const ledgerIntact: Criterion<'ledger'> = {
  code: 'readiness/ledger-intact',
  items: [83],
  phase: 'pre-launch',
  severity: 'critical',
  title: 'The ledger was changed after the fact',
  why: 'If one entry can be changed unseen, no verdict, signature or threshold in the project proves anything.',
  remedy: 'Open the ledger at the first broken entry and restore the file from where it was last verified.',
  needs: ['ledger'],
  thresholds: {},
  maxAgeDays: 365,
  claimable: false,
  compute(given) {
    const ledger = given.value('ledger')
    const why = ledgerTrouble(ledger)
    const words =
      why === null ? `${ledger.length} entries in an unbroken chain` : `the chain of ${ledger.length} entries is broken`
    const cells = why === null ? [] : [{ name: why, route: '/ledger' }]
    return { state: why === null ? 'proven' : 'failed', value: cells.length, of: ledger.length, threshold: 0, words, cells }
  },
  examples: {
    flags: [
      { name: 'an object was edited', evidence: { ledger: exampleLedger().map((entry) => ({ ...entry, object: 'edited' })) } },
    ],
    passes: [{ name: 'two entries as they were written', evidence: { ledger: exampleLedger() } }],
  },
}
