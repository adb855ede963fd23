/** Examples of `same-shift-triage.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

export const sameShiftTriageExamples: EvidenceExamples = {
  code: 'readiness/same-shift-triage',
  decides:
    'The share of tickets that were closed within the shift in which they were opened must reach the limit. None of priority P1 may be carried over.',
  flags: [
    {
      name: 'a P1 of the night is closed after breakfast',
      // The other one was closed at one o'clock.
      value: 1,

      evidence: {
        tickets: exampleFile(
          'tickets',
          'ticket_id,opened_at,status,department,closed_at,priority\nT1,2026-11-02T23:30:00Z,closed,Ward,2026-11-03T08:00:00Z,P1\nT2,2026-11-02T23:40:00Z,closed,Ward,2026-11-03T01:00:00Z,P3\n',
        ),
        shifts: exampleFile(
          'shifts',
          'shift_id,department,start,end,function\nN,Ward,2026-11-02T23:00:00Z,2026-11-03T07:00:00Z,clinical\n',
        ),
      },
    },
    {
      name: 'an open P1 of a department that no shift is listed for',
      // The one of the ward was solved in its shift.
      value: 1,
      evidence: aDay(['T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3', 'T2,2026-11-05T10:00:00Z,open,Lab,,P1']),
    },
    {
      name: 'eight of nine tickets are of days of the last two weeks that no shift is listed for',
      value: 1,
      asOf: '2026-11-10',
      evidence: aDay([
        'T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3',
        ...[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `T${n},2026-11-0${Math.max(3, n)}T10:00:00Z,open,Ward,,P2`),
      ]),
    },
    {
      name: 'a shift of ten years holds no ticket, one of the day holds one of two',
      value: 1,
      asOf: '2026-11-10',
      evidence: aDay(
        [
          'T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3',
          'T2,2026-11-03T10:00:00Z,closed,Ward,2026-11-09T11:00:00Z,P3',
        ],
        'X,Ward,2020-01-01T07:00:00Z,2030-01-01T07:00:00Z,clinical\n',
      ),
    },
    {
      name: 'half of the tickets come from a department without shifts',
      value: 1,
      evidence: aDay(['T1,2026-11-02T10:00:00Z,closed,Ward,2026-11-02T11:00:00Z,P3', 'T2,2026-11-02T10:00:00Z,open,Lab,,P3']),
    },
  ],
  passes: [
    {
      name: 'the department is written otherwise',
      value: 2,
      evidence: aDay([
        'T1,2026-11-02T10:00:00Z,closed,ward ,2026-11-02T11:00:00Z,P3',
        'T2,2026-11-02T10:00:00Z,closed,WARD,2026-11-02T11:00:00Z,P1',
      ]),
    },
    {
      name: 'over the night when the clock goes back an hour',
      value: 1,

      evidence: {
        tickets: exampleFile(
          'tickets',
          'ticket_id,opened_at,status,department,closed_at,priority\nT1,2026-10-25T02:30:00+02:00,closed,Ward,2026-10-25T05:50:00+01:00,P1\n',
        ),
        shifts: exampleFile(
          'shifts',
          'shift_id,department,start,end,function\nN,Ward,2026-10-24T22:00:00+02:00,2026-10-25T06:00:00+01:00,clinical\n',
        ),
      },
    },
  ],
}

function aDay(tickets: readonly string[], more = '') {
  return {
    tickets: exampleFile('tickets', `ticket_id,opened_at,status,department,closed_at,priority\n${tickets.join('\n')}\n`),
    shifts: exampleFile(
      'shifts',
      `shift_id,department,start,end,function\nD,Ward,2026-11-02T07:00:00Z,2026-11-02T19:00:00Z,clinical\n${more}`,
    ),
  }
}
