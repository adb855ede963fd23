/** Examples of `migration-scope.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile, exampleInput, exampleValidation } from '../examples/example-evidence.ts'

export const migrationScopeExamples: EvidenceExamples = {
  code: 'readiness/migration-scope',
  decides:
    'For each file of the old system the records of the scope must add up to the records read. Each line must be signed, and an archive must name what reads it.',
  flags: [
    {
      name: 'one of five records is nowhere',
      value: 0,
      evidence: scoped('patients,move,3,,Director\npatients,archive,1,viewer,Director'),
    },
    {
      name: 'nothing reads the archive',
      value: 1,
      evidence: scoped('patients,move,4,,Director\npatients,archive,1,,Director'),
    },
  ],
  passes: [
    {
      name: 'four moved and one archived are five',
      value: 1,
      evidence: scoped('patients,move,4,,Director\npatients,archive,1,viewer,Director'),
    },
  ],
}

function scoped(lines: string) {
  const rows = lines.split('\n').map((line) => `patients.csv,${line}`)
  return {
    scope: exampleFile('scope', `source,domain,fate,records,reader,signed_by\n${rows.join('\n')}\n`),
    validation: exampleValidation([], [exampleInput({ records: 5 })]),
  }
}
