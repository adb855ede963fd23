/** Item 83: risks to privacy were assessed for the clinic; what the clinic does outside this program can not be computed, so a person states it. */
import { type Criterion, onlyByStatement } from '../../model/criterion.ts'

export const privacyAssessed: Criterion = {
  code: 'readiness/privacy-assessed',
  items: [83],
  phase: 'pre-launch',
  severity: 'info',
  title: 'Privacy and security were not assessed',
  why: 'To "conduct risk assessments, ensure encryption and access controls" is more than a ledger that holds together.',
  remedy: 'Assess the risks with the officer for data protection, and state when and with what result.',
  ...onlyByStatement,
}
