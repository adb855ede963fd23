/** An invented timed test: writing down one set of vitals against typing it with 14 clicks, by the same six nurses; the pair is `vitals-re-keying`. */
import type { TestPlan } from '../../src/core/workflow/timed-tests/plan.ts'

export const timedVitalsPlan: TestPlan = {
  shiftHours: 8,
  tasks: [
    {
      id: 'review',
      label: 'Review vitals',
      role: 'Physician',
      steps: { old: ['review-vitals'], new: ['review-vitals'] },
      perShift: 16,
      clickBudget: 6,
      extra: {},
    },
    {
      id: 'vitals',
      label: 'Record one set of vitals',
      role: 'Nurse',
      steps: { old: ['measure-and-note-vitals'], new: ['type-vitals'] },
      perShift: 16,
      clickBudget: 13,
      extra: {},
    },
  ],
  extra: {},
}

/** With the columns of `readiness/observations.csv`. */
export const timedVitalsRuns = `task_id,role,system,started_at,seconds,clicks,keys,screens,person_id,interruptions,interrupted_seconds,discarded
vitals,Nurse,old,2026-09-01T08:05:00+02:00,71,0,0,0,N1,0,0,
vitals,Nurse,new,2026-09-02T08:07:00+02:00,98,14,31,3,N1,0,0,
vitals,Nurse,old,2026-09-01T08:20:00+02:00,84,0,0,0,N2,0,0,
vitals,Nurse,new,2026-09-02T08:22:00+02:00,103,14,29,3,N2,0,0,
vitals,Nurse,old,2026-09-01T09:02:00+02:00,66,0,0,0,N3,1,20,
vitals,Nurse,new,2026-09-02T09:05:00+02:00,91,14,30,3,N3,0,0,
vitals,Nurse,old,2026-09-01T09:31:00+02:00,93,0,0,0,N4,0,0,
vitals,Nurse,new,2026-09-02T09:33:00+02:00,131,17,34,4,N4,0,0,
vitals,Nurse,old,2026-09-01T10:12:00+02:00,78,0,0,0,N5,0,0,
vitals,Nurse,new,2026-09-02T10:15:00+02:00,99,14,28,3,N5,1,35,
vitals,Nurse,new,2026-09-02T10:40:00+02:00,412,15,30,3,N5,0,0,the system did not answer
vitals,Nurse,old,2026-09-01T11:00:00+02:00,69,0,0,0,N6,0,0,
vitals,Nurse,new,2026-09-02T11:04:00+02:00,102,14,31,3,N6,0,0,
`
