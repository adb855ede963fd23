/** Small maps and what follows from them by hand; half of the cases pass most steps, so that visits show in every sum. */
import type { PolicyKey } from '../../../../src/core/workflow/map/policy.ts'
import type { SketchCase } from '../../../../src/core/workflow/rules/survival-rule.ts'

export interface Said {
  readonly steps: readonly string[]
  readonly severity?: string
  readonly metric?: number
  readonly minutes?: number | null
  readonly facts?: readonly (string | number | boolean | null)[]
  readonly faint?: true
  readonly missing?: readonly string[]
}

export interface Case extends SketchCase {
  readonly code: string
  readonly name: string
  readonly limits?: Partial<Record<PolicyKey, number>>
  readonly says: readonly Said[]
}

/** Half of the cases take this way, the others end. */
const half = (way: string): string => `Gate: Goes on?\nGoes on? -0.5-> ${way}\nGoes on? -0.5-> end`

export const cases: readonly Case[] = [
  {
    code: 'digitized-approval',
    name: 'half of the cases wait two hours for a minute of work: 0.5 × 121',
    map: half('MD: Sign {approve paper 1m wait=2h} -> Desk: File {do 1m}'),
    says: [{ steps: ['Sign'], severity: 'error', metric: 60.5, minutes: 60.5, facts: ['approve', 'paper', 0, false, 60] }],
  },
  {
    code: 'digitized-approval',
    name: 'an approval of a step that can hurt is critical',
    map: 'Desk: Ask {do 1m} -> MD: Sign {approve safety 1m wait=59m}',
    says: [{ steps: ['Sign'], severity: 'critical', metric: 60, minutes: 60, facts: ['approve', null, 0, false, 59] }],
  },
  {
    code: 'digitized-approval',
    name: 'a branch whose shares nobody gave',
    map: 'MD: Sign {approve 1m wait=2h}\nMD: Sign -> Desk: Order {do 1m}\nMD: Sign -reject-> Desk: Call {do 1m}',
    says: [{ steps: ['Sign'], missing: ['share of cases that “Sign” refuses'] }],
  },
  {
    code: 'approval-chain',
    name: 'two approvals of half of the cases: 0.5 × (61 + 122)',
    map: half('Nurse: Sign {approve 1m wait=1h writes=none} -> MD: Countersign {approve 2m wait=2h writes=none}'),
    says: [{ steps: ['Countersign', 'Sign'], severity: 'error', metric: 91.5, minutes: 91.5, facts: [2, 'Nurse → MD', 91.5] }],
  },
  {
    code: 'approval-chain',
    name: 'a step between that says nothing of what it writes',
    map: 'Nurse: Sign {approve 1m wait=1h writes=none} -> Desk: Carry {do 1m} -> MD: Countersign {approve 2m wait=2h writes=none}',
    says: [{ steps: ['Sign'], missing: ['what “Carry” writes'] }],
  },
  {
    code: 'approval-chain',
    name: 'the second approver sends one case of four back to the note: each of 1 / 0.75 rounds takes 61 + 122 minutes',
    map: [
      'MA: Note {do 1m writes=note} -> Zeta: Zeta approves {approve 1m wait=1h writes=none}',
      'Zeta: Zeta approves -> Alpha: Alpha approves {approve 2m wait=2h writes=none}',
      'Alpha approves -0.75-> end\nAlpha approves -reject 0.25-> MA: Note',
    ].join('\n'),
    says: [
      {
        steps: ['Alpha approves', 'Zeta approves'],
        severity: 'error',
        metric: 244,
        minutes: 244,
        facts: [2, 'Zeta → Alpha', 244],
      },
    ],
  },
  {
    code: 're-keying',
    name: 'typed off paper by half of the cases: 0.5 × 120 s',
    map: half('MA: Note {paper 1m reads=none writes=bp:typed} -> MA: Type {transcribe screen 2m reads=bp writes=bp:typed}'),
    says: [{ steps: ['Note', 'Type'], severity: 'error', metric: 60, minutes: 1, facts: ['bp', 'Note', 60] }],
  },
  {
    code: 're-keying',
    name: 'a transcription of what no step of the map wrote',
    map: 'MA: Type {transcribe screen 2m reads=bp writes=bp:typed}',
    says: [{ steps: ['Type'], severity: 'error', metric: 120, minutes: 2, facts: ['bp', 'a source outside the map', 120] }],
  },
  {
    code: 're-keying',
    name: 'a screen that says nothing of what it writes',
    map: 'MA: Type {screen 2m reads=bp}',
    says: [{ steps: ['Type'], missing: ['what “Type” writes'] }],
  },
  {
    code: 'hand-off-ping-pong',
    name: 'half of the cases go to the nurse and back: two changes in half of the cases, and one return',
    map: 'Desk: Take {1m} -> Desk: Hard?\nHard? -0.5-> Nurse: Check {1m} -> Desk: Answer {1m} -> end\nHard? -0.5-> end',
    says: [
      {
        steps: ['Answer', 'Check', 'Take'],
        severity: 'warning',
        metric: 0.5,
        minutes: null,
        facts: [0.5, 1],
      },
    ],
  },
  {
    code: 'hand-off-ping-pong',
    name: 'a step without a role and a split without shares',
    map: 'Take {1m} -> Desk: Hard?\nHard? -> Nurse: Check {1m} -> end\nHard? -> end',
    says: [
      {
        steps: ['Check', 'Take'],
        missing: ['role of “Take”', 'share of cases that goes each way at “Hard?”'],
      },
    ],
  },
  {
    code: 'rework-loop',
    name: 'half come back: the entry is passed twice, one pass of four minutes is lost',
    map: 'Desk: Send {4m} -> Clinic: Complete?\nComplete? -0.5-> Clinic: Book {2m}\nComplete? -0.5 reject-> Desk: Send',
    says: [{ steps: ['Send'], severity: 'error', metric: 4, minutes: 4, facts: [0.5, 2, 4] }],
  },
  {
    code: 'batch-and-wait',
    name: 'a batch every twelve hours is half of that to wait; 24 of two per hour lie in it',
    map: 'lane Desk staff=1\nDesk: Sort {fax 1m batch=every:12h}',
    perHour: 2,
    limits: { 'batch-and-wait.share': 0.9 },
    says: [
      {
        steps: ['Sort'],
        severity: 'warning',
        metric: 360,
        minutes: 360,
        // One minute of work at 1/30 of its hours queues for 1/30 ÷ (29/30) ÷ 2 minutes where it always takes one.
        facts: [720, 360, rounded(360 / (360 + 1 + 1 / 58)), 24, 336],
      },
    ],
  },
  {
    code: 'overloaded-role',
    name: 'one nurse at nine tenths of the hours: 0.9 ÷ 0.1 of 54 minutes to wait',
    map: 'lane Nurse staff=1\nNurse: Refill {exp(54m)}',
    perHour: 1,
    says: [{ steps: ['Refill'], severity: 'warning', metric: 486, minutes: 486, facts: [0.9, 486, 54] }],
  },
  {
    code: 'queue-before-role',
    name: 'one desk at three quarters: 0.75 ÷ 0.25 of 45 minutes',
    map: 'lane Desk staff=1\nDesk: Sign in {exp(45m)}',
    perHour: 1,
    says: [{ steps: ['Sign in'], severity: 'warning', metric: 135, minutes: 135, facts: [135, 45, 0.75] }],
  },
  {
    code: 'sequence-mismatch',
    name: 'two steps change places in half of the cases',
    before: half('MD: Ask complaint {verbal 2m} -> MD: Ask history {verbal 5m}'),
    map: half('MD: Ask history {screen 5m} -> MD: Ask complaint {screen 2m}'),
    says: [
      {
        steps: ['Ask complaint', 'Ask history'],
        severity: 'error',
        metric: 0.5,
        minutes: null,
        facts: ['“Ask complaint”', '“Ask history”', 0.5],
      },
    ],
  },
  {
    code: 'shadow-workaround',
    name: 'a list on paper beside the record, kept for half of the cases',
    map: `element allergies record\n${half('Nurse: Keep list {paper 2m reads=none writes=allergies}')}`,
    says: [{ steps: ['Keep list'], severity: 'error', metric: 0.5, minutes: 1, facts: ['paper', 'allergies', 0.5] }],
  },
  {
    code: 'fixed-station-mobile-role',
    name: 'half of the cases bring the physician to a desk',
    map: `lane MD mobile\n${half('MD: Examine {verbal mobile 5m} -> MD: Enter {enter screen fixed 3m}')}`,
    says: [{ steps: ['Enter'], severity: 'warning', metric: 0.5, minutes: null, facts: ['MD', 0.5] }],
  },
  {
    code: 'deferred-documentation',
    name: 'two hours between measuring and typing',
    map: 'Nurse: Measure {do verbal 2m reads=none writes=none} -> Nurse: Type {enter screen 2m documents=measure entryDelay=2h writes=bp}',
    says: [{ steps: ['Measure', 'Type'], severity: 'warning', metric: 120, minutes: null, facts: ['Measure', 120, 'nothing'] }],
  },
  {
    code: 'no-exception-path',
    name: 'an interface that half of the cases pass',
    map: half('MD: Prescribe {screen 1m} -> eRx: Transmit {interface 1s}'),
    says: [{ steps: ['Transmit'], severity: 'error', metric: 0.5, minutes: null, facts: ['is a machine', 0.5] }],
  },
  {
    code: 'no-owner',
    name: 'an inbox of nobody for half of the cases',
    map: half('Nurse: Read {inbox 2m}'),
    says: [
      {
        steps: ['Read'],
        severity: 'error',
        metric: 0.5,
        minutes: null,
        facts: ['inbox', 'none named', 'none, and no escalation', 0.5],
      },
    ],
  },
  {
    code: 'untraced-step',
    name: 'a call of two minutes in half of the cases has no successor',
    before: half('Lab: Run {1m} -> Lab: Call {notify phone 2m}'),
    map: half('Lab: Run {1m}'),
    says: [
      {
        steps: ['Call'],
        severity: 'error',
        metric: 1,
        minutes: 1,
        facts: ['notify', 1],
        missing: ['what becomes of “Call”'],
      },
    ],
  },
  {
    code: 'unsourced-step',
    name: 'a new form of six minutes in half of the cases',
    before: half('MA: Room {1m}'),
    map: half('MA: Room {1m} -> MA: Survey {enter screen 6m}'),
    says: [{ steps: ['Survey'], severity: 'warning', metric: 3, minutes: 3, facts: ['screen', 3] }],
  },
  {
    code: 'alert-fatigue',
    name: 'too many, nearly all overridden, hardly any appropriate: three per case of 168 a week',
    map: 'MD: Order {enter screen 2m alerts=3:0.95:0.05}',
    perHour: 1,
    says: [
      {
        steps: ['Order'],
        severity: 'error',
        metric: 3,
        minutes: null,
        facts: [
          3,
          0.95,
          0.05,
          'more than one interruption per case',
          'nearly all are overridden',
          'hardly any is appropriate',
          504,
        ],
      },
    ],
  },
  {
    code: 'alert-fatigue',
    name: 'alerts whose fate nobody counted',
    map: 'MD: Order {enter screen 2m alerts=1}',
    says: [
      {
        steps: ['Order'],
        missing: ['share of alerts overridden at “Order”', 'share of alerts that are appropriate at “Order”'],
      },
    ],
  },
  {
    code: 'alert-fatigue',
    name: 'a screen of which nobody counted the alerts',
    map: 'MD: Order {enter screen 2m}',
    says: [{ steps: ['Order'], missing: ['alerts at “Order”'] }],
  },
  {
    code: 'open-loop',
    name: 'a quarter of the requests is never closed',
    map: 'Desk: Refer {request fax 3m} -> Desk: Comes?\nComes? -0.75-> Desk: Report {do paper 1m closes=refer} -> end\nComes? -0.25-> end',
    says: [{ steps: ['Refer'], severity: 'error', metric: 0.25, minutes: null, facts: ['Report', 0.75, 'none'] }],
  },
  {
    code: 'unmeasured-wait',
    name: 'half of the cases lie three days with the payer',
    map: half('Desk: Send {fax 3m wait=0s measuredBy=ehr} -> Payer answers {type=wait wait=3d}'),
    perHour: 1,
    says: [{ steps: ['Payer answers'], severity: 'warning', metric: 2160, minutes: 2160, facts: [2160, 1, 'no system'] }],
  },
  {
    code: 'needless-serial',
    name: 'the shorter of two steps could be saved, in half of the cases: 0.5 × 4',
    map: half(
      'Desk: Check plan {check portal 6m wait=0s reads=plan writes=cover} -> MA: Take vitals {do 4m wait=0s reads=none writes=bp}',
    ),
    says: [
      {
        steps: ['Check plan', 'Take vitals'],
        severity: 'info',
        metric: 2,
        minutes: 2,
        facts: ['Desk and MA', 'cover', 'nothing', 2],
      },
    ],
  },
  {
    code: 'needless-serial',
    name: 'nobody said what is written and read',
    map: 'Desk: Check plan {check portal 6m wait=0s reads=plan} -> MA: Take vitals {do 4m wait=0s writes=bp}',
    says: [{ steps: ['Check plan', 'Take vitals'], missing: ['what “Check plan” writes', 'what “Take vitals” reads'] }],
  },
  {
    code: 'late-knock-out',
    name: 'half of the cases are examined for twenty minutes; a quarter of the checked stops: 0.25 × 0.5 × 20',
    map: `${half('MD: Examine {do verbal 20m writes=findings reads=none} -> Desk: Check {check portal 2m reads=plan writes=none} -> Desk: Covered?')}\nCovered? -0.75-> Desk: Bill {1m} -> end\nCovered? -0.25 reject-> end`,
    says: [{ steps: ['Check'], severity: 'warning', metric: 2.5, minutes: 2.5, facts: [0.25, 'Examine', 10] }],
  },
  {
    code: 'late-knock-out',
    name: 'nobody said what the check reads, what the work before it writes and how long it takes',
    map: 'MD: Examine {do verbal} -> Desk: Check {check portal 2m writes=none} -> Desk: Covered?\nCovered? -0.75-> Desk: Bill {1m} -> end\nCovered? -0.25 reject-> end',
    says: [
      {
        steps: ['Check'],
        missing: ['what “Check” reads', 'what “Examine” writes', 'working time of “Examine”'],
      },
    ],
  },
  {
    code: 'skill-mismatch',
    name: 'half of the cases are refilled in two minutes by the physician',
    map: `lane MD licence=5\nlane Nurse licence=3\n${half('Nurse: Take {3m} -> MD: Refill {2m protocolShare=0.9}')}`,
    says: [{ steps: ['Refill'], severity: 'warning', metric: 1, minutes: 1, facts: [5, null, 0.9, 1] }],
  },
  {
    code: 'skill-mismatch',
    name: 'a refill of unknown length',
    map: 'lane MD licence=5\nlane Nurse licence=3\nNurse: Take {3m protocolShare=0} -> MD: Refill {protocolShare=0.9}',
    says: [
      {
        steps: ['Refill'],
        severity: 'warning',
        metric: 0,
        minutes: null,
        facts: [5, null, 0.9],
        missing: ['working time of “Refill”'],
      },
    ],
  },
  {
    code: 'skill-mismatch',
    name: 'nobody said which licence a role has, nor how many cases fit a protocol',
    map: 'lane MD licence=5\nClerk: Take {3m} -> MD: Refill {2m}',
    says: [
      {
        steps: ['Refill', 'Take'],
        missing: ['share of cases that fit a protocol at “Refill”', 'licence of Clerk'],
      },
    ],
  },
  {
    code: 'needed-data-not-carried',
    name: 'what half of the cases need has no source, and hurts',
    map: `element allergies record safety\n${half('MD: Prescribe {screen 1m reads=allergies writes=none}')}`,
    evidence: { allergies: 'missing' },
    says: [{ steps: ['Prescribe'], severity: 'critical', metric: 0.5, minutes: null, facts: ['allergies', 0.5] }],
  },
  {
    code: 'single-point-of-failure',
    name: 'half of the cases pass one clerk',
    map: `lane Clerk staff=1\n${half('Clerk: Send {fax 3m}')}`,
    perHour: 1,
    says: [{ steps: ['Send'], severity: 'warning', metric: 0.5, minutes: null, facts: [1, 'none named', 0.5, false] }],
  },
  {
    code: 'single-point-of-failure',
    name: 'a step that can hurt is critical however few cases pass it',
    map: 'lane Desk staff=3\nlane Clerk staff=1\nDesk: Sort {1m} -> Desk: Refer?\nRefer? -0.25-> Clerk: Send {fax safety 3m} -> end\nRefer? -0.75-> end',
    perHour: 1,
    says: [{ steps: ['Send'], severity: 'critical', metric: 0.25, minutes: null, facts: [1, 'none named', 0.25, true] }],
  },
  {
    code: 'single-point-of-failure',
    name: 'nobody said how many clerks there are',
    map: 'Clerk: Send {fax 3m}',
    says: [{ steps: ['Send'], missing: ['staff of Clerk'] }],
  },
  {
    code: 'print-to-scan',
    name: 'a fax of half of the cases is scanned in four minutes',
    map: half(
      'Desk: Take fax {fax 1m reads=none writes=referral:typed} -> Desk: Scan {screen 4m reads=referral writes=referral:scanned}',
    ),
    says: [{ steps: ['Scan', 'Take fax'], severity: 'error', metric: 0.5, minutes: 2, facts: ['fax', 'referral', 0.5] }],
  },
  {
    code: 'print-to-scan',
    name: 'nobody said what is on the print-out, nor what is written after it',
    map: 'Desk: Print {screen 1m output=print} -> Desk: Fax {fax 1m reads=order writes=none} -> Desk: File {screen 1m}',
    says: [
      { steps: ['Print'], missing: ['what “Print” reads', 'what “Print” writes'] },
      { steps: ['File'], missing: ['what “File” writes'] },
    ],
  },
  {
    code: 'inbox-as-paper-tray',
    name: 'half of the cases are opened for four minutes, and all passed on',
    map: half('Nurse: Open {do portal 4m writes=none} -> MD: Answer {do inbox 3m writes=answer}'),
    says: [{ steps: ['Open'], severity: 'warning', metric: 2, minutes: 2, facts: ['portal', 1, 0.5] }],
  },
  {
    code: 'inbox-as-paper-tray',
    name: 'nobody said what opening writes',
    map: 'Nurse: Open {portal 4m} -> MD: Answer {do screen 3m writes=answer}',
    says: [{ steps: ['Open'], missing: ['what “Open” writes'] }],
  },
  {
    code: 'rework-loop',
    name: 'nobody said how many come back',
    map: 'Desk: Send {4m} -> Clinic: Complete?\nComplete? -> Clinic: Book {2m}\nComplete? -reject-> Desk: Send',
    says: [{ steps: ['Send'], missing: ['share of cases that goes each way at “Complete?”'] }],
  },
  {
    code: 'click-burden',
    name: '14 clicks of 1.3 s, with 1.35 s of thought each, for half of 24 cases a day',
    map: half('MA: Enter {enter screen 1m clicks=14 screens=2}'),
    perHour: 1,
    says: [
      {
        steps: ['Enter'],
        severity: 'warning',
        metric: 18.2,
        minutes: rounded(9.1 / 60),
        facts: [14, null, 2, 18.2, 37.1, 3.64, '14 clicks (14 or more)'],
      },
    ],
  },
  {
    code: 'click-burden',
    name: 'a fifth more than today is not more than a fifth',
    before: 'MA: Enter {enter screen 1m clicks=5 screens=1}',
    map: 'MA: Enter {enter screen 1m clicks=6 screens=1}',
    says: [],
  },
  {
    code: 'shadow-workaround',
    name: 'a list of unknown length',
    map: 'element allergies record\nNurse: Keep list {paper reads=none writes=allergies}',
    says: [{ steps: ['Keep list'], severity: 'error', metric: 1, minutes: null, facts: ['paper', 'allergies', 1] }],
  },
  {
    code: 'fixed-station-mobile-role',
    name: 'as often as the limit is too often',
    map: `lane MD mobile\n${half('MD: Examine {verbal mobile 5m} -> MD: Enter {enter screen fixed 3m}')}`,
    limits: { 'fixed-station-mobile-role.severe': 0.5 },
    says: [{ steps: ['Enter'], severity: 'error', metric: 0.5, minutes: null, facts: ['MD', 0.5] }],
  },
  {
    code: 'needed-data-not-carried',
    name: 'nobody said whether it is carried over',
    map: 'element allergies record\nMD: Prescribe {screen 1m reads=allergies writes=none}',
    evidence: {},
    says: [{ steps: ['Prescribe'], missing: ['whether “allergies” is carried over'] }],
  },
  {
    code: 'unmeasured-wait',
    name: 'nobody said how long the work takes',
    map: 'lane Desk staff=3\nDesk: Send {fax wait=30m}',
    perHour: 1,
    says: [{ steps: ['Send'], missing: ['working time of “Send”'] }],
  },
]

function rounded(value: number): number {
  return Number(value.toFixed(6))
}
