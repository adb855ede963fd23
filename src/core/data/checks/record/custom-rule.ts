/** Rules that a team writes itself, as data: an expression that must be true of every record. */
import type { Check } from '../contract/check.ts'

export const customRule: Check = {
  code: 'data/custom-rule',
  title: 'Records that break a rule of the team',
  why: 'The team wrote this rule because the new system, or the people who work with it, rely on it.',
  remedy: 'Read the rule beside the finding; correct the records, or the rule where it asks too much.',
  severity: 'error',
  kahn: { category: 'plausibility', sub: 'relational', context: 'verification' },
  scope: 'record',
}
