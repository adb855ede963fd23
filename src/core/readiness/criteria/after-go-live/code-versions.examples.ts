/** Examples of `code-versions.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const codeVersionsExamples: EvidenceExamples = {
  code: 'readiness/code-versions',
  decides:
    'Each code system must use the published version, or one published no longer ago than the grace of the limit. Somebody must have looked within the days of the limit.',
  flags: [{ name: 'a version of February is not in use in July', value: 1, evidence: { codes: versions('2026-02-01') } }],
  passes: [{ name: 'the new version is three weeks old', value: 2, evidence: { codes: versions('2026-06-23') } }],
}

function versions(published: string) {
  return exampleFile(
    'codes',
    `system,used,current,published_on,checked_on\nvaccines,2026-05,2026-05,2026-05-01,2026-07-01\nlaboratory,2.78,2.80,${published},2026-07-01\n`,
  )
}
