/**
 * Hospital ward: discharge with medicines, and vital signs with a warning score.
 * Order of steps until medicines reach the patient: hospital pages on medicines at discharge (University Hospitals Plymouth).
 * A total of 5 or more calls for an urgent response: National Early Warning Score (NEWS) 2, Royal College of Physicians, 2017.
 */
import type { ProjectTemplate } from '../project-template.ts'

export const hospitalWard: ProjectTemplate = {
  id: 'hospital-ward',
  days: 420,
  pairs: [
    {
      id: 'discharge-medicines',
      title: 'Discharge with medicines',
      current: `
lane Doctor staff=2
lane Pharmacist staff=1
lane Dispensary staff=2
lane Nurse staff=4
lane Clerk staff=1
element medicines record safety
element letter record
Doctor: Decide on discharge {verbal decide 3m} -> Doctor: Write discharge letter {paper enter wait=2h 20m reads=medicines writes=letter:typed+medicines:typed safety} -> Pharmacist: Check the medicines {paper check wait=1h 12m reads=medicines safety} -> Pharmacist: Prescription right?
Pharmacist: Prescription right? -0.75 yes-> Dispensary: Dispense the medicines {paper wait=1h 20m reads=medicines safety}
Pharmacist: Prescription right? -0.25 no reject-> Doctor: Correct the prescription {phone enter wait=30m 5m writes=medicines:typed safety} -> Dispensary: Dispense the medicines
Dispensary: Dispense the medicines -> Dispensary: Send bag to ward {paper handoff 3m batch=every:2h} -> Nurse: Check the bag {paper check 6m reads=medicines safety} -> Nurse: Explain the medicines {verbal 10m reads=medicines safety} -> Clerk: Post letter to GP {paper notify 3m batch=every:1d reads=letter}`,
      future: `
lane Doctor staff=2
lane Pharmacist staff=1
lane Dispensary staff=2
lane Nurse staff=4
lane System
element medicines record safety
element letter record
Doctor: Set expected discharge date {screen decide 1m clicks=4} -> Doctor: Complete letter on screen {screen enter wait=1h 12m clicks=40 reads=medicines writes=letter:typed+medicines:picked safety} -> Pharmacist: Check the medicines {screen check wait=30m 10m clicks=12 reads=medicines safety} -> Pharmacist: Prescription right?
Pharmacist: Prescription right? -0.8 yes-> Dispensary: Dispense the medicines {screen 18m clicks=10 reads=medicines safety}
Pharmacist: Prescription right? -0.2 no reject-> Doctor: Correct on screen {inbox enter wait=20m 4m clicks=8 writes=medicines:picked safety} -> Dispensary: Dispense the medicines
Dispensary: Dispense the medicines -> Dispensary: Send bag to ward {paper handoff 3m batch=every:2h} -> Nurse: Check the bag {screen check 5m clicks=6 reads=medicines safety} -> Nurse: Explain the medicines {verbal 10m reads=medicines safety} -> System: Send letter to GP {interface 1s reads=letter}`,
      trace: `
Decide on discharge => Set expected discharge date
Write discharge letter => Complete letter on screen
Check the medicines => Check the medicines
Correct the prescription => Correct on screen
Dispense the medicines => Dispense the medicines
Send bag to ward => Send bag to ward
Check the bag => Check the bag
Explain the medicines => Explain the medicines
Post letter to GP => Send letter to GP`,
    },
    {
      id: 'vital-signs',
      title: 'Vital signs and warning score',
      current: `
lane Nurse staff=4 mobile
lane Doctor staff=2
element vitals record safety
element score record safety
Nurse: Measure vital signs {verbal 5m safety} -> Nurse: Write on the chart {paper enter 2m writes=vitals:typed safety} -> Nurse: Add up the score {paper check 1m reads=vitals writes=score:typed safety} -> Nurse: Score 5 or more?
Nurse: Score 5 or more? -0.1 yes-> Nurse: Page the doctor {phone notify 3m reads=score safety} -> Doctor: Review the patient {verbal wait=30m 15m reads=vitals safety} -> Doctor: Write plan in notes {paper enter 4m}
Nurse: Score 5 or more? -0.9 no-> Nurse: Note time of next check {paper 1m}`,
      future: `
lane Nurse staff=4 mobile
lane Doctor staff=2
lane System
element vitals record safety
element score record safety
Nurse: Scan the wristband {screen check mobile 20s clicks=2 safety} -> Nurse: Measure vital signs {screen mobile 5m writes=vitals:auto safety} -> Nurse: Confirm the values {screen enter mobile 1m clicks=4 reads=vitals writes=vitals:picked safety} -> System: Compute the score {auto 1s reads=vitals writes=score:auto} -> System: Score 5 or more?
System: Score 5 or more? -0.1 yes-> System: Page the doctor {interface notify 1s reads=score} -> Doctor: Review the patient {verbal wait=25m 15m reads=vitals safety owner="Doctor on call" sla=1h} -> Doctor: Write plan in record {screen enter 4m clicks=10}
System: Score 5 or more? -0.9 no-> System: Schedule the next check {auto 1s reads=score}`,
      trace: `
Measure vital signs => Measure vital signs
Write on the chart => Confirm the values
Add up the score => Compute the score
Page the doctor => Page the doctor
Review the patient => Review the patient
Write plan in notes => Write plan in record
Note time of next check => Schedule the next check`,
    },
  ],
  risks: [
    [
      'A medicine is given twice or left out on the day of go-live',
      'doses due around the cutover stand in both systems or in neither',
      'cut over between rounds; two nurses read each chart against the new one',
      3,
      5,
      'Chief nurse',
      14,
    ],
    [
      'An allergy does not arrive',
      'no known allergies and not asked become the same',
      'compare allergy states of every patient on the ward',
      3,
      5,
      'Data lead',
      21,
    ],
    [
      'A warning score does not call anybody',
      'the page goes to a role that nobody holds at night',
      'test calls on every shift; a named doctor on call per shift',
      2,
      5,
      'Medical director',
      14,
    ],
    [
      'Weight is carried in the wrong unit',
      'the old field has no unit',
      'compare weights with age; refuse values without a unit',
      2,
      5,
      'Data lead',
      28,
    ],
    [
      'The ward can not work while the system is down',
      'charts exist on screens only',
      'a downtime kit per ward; a drill on each shift',
      3,
      5,
      'Chief nurse',
      21,
    ],
    [
      'Beds are blocked because discharges take longer',
      'medicines to take home queue in the dispensary',
      'write letters the day before; support on the ward for two weeks',
      4,
      3,
      'Ward manager',
      30,
    ],
  ],
  roles: ['Nurse', 'Doctor', 'Pharmacist', 'Dispensary', 'Clerk'],
}
