/**
 * Outpatient clinic: from referral to appointment, and the letter after it.
 * Urgency is graded by a clinician before booking: outpatient pages of public hospitals (Tallaght, Tasmanian Health Service).
 * Bookings reduced for the first week: published guidance for go-live of record systems.
 */
import type { ProjectTemplate } from '../project-template.ts'

export const outpatientClinic: ProjectTemplate = {
  id: 'outpatient-clinic',
  days: 330,
  pairs: [
    {
      id: 'referral-to-appointment',
      title: 'Referral to appointment',
      current: `
lane Office staff=3
lane Consultant staff=2
lane Patient
element referral record
element urgency record safety
Office: Open the post {paper 1m batch=every:1d writes=referral:scanned} -> Office: Enter referral in register {spreadsheet enter 4m keys=120 reads=referral writes=referral:typed} -> Office: Letter complete?
Office: Letter complete? -0.85 yes-> Consultant: Grade urgency on letter {paper decide wait=3d 2m reads=referral writes=urgency:typed safety}
Office: Letter complete? -0.15 no reject-> Office: Ask the referrer {phone request 6m wait=2d} -> Consultant: Grade urgency on letter
Consultant: Grade urgency on letter -> Office: Book first appointment {screen enter 4m clicks=18 reads=urgency} -> Office: Post the appointment letter {paper notify 2m output=print} -> Patient: Date suits?
Patient: Date suits? -0.85 yes-> Office: Pull notes for clinic {paper 5m batch=every:1d}
Patient: Date suits? -0.15 no-> Office: Change date by phone {phone 5m} -> Office: Pull notes for clinic`,
      future: `
lane Office staff=3
lane Consultant staff=2
lane Patient
lane System
element referral record
element urgency record safety
System: Receive referral {interface 1s writes=referral:auto} -> System: Required parts there?
System: Required parts there? -0.9 yes-> Consultant: Grade urgency on worklist {screen decide wait=1d 2m clicks=6 reads=referral writes=urgency:picked safety sla=2d owner="Consultant of the week"}
System: Required parts there? -0.1 no reject-> Office: Ask the referrer by message {portal request 3m wait=1d clicks=8} -> Consultant: Grade urgency on worklist
Consultant: Grade urgency on worklist -> Patient: Books online?
Patient: Books online? -0.6 yes-> System: Confirm the appointment {auto 1s reads=urgency}
Patient: Books online? -0.4 no-> Office: Book first appointment {phone enter 6m clicks=14 reads=urgency} -> System: Confirm the appointment`,
      trace: `
Open the post + Enter referral in register => Receive referral
Ask the referrer => Ask the referrer by message
Grade urgency on letter => Grade urgency on worklist
Book first appointment => Book first appointment
Post the appointment letter => Confirm the appointment`,
    },
    {
      id: 'clinic-letter',
      title: 'Clinic letter',
      current: `
lane Doctor staff=3
lane Typist staff=1
lane Office staff=3
element letter record
element medicines record safety
Doctor: Dictate letter on tape {verbal 5m reads=medicines writes=letter:typed} -> Typist: Type the letter {screen transcribe 10m wait=4d keys=1400 reads=letter writes=letter:typed} -> Doctor: Check and sign letter {paper approve wait=2d 2m reads=letter safety} -> Doctor: Letter right?
Doctor: Letter right? -0.9 yes-> Office: Post to the referrer {paper notify 2m output=print} -> Office: File copy in notes {paper 2m batch=every:1d}
Doctor: Letter right? -0.1 no reject-> Typist: Correct the letter {screen enter 4m keys=150 writes=letter:typed} -> Office: Post to the referrer`,
      future: `
lane Doctor staff=3
lane Office staff=3
lane System
element letter record
element medicines record safety
System: Draft letter from record {auto 1s reads=medicines writes=letter:auto} -> Doctor: Dictate into the draft {screen enter 5m clicks=8 writes=letter:typed} -> Doctor: Sign letter on screen {screen approve 2m clicks=4 reads=letter+medicines safety} -> System: Referrer reachable?
System: Referrer reachable? -0.9 yes-> System: Send to referrer and patient {interface 1s reads=letter}
System: Referrer reachable? -0.1 no-> Office: Post to the referrer {paper notify 2m output=print}`,
      trace: `
Dictate letter on tape + Type the letter => Dictate into the draft
Check and sign letter => Sign letter on screen
Post to the referrer => Send to referrer and patient + Post to the referrer
File copy in notes => Send to referrer and patient`,
    },
  ],
  risks: [
    [
      'A referral is lost between the systems',
      'referrals that are not yet booked stand in a register beside the old system',
      'count open referrals by urgency on both sides on the last day of the old system',
      3,
      5,
      'Office lead',
      14,
    ],
    [
      'A booked appointment does not arrive',
      'future bookings, series and blocked slots are different objects in the new system',
      'compare the bookings of the next 90 days slot by slot',
      3,
      4,
      'Office lead',
      14,
    ],
    [
      'Urgency is mapped to another grade',
      'grades of both systems do not agree one to one',
      'the consultants sign the list of grades before the trial load',
      2,
      5,
      'Clinical lead',
      60,
    ],
    [
      'Letters go to the address of last year',
      'addresses of referrers are kept twice',
      'take one directory as the source; test letters to every referrer',
      3,
      4,
      'Data lead',
      30,
    ],
    [
      'Follow-ups that were asked for are not booked',
      'outcomes of clinics are on paper forms',
      'key the outcomes of the last eight weeks; count what has no date',
      4,
      4,
      'Nurse lead',
      21,
    ],
    [
      'Clinics overrun in the first weeks',
      'entering a first visit takes longer than before',
      'a quarter to half fewer slots in week one; support in the room',
      4,
      3,
      'Clinic manager',
      45,
    ],
  ],
  roles: ['Office', 'Nurse', 'Doctor', 'Consultant'],
}
