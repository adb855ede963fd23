/** Examples of `downtime-kit.ts`, for tests and rule pages. */
import type { EvidenceExamples } from '../../model/criterion.ts'
import { exampleFile } from '../examples/example-evidence.ts'

interface Made {
  readonly day?: string
  readonly clinic?: string
  readonly booked?: string
  readonly owner?: string
  readonly number?: string
  readonly clinics?: readonly string[]
}

export const downtimeKitExamples: EvidenceExamples = {
  code: 'readiness/downtime-kit',
  decides:
    'Each department needs its page in a kit that is recent enough. Its last drill must have passed, lasted the hours of the limit and ended with the paper entered.',
  flags: [
    { name: 'the desk has a kit for four hours', value: 1, evidence: drilled('4,pass,yes') },
    { name: 'the desk never entered its paper', value: 1, evidence: drilled('8,pass,no') },
    { name: 'the kit was made for the ward alone', value: 1, evidence: drilled('8,pass,yes', { clinics: ['Ward'] }) },
    { name: 'the kit was made two months ago', value: 0, evidence: drilled('8,pass,yes', { day: '2026-05-10' }) },
    { name: 'the three days of its lists are over', value: 0, evidence: drilled('8,pass,yes', { day: '2026-07-11' }) },
    {
      name: 'visits are booked for a clinic that no sheet is for',
      value: 2,
      evidence: drilled('8,pass,yes', { clinic: 'West' }),
    },
    { name: 'nobody answers for the interface', value: 2, evidence: drilled('8,pass,yes', { owner: '' }) },
    { name: 'the line to call has no number', value: 2, evidence: drilled('8,pass,yes', { number: '' }) },
    { name: 'visits are booked for next year alone', value: 2, evidence: drilled('8,pass,yes', { booked: '2027-07-14' }) },
    { name: 'the bookings ended before the kit', value: 2, evidence: drilled('8,pass,yes', { booked: '2026-07-11' }) },
  ],
  passes: [{ name: 'both passed with eight hours', value: 2, evidence: drilled('8,pass,yes') }],
}

function drilled(desk: string, made: Made = {}) {
  const {
    day = '2026-07-12',
    clinics = ['Ward', 'Desk'],
    clinic = 'Ward',
    booked = '2026-07-14',
    owner = 'Analyst',
    number = 'ext. 11',
  } = made
  return {
    kit: {
      day,
      digest: 'sha256:00',
      clinics: clinics.map((name) => ({ name, bookings: 3, procedures: 1, forms: 2 })),
      from: [],
    },
    bookings: exampleFile('bookings', `booking_id,clinic,start,minutes,status\nB1,${clinic},${booked}T09:00:00Z,20,booked\n`),
    interfaces: exampleFile('interfaces', `edge_id,from,to,downtime,owner\nlab,LabSys,OpenChart,print results,${owner}\n`),
    contacts: exampleFile('contacts', `branch,level,role,number\norders,1,Super-user,${number}\n`),
    workflows: [],
    drills: exampleFile(
      'drills',
      `drill,department,held_on,hours,result,entered_after\nX,Ward,2026-06-05,8,pass,yes\nX,Desk,2026-06-05,${desk}\n`,
    ),
    roster: exampleFile('roster', 'person_id,role,department\n1,Nurse,Ward\n2,Receptionist,Desk\n'),
  }
}
