/** What can be planted in the example files: one thing wrong, in words, and exactly the criteria that must no longer hold because of it. */
import type { PhaseId } from '../../src/core/readiness/model/phase.ts'

export interface Planted {
  readonly phase: PhaseId
  /** What the gate of its phase becomes when nothing else is wrong. */
  readonly gate: 'at risk' | 'blocked'
  readonly words: string
  /** Criteria without `readiness/`, in the order of the board. */
  readonly criteria: readonly string[]
}

export const flaws = {
  'feedback-unanswered': {
    phase: 'discovery',
    gate: 'at risk',
    words: 'An idea of the nurses has been open for 45 days.',
    criteria: ['feedback-answered'],
  },
  'owner-without-hours': {
    phase: 'discovery',
    gate: 'blocked',
    words: 'The senior clinical owner has one hour a week.',
    criteria: ['clinical-owner'],
  },
  'interface-without-clause': {
    phase: 'configuration',
    gate: 'at risk',
    words: 'Pharmacy and public health registry stand in no contract.',
    criteria: ['interface-contracts'],
  },
  'interface-without-retry': {
    phase: 'configuration',
    gate: 'blocked',
    words: 'The laboratory says nothing about retry or owner, and imaging, which patients depend on, waits for phase two.',
    criteria: ['integration-map', 'downtime-kit'],
  },
  'training-ends': {
    phase: 'training',
    gate: 'at risk',
    words: 'No training is planned after month five.',
    criteria: ['training-goes-on'],
  },
  'nurse-failed': {
    phase: 'training',
    gate: 'blocked',
    words: 'A nurse failed the last attempt of a task.',
    criteria: ['competency'],
  },
  'pilot-rule-late': {
    phase: 'pre-launch',
    gate: 'at risk',
    words: 'The rule of the pilot was written after its first data.',
    criteria: ['pilot'],
  },
  'rollback-unsigned': {
    phase: 'pre-launch',
    gate: 'blocked',
    words: 'The front desk has not signed for the way back.',
    criteria: ['rollback-plan'],
  },
  'overtime-rises': {
    phase: 'go-live',
    gate: 'at risk',
    words: 'Overtime rose by half in the last two weeks.',
    criteria: ['failure-chain'],
  },
  'line-unanswered': {
    phase: 'go-live',
    gate: 'blocked',
    words: 'Nobody answered the second line of results.',
    criteria: ['downtime-kit', 'escalation-paths'],
  },
  'codes-old': {
    phase: 'after-go-live',
    gate: 'at risk',
    words: 'Laboratory codes of half a year ago are in use.',
    criteria: ['code-versions'],
  },
  'area-unowned': {
    phase: 'after-go-live',
    gate: 'blocked',
    words: 'Nobody owns the reports, which the hand-over names as well.',
    criteria: ['configuration-owner', 'hand-over'],
  },
  'drift-conformance': {
    phase: 'after-go-live',
    gate: 'blocked',
    words: 'Two of five cases leave a step out, where one of twenty did.',
    criteria: ['drift-watch'],
  },
  'drift-exports': {
    phase: 'after-go-live',
    gate: 'blocked',
    words: 'Exports tripled in the last two periods.',
    criteria: ['drift-watch'],
  },
  'drift-tickets': {
    phase: 'after-go-live',
    gate: 'blocked',
    words: 'Tickets stay open for a week instead of hours, and half of them are refused as out of scope.',
    criteria: ['same-shift-triage', 'collapse-signs', 'drift-watch'],
  },
  'drift-evenings': {
    phase: 'after-go-live',
    gate: 'blocked',
    words: 'A third of the cases is worked on after seven in the evening, and values are entered twice.',
    criteria: ['drift-watch'],
  },
} as const satisfies Readonly<Record<string, Planted>>

export type Flaw = keyof typeof flaws
export const flawNames = Object.keys(flaws) as readonly Flaw[]
