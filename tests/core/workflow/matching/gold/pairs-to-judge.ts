/** Hand-traced pairs for evaluation only: nothing was tuned on them. */
import type { GoldPair } from './pairs-to-tune.ts'

export const pairsToJudge: readonly GoldPair[] = [
  {
    name: 'prior authorisation',
    current: `MD: Write order {request paper 2m writes=order} -> Clerk: Look up payer rules {paper 5m reads=coverage} -> Clerk: Fill out authorization form {enter paper 10m reads=order writes=form}
Clerk: Fill out authorization form -> MD: Sign authorization form {approve paper 1m reads=form} -> Clerk: Fax form to payer {request fax 4m reads=form}
Clerk: Fax form to payer -> Clerk: Wait on hold with payer {phone 20m} -> Clerk: Fax more records {fax 6m reads=history}
Clerk: Fax more records -> Clerk: Note decision on chart {enter paper 2m writes=decision} -> Nurse: Call patient to schedule {notify phone 4m reads=decision}
Nurse: Call patient to schedule -> Manager: Review denied cases {check paper 8m reads=decision}`,
    future: `Provider: Enter order {request screen 2m writes=order} -> System: Check authorization rules {interface 2s reads=coverage} -> System: Prefill authorization request {auto 1s reads=order+history writes=form:auto}
System: Prefill authorization request -> Coordinator: Complete open questions {enter screen 4m writes=form} -> Coordinator: Submit request to payer portal {request portal 2m reads=form}
Coordinator: Submit request to payer portal -> System: Poll authorization status {interface 1s} -> System: File decision in chart {auto 1s writes=decision:auto}
System: File decision in chart -> Patient: Schedule online {portal 4m reads=decision} -> Manager: Appeal denials {screen 8m reads=decision}
Manager: Appeal denials -> Coordinator: Close case {screen 1m}`,
    links: `Write order => Enter order
Look up payer rules => Check authorization rules
Fill out authorization form => Prefill authorization request, Complete open questions
Sign authorization form =>
Fax form to payer => Submit request to payer portal
Wait on hold with payer => Poll authorization status
Fax more records =>
Note decision on chart => File decision in chart
Call patient to schedule => Schedule online
Review denied cases => Appeal denials`,
  },
  {
    name: 'emergency triage',
    current: `Clerk: Take name and birth date {paper 2m writes=demographics} -> Clerk: Make wristband {paper 1m reads=demographics} -> Nurse: Call patient to triage {verbal 1m}
Nurse: Call patient to triage -> Nurse: Ask chief complaint {verbal 2m writes=complaint} -> Nurse: Take vital signs {paper 4m writes=vitals}
Nurse: Take vital signs -> Nurse: Assign triage level {decide paper 1m reads=complaint+vitals writes=level} -> Nurse: Hang chart in rack {paper 1m}
Nurse: Hang chart in rack -> MD: Pick chart from rack {paper 1m reads=level} -> MD: See patient {verbal 12m}
MD: See patient -> MD: Dictate note {verbal 5m writes=note} -> Typist: Transcribe note {transcribe screen 10m reads=note writes=note}`,
    future: `Clerk: Quick-register patient {enter screen 1m writes=demographics} -> System: Print barcode wristband {auto 1s reads=demographics} -> Nurse: Bring patient to triage {verbal 1m}
Nurse: Bring patient to triage -> Nurse: Record complaint {enter screen 1m writes=complaint} -> Nurse: Capture vitals from monitor {auto 1m writes=vitals:auto}
Nurse: Capture vitals from monitor -> Nurse: Select acuity {decide screen 1m reads=complaint+vitals writes=level} -> System: Place on tracking board {auto 1s reads=level}
System: Place on tracking board -> Physician: Sign up on board {screen 1m reads=level} -> Physician: Evaluate patient {verbal 12m}
Physician: Evaluate patient -> Physician: Write note with voice recognition {enter screen 6m writes=note} -> Physician: Complete sepsis screen {enter screen 2m}`,
    links: `Take name and birth date => Quick-register patient
Make wristband => Print barcode wristband
Call patient to triage => Bring patient to triage
Ask chief complaint => Record complaint
Take vital signs => Capture vitals from monitor
Assign triage level => Select acuity
Hang chart in rack => Place on tracking board
Pick chart from rack => Sign up on board
See patient => Evaluate patient
Dictate note, Transcribe note => Write note with voice recognition`,
  },
  {
    name: 'hospital discharge',
    current: `MD: Decide discharge {decide verbal 3m writes=decision} -> MD: Write discharge order {request paper 2m writes=order} -> Clerk: Transcribe order {transcribe paper 2m reads=order writes=order}
Clerk: Transcribe order -> MD: Write discharge medication list {enter paper 6m writes=medications} -> Pharmacist: Check medication list {check paper 5m reads=medications}
Pharmacist: Check medication list -> Nurse: Copy instructions for patient {transcribe paper 5m reads=medications writes=instructions} -> Nurse: Teach patient {verbal 10m reads=instructions}
Nurse: Teach patient -> Clerk: Call for transport {phone 4m} -> Clerk: Book follow-up by phone {phone 6m writes=appointment}
Clerk: Book follow-up by phone -> MD: Dictate discharge summary {verbal 8m writes=summary} -> Typist: Type summary {transcribe screen 12m reads=summary writes=summary}
Typist: Type summary -> Clerk: Mail summary to family doctor {paper 3m reads=summary}`,
    future: `Physician: Enter discharge order {request screen 2m writes=order+decision} -> Physician: Reconcile discharge medications {enter screen 5m writes=medications} -> Pharmacist: Verify reconciliation {check inbox 4m reads=medications}
Pharmacist: Verify reconciliation -> System: Compose patient instructions {auto 1s reads=medications writes=instructions:auto} -> Nurse: Teach back with patient {verbal 10m reads=instructions}
Nurse: Teach back with patient -> Nurse: Request transport on board {screen 1m} -> Clerk: Schedule follow-up visit {screen 3m writes=appointment}
Clerk: Schedule follow-up visit -> Physician: Write discharge summary {enter screen 8m writes=summary} -> System: Send summary to primary care {interface 1s reads=summary}
System: Send summary to primary care -> Nurse: Phone patient after two days {phone 5m}`,
    links: `Decide discharge, Write discharge order => Enter discharge order
Transcribe order =>
Write discharge medication list => Reconcile discharge medications
Check medication list => Verify reconciliation
Copy instructions for patient => Compose patient instructions
Teach patient => Teach back with patient
Call for transport => Request transport on board
Book follow-up by phone => Schedule follow-up visit
Dictate discharge summary, Type summary => Write discharge summary
Mail summary to family doctor => Send summary to primary care`,
  },
  {
    name: 'appointment booking',
    current: `Clerk: Answer phone {phone 1m} -> Clerk: Search card index {paper 2m reads=demographics} -> Clerk: Find free slot in book {paper 2m reads=schedule}
Clerk: Find free slot in book -> Clerk: Pencil in appointment {enter paper 1m writes=appointment} -> Clerk: Write reminder card {paper 1m reads=appointment}
Clerk: Write reminder card -> Clerk: Call patients the day before {notify phone 3m reads=appointment} -> Clerk: Cross out cancellations {paper 1m writes=appointment}
Clerk: Cross out cancellations -> Clerk: Call waiting list {phone 4m reads=waitlist} -> Clerk: Pull charts for tomorrow {paper 10m reads=schedule}
Clerk: Pull charts for tomorrow -> Manager: Count no-shows {spreadsheet 5m reads=schedule}`,
    future: `Agent: Take booking call {phone 1m} -> Agent: Look up patient {screen 1m reads=demographics} -> Agent: Search open slots {screen 1m reads=schedule}
Agent: Search open slots -> Agent: Book appointment {enter screen 1m writes=appointment} -> System: Text reminder {notify auto 1s reads=appointment}
System: Text reminder -> Patient: Confirm or cancel by text {portal 1m writes=appointment} -> System: Offer slot to wait list {auto 1s reads=waitlist}
System: Offer slot to wait list -> Manager: Read no-show report {screen 2m reads=schedule} -> Patient: Check in on phone {portal 2m}
Patient: Check in on phone -> Patient: Update insurance {portal 2m writes=coverage}`,
    links: `Answer phone => Take booking call
Search card index => Look up patient
Find free slot in book => Search open slots
Pencil in appointment => Book appointment
Write reminder card, Call patients the day before => Text reminder
Cross out cancellations => Confirm or cancel by text
Call waiting list => Offer slot to wait list
Pull charts for tomorrow =>
Count no-shows => Read no-show report`,
  },
  {
    name: 'bedside documentation',
    current: `Nurse: Take over ward round list {handoff paper 5m reads=plan} -> Nurse: Measure blood pressure {verbal 2m} -> Nurse: Note pressure on hand {enter paper 1m writes=vitals}
Nurse: Note pressure on hand -> Nurse: Check drug against chart {check paper 2m reads=medications safety} -> Nurse: Give drug {verbal 2m safety}
Nurse: Give drug -> Nurse: Initial drug chart {enter paper 1m writes=administration} -> Nurse: Empty drain and measure {verbal 3m}
Nurse: Empty drain and measure -> Nurse: Write fluid balance {enter paper 2m writes=fluids} -> Nurse: Type vitals at station {transcribe screen 4m reads=vitals writes=vitals}
Nurse: Type vitals at station -> Nurse: Add up fluid balance {paper 3m reads=fluids} -> Nurse: Phone doctor about abnormal values {notify phone 3m reads=vitals safety}`,
    future: `Nurse: Receive handover on tablet {handoff screen 4m reads=plan} -> Nurse: Measure pressure with connected cuff {auto 2m writes=vitals:auto} -> Nurse: Scan wristband and drug {check screen 1m reads=medications safety}
Nurse: Scan wristband and drug -> Nurse: Administer medication {verbal 2m safety} -> System: Chart administration {auto 1s writes=administration:auto}
System: Chart administration -> Nurse: Measure drain output {verbal 3m} -> Nurse: Enter output at bedside {enter screen 1m writes=fluids}
Nurse: Enter output at bedside -> System: Sum fluid balance {auto 1s reads=fluids} -> System: Alert team on early warning score {notify auto 1s reads=vitals safety}
System: Alert team on early warning score -> Nurse: Answer alerts {screen 1m}`,
    links: `Take over ward round list => Receive handover on tablet
Measure blood pressure, Note pressure on hand => Measure pressure with connected cuff
Check drug against chart => Scan wristband and drug
Give drug => Administer medication
Initial drug chart => Chart administration
Empty drain and measure => Measure drain output
Write fluid balance => Enter output at bedside
Type vitals at station =>
Add up fluid balance => Sum fluid balance
Phone doctor about abnormal values => Alert team on early warning score`,
  },
  {
    name: 'imaging order',
    current: `MD: Write imaging request {request paper 2m writes=order} -> Clerk: Stamp request {paper 1m reads=order} -> Runner: Carry request to radiology {paper 6m}
Runner: Carry request to radiology -> Radiographer: Book slot in diary {enter paper 2m writes=appointment} -> Radiographer: Ask about pregnancy and metal {verbal 2m writes=safety}
Radiographer: Ask about pregnancy and metal -> Radiographer: Take image {auto 10m writes=image} -> Radiologist: Read film {check paper 8m reads=image}
Radiologist: Read film -> Radiologist: Dictate report {verbal 4m writes=report} -> Typist: Type report {transcribe screen 8m reads=report writes=report}
Typist: Type report -> Radiologist: Sign report {approve paper 1m reads=report} -> Clerk: Send report by mail {paper 2m reads=report}
Clerk: Send report by mail -> MD: Read report {check paper 2m reads=report}`,
    future: `Provider: Order imaging with decision support {request screen 2m writes=order} -> System: Route order to worklist {interface 1s reads=order} -> Scheduler: Schedule exam {screen 3m writes=appointment}
Scheduler: Schedule exam -> Patient: Fill in safety questionnaire {portal 4m writes=safety} -> Technologist: Confirm safety answers {check screen 1m reads=safety}
Technologist: Confirm safety answers -> Technologist: Acquire images {auto 10m writes=image:auto} -> Radiologist: Interpret images {check screen 8m reads=image}
Radiologist: Interpret images -> Radiologist: Report with voice recognition {enter screen 4m writes=report} -> Radiologist: Finalize report {approve screen 1m reads=report}
Radiologist: Finalize report -> System: Deliver report to inbox {interface 1s reads=report} -> Provider: Acknowledge report {check inbox 1m reads=report}`,
    links: `Write imaging request => Order imaging with decision support
Stamp request =>
Carry request to radiology => Route order to worklist
Book slot in diary => Schedule exam
Ask about pregnancy and metal => Fill in safety questionnaire, Confirm safety answers
Take image => Acquire images
Read film => Interpret images
Dictate report, Type report => Report with voice recognition
Sign report => Finalize report
Send report by mail => Deliver report to inbox
Read report => Acknowledge report`,
  },
]
