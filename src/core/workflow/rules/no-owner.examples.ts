/** Examples of `no-owner.ts`, for tests and rule pages. */
import type { Examples } from '../../rule.ts'
import type { SketchCase } from './survival-rule.ts'

export const noOwnerExamples: Examples<SketchCase> = {
  code: 'workflow/no-owner',
  decides:
    'An inbox flags if it has no single owner, no deadline of its own or its role, and no timeout or exception leaves it. Electronic inboxes, e-fax, portals and trays that wait count as inboxes; steps that only send do not.',
  flags: [
    { name: 'a results pool', subject: { map: 'Nurse: Read results {inbox 2m}' } },
    { name: 'two owners', subject: { map: 'Nurse: Read results {inbox 2m owner="nurse or MD"}' } },
    { name: 'a paper tray', subject: { map: 'Nurse: Tray {paper type=wait wait=4h} -> Nurse: Read {paper 1m}' } },
  ],
  passes: [
    { name: 'owner and deadline', subject: { map: 'Nurse: Read results {inbox 2m owner="Nurse Lee" sla=4h}' } },
    { name: 'one owner', subject: { map: 'Nurse: Read results {inbox 2m owner="Nurse Lee"}' } },
    {
      name: 'a message to the patient lies in no inbox of the clinic',
      subject: { map: 'Nurse: Send result {notify portal 2m}' },
    },
    {
      name: 'a message to somebody outside',
      subject: { map: 'Nurse: Send plan {do portal 2m} -> Patient: Read plan {do portal 5m external owner="the patient"}' },
    },
    { name: 'no inbox', subject: { map: 'Nurse: Read results {screen 2m}' } },
  ],
}
