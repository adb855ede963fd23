/** Examples of `native-share.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const nativeShareExamples: EvidenceExamples = {
  code: 'readiness/native-share',
  decides: 'The share of configured items that follow the product as delivered must reach the limit.',
  flags: [{ name: 'three of five are native', value: 3, evidence: { configuration: natives(3, 2) } }],
  passes: [{ name: 'four of five are native', value: 4, evidence: { configuration: natives(4, 1) } }],
}

function natives(yes: number, no: number) {
  const lines = [...Array<string>(yes).fill('yes'), ...Array<string>(no).fill('no')].map((native, n) => `i${n},Orders,${native}`)
  return exampleFile('configuration', `item,area,native\n${lines.join('\n')}\n`)
}
