/** Item 61: departments tried their shared work on one day; maps are simulated one by one, so a person states it. */
import { type Criterion, onlyByStatement } from '../../model/criterion.ts'

export const departmentsTogether: Criterion = {
  code: 'readiness/departments-together',
  items: [61],
  phase: 'pre-launch',
  severity: 'info',
  title: 'Departments did not try it together',
  why: '"Integration points break when multiple departments go live": each map is simulated alone, which does not show it.',
  remedy: 'Let all departments work a rehearsal on the same day and state what came of it, or state why not.',
  ...onlyByStatement,
}
