/** Examples of `feedback-answered.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const feedbackAnsweredExamples: EvidenceExamples = {
  code: 'readiness/feedback-answered',
  decides:
    'Feedback may be open no longer than the days of the limit, counted by the hour to the end of the day of the board. What is closed must name a reason.',
  flags: [
    {
      name: 'closed without a word',
      value: 1,

      evidence: {
        feedback: exampleFile(
          'feedback',
          'id,opened_at,role,text_digest,closed_at,reason\n1,2026-07-01T10:00:00Z,Nurse,a,2026-07-02T10:00:00Z,\n',
        ),
      },
    },
    {
      name: 'open for two months',
      value: 1,

      asOf: '2026-09-01',
      evidence: { feedback: exampleFile('feedback', 'id,opened_at,role,text_digest\n1,2026-07-01T10:00:00Z,Nurse,a\n') },
    },
    // From the first minute of 1 July to the last of 31 July it is open for nearly 31 days.
    {
      name: 'open for a day longer than thirty, but for a minute',
      value: 1,

      asOf: '2026-07-31',
      evidence: { feedback: exampleFile('feedback', 'id,opened_at,role,text_digest\n1,2026-07-01T00:00:59Z,Nurse,a\n') },
    },
  ],
  passes: [
    {
      name: 'answered, and one a week old',
      value: 0,

      asOf: '2026-07-14',
      evidence: {
        feedback: exampleFile(
          'feedback',
          'id,opened_at,role,text_digest,closed_at,reason\n1,2026-07-01T10:00:00Z,Nurse,a,2026-07-02T10:00:00Z,order set added\n2,2026-07-07T10:00:00Z,Nurse,b,,\n',
        ),
      },
    },
  ],
}
