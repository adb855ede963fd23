/** Examples of `digitized-bottlenecks.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleComparison, exampleStep } from '../examples/example-evidence.ts'

export const digitizedBottlenecksExamples: EvidenceExamples = {
  code: 'readiness/digitized-bottlenecks',
  decides:
    'Findings of the comparison with the outcome “digitized” or “relocated” count. None may be open that nobody accepted with reason, name and expiry.',
  flags: [
    {
      name: 'the signature became an approval in an inbox',
      value: 1,

      evidence: { comparison: exampleComparison([exampleStep({ outcome: 'digitized' })]), baseline: [] },
    },
  ],
  passes: [
    {
      name: 'the approval is gone',
      value: 0,

      evidence: { comparison: exampleComparison([exampleStep({ outcome: 'eliminated' })]), baseline: [] },
    },
    {
      name: 'it stays for a year, by name and with a reason',
      value: 0,

      evidence: {
        comparison: exampleComparison([exampleStep({ outcome: 'digitized', fingerprint: 'f' })]),
        baseline: [{ fingerprint: 'f', reason: 'State law asks for the signature', by: 'Clinical owner', expires: '2027-01-31' }],
      },
      asOf: '2026-07-14',
    },
  ],
}
