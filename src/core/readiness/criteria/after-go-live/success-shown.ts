/** Item 86: results are shown and people are thanked; the figures come from the status report, the thanks from a person. */
import { type Criterion, onlyByStatement } from '../../model/criterion.ts'

export const successShown: Criterion = {
  code: 'readiness/success-shown',
  items: [86],
  phase: 'after-go-live',
  severity: 'info',
  title: 'What got better is not shown',
  why: '"Quantitative metrics" and "qualitative feedback" shown each month keep people with it; so does to "celebrate successes".',
  remedy: 'Hand out the report of the month, thank by team, and state when.',
  ...onlyByStatement,
}
