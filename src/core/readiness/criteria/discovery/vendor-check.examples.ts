/** Examples of `vendor-check.ts`, for tests and rule pages. */

import { vendorAreas } from '../../input-files/governance-files.ts'
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const vendorCheckExamples: EvidenceExamples = {
  code: 'readiness/vendor-check',
  decides:
    'Each area of the vendor check needs at least one point. Every point must have been seen by somebody, with document, day and name; the word of the vendor alone is not enough.',
  flags: [
    { name: 'security rests on the word of the vendor', value: 7, evidence: asked('security', 'met,claim,,,,,') },
    {
      name: 'what was seen of the way out names no file and no day',
      value: 7,
      evidence: asked('exit', 'met,evidence,looks good,,,Lead,2026-05-01'),
    },
    {
      name: 'the way out is met in part',
      value: 7,
      evidence: asked('exit', 'partly,evidence,contract §14,contract.pdf,2026-04-01,Lead,2026-05-01'),
    },
  ],
  passes: [{ name: 'something was seen in each area', value: 8, evidence: asked('', '') }],
}

function asked(area: string, rest: string) {
  const lines = vendorAreas.map(
    (each, n) =>
      `V${n},${each},technical,Shown,${each === area ? rest : 'met,evidence,report 3,report-3.pdf,2026-04-01,Lead,2026-05-01'}`,
  )
  return {
    'vendor-checks': exampleFile(
      'vendor-checks',
      `id,area,kind,point,answer,rests_on,evidence,file,file_date,checked_by,checked_on\n${lines.join('\n')}\n`,
    ),
  }
}
