/** Findings as lines of code, file and record, to be held against the truth of a sample. */
import type { Finding } from '../../../../src/core/finding.ts'
import type { Sample } from '../../../samples/riverside.ts'

export function difference(sample: Sample, findings: readonly Finding[]): string[] {
  return findings
    .flatMap((finding) =>
      finding.sample.map(({ code, at }) => (at.kind === 'cell' ? `${code} ${sample.paths[at.input]}:${at.record}` : code)),
    )
    .sort()
}
