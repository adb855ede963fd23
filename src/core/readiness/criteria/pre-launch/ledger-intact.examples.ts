/** Examples of `ledger-intact.ts`, for tests and rule pages. */

import type { LedgerEntry } from '../../../project/ledger/ledger.ts'
import { ledgerTrouble } from '../../../project/verify/ledger-trouble.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleLedger } from '../examples/example-ledger.ts'

export const ledgerIntactExamples: EvidenceExamples = {
  code: 'readiness/ledger-intact',
  decides:
    'Every entry of the ledger must carry the digest of the one before, and plan, draw and verdicts must be those that it names.',
  flags: [
    {
      name: 'an object was edited',
      value: 1,

      evidence: { ledger: lookedAt(exampleLedger().map((entry) => ({ ...entry, object: 'edited' }))) },
    },
    {
      name: 'a verdict was changed outside',
      value: 1,

      evidence: { ledger: { entries: exampleLedger(), trouble: 'Verdict d1-1 was changed.' } },
    },
  ],
  passes: [{ name: 'two entries as they were written', value: 0, evidence: { ledger: lookedAt(exampleLedger()) } }],
}

function lookedAt(entries: readonly LedgerEntry[]): {
  readonly entries: readonly LedgerEntry[]
  readonly trouble: string | null
} {
  return { entries, trouble: ledgerTrouble(entries) }
}
