/** Runs and tasks for tests of timed workflow tests. */
import type { System, TestTask, TimedRun } from '../../../../src/core/workflow/timed-tests/run.ts'

export function runOf(system: System, seconds: number, more: Partial<TimedRun> = {}): TimedRun {
  return {
    at: 2,
    task: 'vitals',
    role: 'Nurse',
    system,
    startedAt: '2026-09-03T09:00:00Z',
    seconds,
    clicks: null,
    keys: null,
    screens: null,
    person: null,
    interruptions: null,
    interruptedSeconds: null,
    discarded: null,
    ...more,
  }
}

/** Everybody once in each system; `changes` are new minus old, the old times differ widely between persons. */
export function pairsOf(changes: readonly number[], more: Partial<TimedRun> = {}): readonly TimedRun[] {
  return changes.flatMap((change, at) => {
    const old = 100 + 37 * at
    return [runOf('old', old, { person: `p${at}`, ...more }), runOf('new', old + change, { person: `p${at}`, ...more })]
  })
}

export const vitals: TestTask = {
  id: 'vitals',
  label: 'Vitals',
  role: 'Nurse',
  steps: { old: [], new: [] },
  perShift: null,
  clickBudget: null,
  extra: {},
}
