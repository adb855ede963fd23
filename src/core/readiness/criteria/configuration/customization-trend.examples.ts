/** Examples of `customization-trend.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const customizationTrendExamples: EvidenceExamples = {
  code: 'readiness/customization-trend',
  decides:
    'Open customizations are counted by class, today and the days of the limit ago. No class may have grown by more than the limit.',
  flags: [
    {
      name: 'one was open in spring, two are now',
      value: 2,
      evidence: { customizations: exampleFile('customizations', asked('2026-03-01,\n2026-06-01,')) },
    },
  ],
  passes: [
    {
      name: 'the old one was closed before the new one came',
      value: 1,
      evidence: { customizations: exampleFile('customizations', asked('2026-03-01,2026-06-15\n2026-06-01,')) },
    },
  ],
}

function asked(lines: string): string {
  const rows = lines.split('\n').map((line, n) => `C${n},Orders,law,${line}`)
  return `id,area,class,opened,closed\n${rows.join('\n')}\n`
}
