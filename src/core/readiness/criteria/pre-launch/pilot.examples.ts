/** Examples of `pilot.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const pilotExamples: EvidenceExamples = {
  code: 'readiness/pilot',
  decides:
    'For each measure a 95 % interval of the difference between pilot and baseline must lie above the loss that was agreed. The rule must be older than the data.',
  flags: [
    { name: 'eighty percent became sixty', value: 0, evidence: piloted('400,500,300,500,5,2026-08-01') },
    { name: 'the rule is younger than the data', value: 0, evidence: piloted('450,500,460,500,5,2026-09-02') },
    // 9 of 10 against 9 of 10 may hide a loss of 30 points: too few cases to say so.
    { name: 'ten cases can not show it', value: 0, evidence: piloted('9,10,9,10,5,2026-08-01') },
  ],
  passes: [
    { name: 'ninety percent became ninety-two, of five hundred', value: 1, evidence: piloted('450,500,460,500,5,2026-08-01') },
  ],
}

function piloted(line: string) {
  return {
    pilot: exampleFile(
      'pilot',
      `measure,baseline_met,baseline_of,pilot_met,pilot_of,most_drop,rule_on,data_from\nseen,${line},2026-09-01\n`,
    ),
  }
}
