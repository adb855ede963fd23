/** Item 83: what was decided can be checked by anyone. */
import { atMost, type Criterion } from '../criterion.ts'
import { brokenEntries } from '../ledger-check.ts'
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
  thresholds: { broken: 0 },
  maxAgeDays: 365,
  claimable: false,
  compute(given, thresholds) {
    const ledger = given.value('ledger')
    const broken = brokenEntries(ledger)
    const cells = broken.map(({ device, seq, why }) => ({ name: `${device} ${seq}: ${why}`, route: '/ledger' }))
    return atMost(
      thresholds.broken ?? 0,
      ledger.length,
      `${ledger.length - broken.length} of ${ledger.length} entries in an unbroken chain`,
      cells,
    )
  },
  examples: {
    flags: [
      { name: 'an object was edited', evidence: { ledger: exampleLedger().map((entry) => ({ ...entry, object: 'edited' })) } },
    ],
    passes: [{ name: 'two entries as they were written', evidence: { ledger: exampleLedger() } }],
  },
}
