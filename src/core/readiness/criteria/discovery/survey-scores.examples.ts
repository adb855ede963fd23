/** Examples of `survey-scores.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const surveyScoresExamples: EvidenceExamples = {
  code: 'readiness/survey-scores',
  decides:
    'Answers are grouped by role and question; groups under five people are not judged. The mean of each group, as a share of its scale, must reach the limit.',
  flags: [
    {
      name: 'five nurses answer 2 of 5',
      // 2 of 5 are 40 %: none of one group reaches 60 %.
      value: 0,
      evidence: { survey: exampleFile('survey', answers(['2', '2', '2', '2', '2'])) },
    },
    {
      name: 'one of six answers 50 of 5, which does not lift the others',
      // The five that can be read are 80 %; the sixth is listed.
      value: 1,
      evidence: { survey: exampleFile('survey', answers(['4', '4', '4', '4', '4', '50'])) },
    },
    {
      name: 'nearly sixty percent',
      // 2 of 5 once and 3 of 5 forty-nine times are 149 of 250: 59.6 %.
      value: 0,
      evidence: { survey: exampleFile('survey', answers(['2', ...Array.from({ length: 49 }, () => '3')])) },
    },
  ],
  passes: [
    {
      name: 'seven nurses answer 3 of 5',
      // Exactly 60 %.
      value: 1,
      evidence: { survey: exampleFile('survey', answers(['3', '3', '3', '3', '3', '3', '3'])) },
    },
    {
      name: 'five nurses answer 4 of 5',
      // 4 of 5 are 80 %.
      value: 1,
      evidence: { survey: exampleFile('survey', answers(['4', '4', '4', '4', '4'])) },
    },
  ],
}

function answers(values: readonly string[]): string {
  return `respondent_id,role,question_id,value,scale_max\n${values.map((value, index) => `${index},Nurse,support,${value},5`).join('\n')}\n`
}
