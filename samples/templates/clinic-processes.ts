/**
 * The clinic processes that the Workflow Assessment for Health IT Toolkit (AHRQ) asks teams to map, drawn as they are usually found.
 * A start for a map of one's own: every time in them is assumed until somebody watches the work.
 */

import { placed } from '../../src/core/workflow/drawing/layout.ts'
import { readSketch } from '../../src/core/workflow/interop/sketch.ts'
import type { Graph, WorkflowSide } from '../../src/core/workflow/map/workflow.ts'

export interface Template {
  readonly id: string
  readonly title: string
  /** One flow per line, as `interop/sketch.ts` reads it. */
  readonly sketch: string
}

export const clinicProcesses: readonly Template[] = [
  {
    id: 'phones',
    title: 'Phone calls',
    sketch: `
lane Desk staff=2
lane Nurse staff=2
lane Clinician staff=2
Desk: Take call {phone 3m} -> Desk: Urgent? -0.1 yes-> Nurse: Talk to caller {phone check 4m safety}
Desk: Urgent? -0.9 no-> Desk: Write message slip {paper 2m writes=message:typed} -> Nurse: Sort message slips {paper 1m batch=every:2h}
Nurse: Sort message slips -> Nurse: Can nurse answer? -0.6 yes-> Nurse: Call patient back {phone notify 4m}
Nurse: Can nurse answer? -0.4 no-> Clinician: Answer on the slip {paper decide 2m wait=4h} -> Nurse: Call patient back
Nurse: Talk to caller -> Nurse: Call patient back -> Nurse: File slip in chart {paper 1m}`,
  },
  {
    id: 'appointments',
    title: 'Appointments',
    sketch: `
lane Desk staff=2
lane Patient
Desk: Take request {phone 3m} -> Desk: Look for a slot {screen 2m clicks=9 screens=3} -> Desk: Slot found?
Desk: Slot found? -0.8 yes-> Desk: Book slot {screen enter 1m clicks=8} -> Desk: Write reminder card {paper 1m writes=date:typed}
Desk: Slot found? -0.2 no-> Desk: Put on waiting list {paper 1m writes=name:typed} -> Desk: Call when slot opens {phone request wait=3d 3m} -> Desk: Book slot
Desk: Write reminder card -> Desk: Remind by phone {phone notify 2m} -> Patient: Comes?
Patient: Comes? -0.9 yes-> Desk: Check in {screen 2m clicks=10}
Patient: Comes? -0.1 no-> Desk: Note no-show {screen 1m clicks=4} -> Desk: Take request`,
  },
  {
    id: 'messaging',
    title: 'Messages inside the clinic',
    sketch: `
lane Desk staff=2
lane Nurse staff=2
lane Clinician staff=2
Desk: Write message {inbox 2m clicks=8} -> Nurse: Read pooled inbox {inbox wait=2h 1m}
Nurse: Read pooled inbox -> Nurse: For the clinician? -0.5 yes-> Nurse: Forward message {inbox handoff 1m clicks=5} -> Clinician: Answer message {inbox decide wait=5h 2m}
Nurse: For the clinician? -0.5 no-> Nurse: Answer message {inbox 2m}
Clinician: Answer message -> Nurse: Act on answer {screen 3m} -> Desk: Tell the patient {phone notify 3m}
Nurse: Answer message -> Desk: Tell the patient`,
  },
  {
    id: 'ordering',
    title: 'Orders for laboratory and imaging',
    sketch: `
lane Clinician staff=2
lane Nurse staff=2
lane Desk staff=1
element order record safety
Clinician: Decide on tests {verbal decide 2m} -> Clinician: Write order form {paper 2m writes=order:typed} -> Nurse: Check order form {paper check 1m reads=order}
Nurse: Check order form -> Nurse: Complete? -0.85 yes-> Desk: Re-key order {transcribe screen 3m clicks=18 keys=40 reads=order writes=order:typed}
Nurse: Complete? -0.15 no reject-> Clinician: Write order form
Desk: Re-key order -> Desk: Print labels {screen 1m output=print} -> Nurse: Draw sample {verbal 5m safety} -> Nurse: Hand to courier {paper handoff 1m batch=every:4h}`,
  },
  {
    id: 'results',
    title: 'Laboratory and imaging results',
    sketch: `
lane Desk staff=1
lane Nurse staff=2
lane Clinician staff=2
element result record safety
Desk: Collect result faxes {fax 1m batch=every:4h} -> Desk: Sort by clinician {paper 1m} -> Clinician: Read and initial {paper approve wait=8h 1m reads=result safety}
Clinician: Read and initial -> Clinician: Abnormal? -0.2 yes-> Nurse: Call patient {phone notify 5m safety} -> Desk: Scan into chart {screen 2m clicks=12 writes=result:scanned}
Clinician: Abnormal? -0.8 no-> Desk: Scan into chart`,
  },
  {
    id: 'renewals',
    title: 'Prescription renewals',
    sketch: `
lane Desk staff=2
lane Nurse staff=2
lane Clinician staff=2
element dose record safety
Desk: Take renewal request {phone 3m writes=dose:typed} -> Nurse: Pull chart {paper 3m} -> Nurse: Check last visit {paper check 2m reads=dose}
Nurse: Check last visit -> Clinician: Sign renewal {paper approve wait=12h 1m reads=dose safety} -> Desk: Fax to pharmacy {fax 2m output=fax}
Desk: Fax to pharmacy -> Desk: Pharmacy calls back? -0.1 yes-> Nurse: Check last visit
Desk: Pharmacy calls back? -0.9 no-> Desk: Tell the patient {phone notify 2m}`,
  },
  {
    id: 'referrals',
    title: 'Referrals',
    sketch: `
lane Clinician staff=2
lane Referral-clerk staff=1
lane Specialist
Clinician: Dictate referral {verbal 5m writes=letter:typed} -> Referral-clerk: Type letter {screen transcribe 8m keys=900 writes=letter:typed} -> Clinician: Sign letter {paper approve wait=1d 1m}
Clinician: Sign letter -> Referral-clerk: Fax letter {fax request 3m output=fax} -> Specialist: Accepts? -0.7 yes-> Specialist: Sees patient {verbal wait=21d 30m external}
Specialist: Accepts? -0.3 no reject-> Referral-clerk: Ask for what is missing {phone 5m} -> Referral-clerk: Fax letter
Specialist: Sees patient -> Referral-clerk: File report {paper wait=7d 2m}`,
  },
  {
    id: 'billing',
    title: 'Billing',
    sketch: `
lane Clinician staff=2
lane Biller staff=1
lane Payer
Clinician: Tick encounter form {paper 1m writes=codes:typed} -> Biller: Collect forms {paper 1m batch=every:1d} -> Biller: Key charges {screen transcribe 4m clicks=20 keys=60 reads=codes writes=codes:typed}
Biller: Key charges -> Biller: Codes clear? -0.9 yes-> Biller: Send claim {interface 1m} -> Payer: Paid?
Biller: Codes clear? -0.1 no-> Clinician: Tick encounter form
Payer: Paid? -0.88 yes-> Biller: Post payment {screen 2m clicks=9}
Payer: Paid? -0.12 no reject-> Biller: Work denial {phone 12m wait=14d} -> Biller: Send claim`,
  },
  {
    id: 'new-patient',
    title: 'New patient',
    sketch: `
lane Desk staff=2
lane Patient
lane Nurse staff=2
element allergy record safety
Desk: Hand out forms {paper 1m} -> Patient: Fill in forms {paper 15m writes=allergy:typed} -> Desk: Key demographics {screen transcribe 6m clicks=30 keys=200}
Desk: Key demographics -> Desk: Copy insurance card {paper 2m} -> Nurse: Take history {paper 10m reads=allergy writes=allergy:typed} -> Nurse: Key history {screen transcribe 8m clicks=40 keys=300 reads=allergy writes=allergy:typed}
Nurse: Key history -> Desk: File paper forms {paper 2m}`,
  },
  {
    id: 'outside-records',
    title: 'Records from elsewhere',
    sketch: `
lane Desk staff=1
lane Clinician staff=2
lane Other-clinic
Desk: Ask for consent {paper 2m} -> Desk: Fax request {fax request 2m output=fax} -> Other-clinic: Answers? -0.6 yes-> Desk: Sort received pages {fax 5m}
Other-clinic: Answers? -0.4 no-> Desk: Ask again by phone {phone 4m wait=5d} -> Desk: Fax request
Desk: Sort received pages -> Clinician: Mark what matters {paper decide 4m wait=1d} -> Desk: Scan marked pages {screen 3m clicks=15}`,
  },
  {
    id: 'eligibility',
    title: 'Insurance eligibility',
    sketch: `
lane Desk staff=2
lane Payer
Desk: Print tomorrow's list {screen 1m output=print} -> Desk: Look up each payer site {portal check 4m clicks=16 screens=6} -> Payer: Covered?
Payer: Covered? -0.9 yes-> Desk: Write result on list {paper 1m writes=coverage:typed} -> Desk: Key result {screen transcribe 1m clicks=8 writes=coverage:typed}
Payer: Covered? -0.1 no-> Desk: Call the patient {phone 5m notify} -> Desk: Key result`,
  },
]

/** The map of a template; every step says that its facts are assumed. */
export function templateMap(template: Template): Graph {
  return placed(assumedMap(template, 'current'))
}

/** The same before anybody placed it. */
export function assumedMap({ id, title, sketch }: Template, side: WorkflowSide): Graph {
  const { graph } = readSketch(sketch.trim(), side, id)
  const evidence = { level: 'assumed' as const, source: 'template', n: null }
  const nodes = new Map([...graph.nodes].map(([key, node]) => [key, node.type === 'step' ? { ...node, evidence } : node]))
  const lanes = new Map([...graph.lanes].map(([key, lane]) => [key, { ...lane, label: lane.label.replace('-', ' ') }]))
  return { ...graph, label: title, nodes, lanes }
}
