/** Rules that a team writes itself, as data: an expression that must be true of every record. */
import type { Check } from '../contract/check.ts'

const fields = [{ name: 'id' }, { name: 'dose', type: 'number' }, { name: 'unit' }]
const rules = [{ id: 'dose-in-milligrams', on: 'table', when: "unit = 'mg'", assert: 'dose between 1 and 500' }]

export const customRule: Check = {
  code: 'data/custom-rule',
  title: 'Records that break a rule of the team',
  why: 'The team wrote this rule because the new system, or the people who work with it, rely on it.',
  remedy: 'Read the rule beside the finding; correct the records, or the rule where it asks too much.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'relational', context: 'verification' },
  scope: 'record',
  examples: {
    flags: [
      {
        name: 'a dose in milligrams that is none',
        subject: { csv: 'id,dose,unit\n1,5,mg\n2,0.005,mg\n', schema: { fields, 'x-carryover': { rules } } },
      },
    ],
    passes: [
      {
        name: 'other units and missing doses are not tested',
        subject: { csv: 'id,dose,unit\n1,5,mg\n2,0.005,g\n3,,mg\n', schema: { fields, 'x-carryover': { rules } } },
      },
    ],
  },
}
