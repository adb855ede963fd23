/**
 * GP practice: repeat prescriptions and test results.
 * Practices ask for 48 to 72 hours for a repeat prescription: pages of NHS general practices on repeat prescriptions.
 * Reasons for missing results: SAFER guide, Test Results Reporting and Follow-Up (ONC).
 */
import type { ProjectTemplate } from '../project-template.ts'

export const gpPractice: ProjectTemplate = {
  id: 'gp-practice',
  days: 270,
  pairs: [
    {
      id: 'repeat-prescriptions',
      title: 'Repeat prescriptions',
      current: `
lane Reception staff=3
lane Pharmacist staff=1
lane GP staff=4
element request record
element medicines record safety
Reception: Take request slip {paper 2m writes=request:typed} -> Reception: Key the request {screen transcribe 3m clicks=14 keys=40 reads=request writes=request:typed} -> Reception: On the repeat list?
Reception: On the repeat list? -0.85 yes-> Reception: Print prescription {screen 1m clicks=5 reads=medicines output=print} -> GP: Sign prescription {paper approve wait=1d 1m reads=medicines safety}
Reception: On the repeat list? -0.15 no-> Pharmacist: Check the record {screen check 5m clicks=12 reads=medicines safety} -> GP: Decide on the request {paper decide wait=1d 3m reads=medicines safety} -> GP: Issue it?
GP: Issue it? -0.8 yes-> Reception: Print prescription
GP: Issue it? -0.2 no-> Reception: Call the patient {phone notify 4m}
GP: Sign prescription -> Reception: File for collection {paper 1m batch=every:4h} -> Reception: Hand to patient {paper handoff 1m}`,
      future: `
lane Reception staff=3
lane Pharmacist staff=1
lane GP staff=4
lane System
element request record
element medicines record safety
System: Receive request from app {interface 1s writes=request:auto} -> Pharmacist: Check monitoring and dates {screen check 3m clicks=10 reads=request+medicines safety} -> Pharmacist: Within the protocol?
Pharmacist: Within the protocol? -0.6 yes-> Pharmacist: Sign batch on screen {screen approve 1m clicks=3 reads=medicines safety} -> System: Send to pharmacy {interface 1s reads=medicines}
Pharmacist: Within the protocol? -0.4 no-> GP: Decide in the inbox {inbox decide wait=6h 2m clicks=6 reads=request+medicines safety} -> GP: Issue it?
GP: Issue it? -0.85 yes-> System: Send to pharmacy
GP: Issue it? -0.15 no-> Reception: Message the patient {portal notify 2m clicks=6}
System: Send to pharmacy -> System: Tell patient it is sent {auto 1s}`,
      trace: `
Take request slip + Key the request => Receive request from app
Check the record => Check monitoring and dates
Sign prescription => Sign batch on screen
Decide on the request => Decide in the inbox
Call the patient => Message the patient
Hand to patient => Send to pharmacy`,
    },
    {
      id: 'test-results',
      title: 'Test results',
      current: `
lane Reception staff=3
lane Nurse staff=2
lane GP staff=4
element result record safety
Reception: Sort result printouts {paper 2m batch=every:1d} -> GP: Read and initial {paper approve wait=8h 1m reads=result safety} -> GP: Action needed?
GP: Action needed? -0.2 yes-> Nurse: Call the patient {phone notify 5m safety} -> Nurse: Write call on printout {paper enter 1m} -> Reception: Scan into record {screen 2m clicks=12 reads=result writes=result:scanned}
GP: Action needed? -0.8 no-> Reception: Scan into record`,
      future: `
lane Nurse staff=2
lane GP staff=4
lane System
element result record safety
System: File result by interface {interface 1s writes=result:auto} -> System: Patient matched?
System: Patient matched? -0.97 yes-> GP: Review in the inbox {inbox check wait=6h 1m clicks=4 reads=result safety sla=1d owner="Duty doctor"} -> GP: Action needed?
System: Patient matched? -0.03 no-> Nurse: Match to patient by hand {screen check 4m clicks=14 reads=result safety} -> GP: Review in the inbox
GP: Action needed? -0.2 yes-> Nurse: Call the patient {phone notify 5m safety} -> Nurse: Record the call {screen enter 2m clicks=8}
GP: Action needed? -0.8 no-> System: Message the patient {auto 1s}`,
      trace: `
Sort result printouts + Scan into record => File result by interface
Read and initial => Review in the inbox
Call the patient => Call the patient
Write call on printout => Record the call`,
    },
  ],
  risks: [
    [
      'A repeat medicine is missing after the move',
      'past or acute items are carried as current, or the other way round',
      'clinicians read a drawn sample of medicines before go-live',
      3,
      5,
      'Clinical lead',
      21,
    ],
    [
      'A result waits in an inbox that nobody reads',
      'results follow the requester, who is on leave or has left',
      'a duty doctor owns the inbox; results older than one day are counted daily',
      3,
      5,
      'Clinical lead',
      14,
    ],
    [
      'An allergy is carried as free text',
      'the old record has no code for it, so that the new one gives no alert',
      'compare allergies of all patients; code what has no code before go-live',
      3,
      5,
      'Data lead',
      28,
    ],
    [
      'Repeat dispensing batches stop',
      'batches that were issued are not known to the new system',
      'list patients on batches; issue anew in the week of go-live',
      3,
      4,
      'Pharmacist',
      7,
    ],
    [
      'Recalls are lost',
      'due dates of recalls are not part of the extract',
      'count recalls by month on both sides',
      3,
      4,
      'Nurse lead',
      21,
    ],
    [
      'Reception can not answer the phone',
      'every act takes longer in the first week',
      'fewer bookable appointments in the first weeks; one super-user at the desk',
      4,
      3,
      'Practice manager',
      30,
    ],
  ],
  roles: ['Reception', 'Nurse', 'Pharmacist', 'GP'],
}
