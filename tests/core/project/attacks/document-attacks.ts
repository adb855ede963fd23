/** Attacks on what the ledger names: verdicts, plan, sample, runs, acceptances, sources, files of the board, pages, the committee's file. */
import { digestOf, utf8 } from '../../../../src/core/canonical.ts'
import { record } from '../../../../src/core/project/acts/hand.ts'
import type { Project } from '../../../../src/core/project/format/project.ts'
import { saveProject } from '../../../../src/core/project/format/save.ts'
import { signHead } from '../../../../src/core/project/signing/signed-heads.ts'
import { withInput } from '../../../../src/core/readiness/kept-files/keep-input.ts'
import type { Attack } from './attack.ts'
import { handOf } from './clinic.ts'
import { acted, edited, must, textOf, without, withText } from './tools.ts'

const verdicts = 'review/verdicts.jsonl'
const run = 'runs/run-1/summary.json'
const goals = 'readiness/goals.csv'

/** The first line of verdicts that says this, otherwise. */
const verdict =
  (from: string, to: string): Attack['does'] =>
  ({ files }) =>
    edited(files, verdicts, from, to)

const document = (what: string, how: string, named: Attack['named'], act: (project: Project) => Project): Attack => ({
  what,
  how,
  named,
  does: ({ files }) => acted(files, act),
})

const file = (what: string, how: string, named: Attack['named'], path: string, from: string, to: string): Attack => ({
  what,
  how,
  named,
  does: ({ files }) => edited(files, path, from, to),
})

const gone = (what: string, path: string, named: Attack['named']): Attack => ({
  what,
  how: 'removed',
  named,
  does: ({ files }) => without(files, path),
})

const dropped = (what: string, how: string, named: Attack['named'], path: string, text: string): Attack => ({
  what,
  how,
  named,
  does: ({ files }) => withText(files, path, text),
})

const committee = (what: string, how: string, named: Attack['named'], does: Attack['does']): Attack => ({
  what: `committee’s file: ${what}`,
  how,
  named,
  does,
  committee: true,
})

const runs = (change: (run: Project['runs'][number]) => Project['runs'][number]) => (project: Project) => ({
  ...project,
  runs: project.runs.map(change),
})

const milestones = (day: string): string => `milestone,planned_on,done_on\ngo-live,${day},\n`

const firstLine = (text: string): string => `${text.split('\n')[0] ?? ''}\n`

export const documentAttacks: readonly Attack[] = [
  {
    what: 'verdict',
    how: 'altered: acceptable called harmful',
    named: 'V8',
    does: verdict('"verdict":"acceptable"', '"verdict":"harmful"'),
  },
  {
    what: 'verdict',
    how: 'altered: harmful called acceptable',
    named: 'V8',
    does: verdict('"verdict":"harmful"', '"verdict":"acceptable"'),
  },
  { what: 'verdict', how: 'altered: read longer', named: 'V8', does: verdict('"seconds":20', '"seconds":200') },
  { what: 'verdict', how: 'altered: by another reader', named: 'V8', does: verdict('"by":"r-haas"', '"by":"m-ito"') },
  { what: 'verdict', how: 'altered: of another record', named: 'V8', does: verdict('"record":"record-', '"record":"record-9') },
  { what: 'verdict', how: 'altered: as second reading', named: 'V8', does: verdict('"reading":"first"', '"reading":"second"') },
  { what: 'verdict', how: 'altered: a comment added', named: 'V8', does: verdict('"comment":null', '"comment":"fine"') },
  { what: 'verdict', how: 'backdated', named: 'V8', does: verdict('2026-03-02T09:15:00', '2019-03-02T09:15:00') },
  {
    what: 'verdict',
    how: 'cut out',
    named: 'V8',
    does: ({ files }) => withText(files, verdicts, textOf(files, verdicts).split('\n').slice(1).join('\n')),
  },
  {
    what: 'verdict',
    how: 'doubled',
    named: 'V8',
    does: ({ files }) => withText(files, verdicts, `${textOf(files, verdicts)}${firstLine(textOf(files, verdicts))}`),
  },
  {
    what: 'verdict',
    how: 'added without an entry',
    named: 'V8',
    does: ({ files }) =>
      withText(
        files,
        verdicts,
        `${textOf(files, verdicts)}${firstLine(textOf(files, verdicts)).replace(/"id":"[^"]+"/, '"id":"d-haas-99"')}`,
      ),
  },
  gone('verdicts', verdicts, 'V8'),
  document('seeded defects', 'one left out', 'V8', (project) => ({
    ...project,
    review: { ...project.review, traps: (project.review.traps ?? []).slice(1) },
  })),
  document('seeded defects', 'one altered', 'V8', (project) => ({
    ...project,
    review: {
      ...project.review,
      traps: (project.review.traps ?? []).map((trap, n) => (n === 0 ? { ...trap, kind: 'text-cut' } : trap)),
    },
  })),
  gone('seeded defects', 'review/traps.json', 'V8'),
  document('plan', 'tolerance loosened', 'V7', (project) => ({
    ...project,
    review: {
      ...project.review,
      plan: project.review.plan && {
        ...project.review.plan,
        claims: project.review.plan.claims.map((claim) => ({ ...claim, tolerablePpm: 500_000 })),
      },
    },
  })),
  document('plan', 'criteria altered', 'V7', (project) => ({
    ...project,
    review: { ...project.review, plan: project.review.plan && { ...project.review.plan, criteria: 'Nothing is harmful.' } },
  })),
  gone('plan', 'review/plan.json', 'V7'),
  file('list of records', 'a record exchanged', 'V7', 'review/frame.tsv', 'record-07', 'record-77'),
  {
    what: 'list of records',
    how: 'a record cut out',
    named: 'V7',
    does: ({ files }) =>
      withText(
        files,
        'review/frame.tsv',
        textOf(files, 'review/frame.tsv')
          .split('\n')
          .filter((line) => !line.includes('record-07'))
          .join('\n'),
      ),
  },
  gone('list of records', 'review/frame.tsv', 'V7'),
  file('sample', 'another seed', 'V7', 'review/draw.json', '"01234567890123456789"', '"01234567890123456780"'),
  file('sample', 'rolled by others', 'V7', 'review/draw.json', '"p-owner"', '"m-ito"'),
  document('sample', 'a record exchanged', 'V7', (project) => ({
    ...project,
    review: {
      ...project.review,
      draw: project.review.draw && {
        ...project.review.draw,
        records: project.review.draw.records.map((each, n) => (n === 1 ? { ...each, id: 'record-39' } : each)),
      },
    },
  })),
  document('sample', 'shortened', 'V7', (project) => ({
    ...project,
    review: {
      ...project.review,
      draw: project.review.draw && { ...project.review.draw, records: project.review.draw.records.slice(0, 5) },
    },
  })),
  document('sample', 'said to be drawn once more', 'V7', (project) => ({
    ...project,
    review: { ...project.review, draw: project.review.draw && { ...project.review.draw, times: 2, reason: 'better' } },
  })),
  gone('sample', 'review/draw.json', 'V7'),
  document(
    'run',
    'a finding taken out of the record',
    'V8',
    runs((each) => ({ ...each, rulesRun: 11 })),
  ),
  document(
    'run',
    'called whole where it was partial, or the other way',
    'V8',
    runs((each) => ({ ...each, partial: !each.partial })),
  ),
  document(
    'run',
    'digest of an input exchanged',
    'V8',
    runs((each) => ({ ...each, inputs: each.inputs.map((input) => ({ ...input, sha256: 'sha256:bb' })) })),
  ),
  document(
    'run',
    'backdated',
    'V8',
    runs((each) => ({ ...each, started: '2019-03-01T08:00:00+01:00' })),
  ),
  document('run', 'a clean one added', 'V8', (project) => ({
    ...project,
    runs: [...project.runs, { ...must(project.runs[0]), id: 'run-0002', number: 2 }],
  })),
  document('run', 'doubled under the next number', 'V8', (project) => ({
    ...project,
    runs: [must(project.runs[0]), { ...must(project.runs[0]), id: 'run-9', number: 9 }],
  })),
  gone('run', run, 'V8'),
  file('acceptance', 'expiry put off', 'V8', 'baseline.json', '2026-09-01', '2099-09-01'),
  file('acceptance', 'reason altered', 'V8', 'baseline.json', 'A known quirk', 'Not a quirk'),
  file('acceptance', 'in another name', 'V8', 'baseline.json', 'p-owner', 'm-ito'),
  document('acceptance', 'one added', 'V8', (project) => ({
    ...project,
    baseline: [...project.baseline, { ...must(project.baseline[0]), fingerprint: 'b'.repeat(64) }],
  })),
  gone('acceptance', 'baseline.json', 'V8'),
  file('mapping', 'a line altered', 'V9', 'mapping/fields.csv', 'MRN', 'NHS'),
  gone('mapping', 'mapping/fields.csv', 'V9'),
  file('source', 'digest exchanged', 'V9', 'data/sources.json', 'sha256:aa', 'sha256:ab'),
  file('source', 'read otherwise', 'V9', 'data/sources.json', '";"', '","'),
  gone('source', 'data/sources.json', 'V9'),
  file('schema', 'altered', 'V9', 'schemas/allergies.json', 'MRN', 'NHS'),
  dropped('rules', 'severities softened', 'V9', 'rules/severity.json', '{"rules":[]}\n'),
  file('threshold', 'loosened', 'V12', 'board.json', '"most": 0', '"most": 99'),
  document('threshold', 'set for another criterion', 'V12', (project) => ({
    ...project,
    board: { ...project.board, thresholds: { ...project.board.thresholds, 'readiness/training': { least: 0 } } },
  })),
  document('threshold', 'taken away', 'V12', (project) => ({ ...project, board: { ...project.board, thresholds: {} } })),
  document('board', 'a day of go-live typed in', 'V12', (project) => ({
    ...project,
    board: { ...project.board, goLive: '2030-01-01' },
  })),
  document('board', 'an owner typed in', 'V12', (project) => ({
    ...project,
    board: { ...project.board, owners: { 'readiness/training': 'Dr. Paula Owner' } },
  })),
  {
    what: 'go-live',
    how: 'put off in the milestones by the data person, whose act names the day before, with the own keys',
    named: 'V12',
    does: async ({ project, keys }) => {
      const put = (text: string) =>
        withInput(project, 'milestones', text, { whole: true, hide: (number) => number, hand: handOf('data', 50) })
      const [was, later] = [put(milestones('2026-06-01')), put(milestones('2028-06-01'))]
      const path = 'readiness/milestones.csv'
      const digest = digestOf(new TextDecoder().decode(later.other.get(path)))
      const named = was.ledger.findLast(({ action }) => action === 'go-live-named')?.object ?? ''
      const acts = [
        { action: 'input-added', object: path, digest },
        { action: 'go-live-named', object: named, digest },
      ]
      const made = record({ ...later, ledger: project.ledger }, acts, handOf('data', 50))
      return saveProject(await signHead(made, 'd-data', keys.data.device))
    },
  },
  file('statement', 'words altered', 'V12', 'board.json', 'All trained', 'All trained and tested'),
  document('statement', 'made up in the owner’s name', 'V12', (project) => ({
    ...project,
    board: {
      ...project.board,
      statements: [
        ...project.board.statements,
        { ...must(project.board.statements[0]), id: 's9', criterion: 'readiness/downtime' },
      ],
    },
  })),
  file('board file', 'a cell edited', 'V8', goals, '29', '9'),
  gone('board file', goals, 'V12'),
  dropped('board file', 'dropped beside the ledger', 'V12', 'readiness/training.csv', 'person_id,role,course\n1,Nurse,Basics\n'),
  dropped(
    'board file',
    'an agreement made up',
    'V12',
    'readiness/agreements/goals-0123456789ab.json',
    '{"kind":"goals","name":"Dr. Paula Owner","role":"owner","rows":[]}\n',
  ),
  dropped(
    'board history',
    'a closed risk made up',
    'V12',
    'readiness/history.jsonl',
    '{"at":"2026-03-02T09:00:00+01:00","by":"p-owner","evidence":["sha256:aa"],"kind":"risk-closed","risk":"readiness/training","words":"done"}\n',
  ),
  file('project', 'renamed', 'V9', 'carryover.json', 'Riverside Clinic', 'Hillside Clinic'),
  file('project', 'another legacy system named', 'V9', 'carryover.json', 'MedTrack', 'OtherTrack'),
  file('project', 'given another id', 'V5', 'carryover.json', 'p-riverside', 'p-hillside'),
  dropped('certificate', 'a page put beside the ledger', 'V12', 'certificates/0123456789abcdef.txt', 'All is well.\n'),
  committee('certificate', 'words altered', 'V8', ({ committee: files }) =>
    edited(files, certificateOf(files), 'Approves', 'Warmly approves'),
  ),
  committee('certificate', 'numbers altered', 'V8', ({ committee: files }) => edited(files, certificateOf(files), '18', '83')),
  committee('certificate', 'a page added', 'V8', ({ committee: files }) =>
    withText(files, 'certificates/0123456789abcdef.txt', 'All is well.\n'),
  ),
  committee('run', 'altered', 'V8', ({ committee: files }) => edited(files, run, '"rulesRun": 12', '"rulesRun": 99')),
  committee('run', 'removed', 'V8', ({ committee: files }) => without(files, run)),
  committee('run', 'a clean one added', 'V8', ({ committee: files }) =>
    withText(
      files,
      'runs/run-0002/summary.json',
      textOf(files, run).replace('"run-1"', '"run-0002"').replace('"number": 1', '"number": 2'),
    ),
  ),
  committee('sample', 'another seed', 'V7', ({ committee: files }) =>
    edited(files, 'review/draw.json', '"01234567890123456789"', '"01234567890123456780"'),
  ),
  committee('list of records', 'a record exchanged', 'V7', ({ committee: files }) =>
    edited(files, 'review/frame.tsv', 'record-07', 'record-77'),
  ),
  committee('plan', 'tolerance loosened', 'V7', ({ committee: files }) => edited(files, 'review/plan.json', '100000', '900000')),
  committee('page', 'statement altered', 'V2', ({ committee: files }) =>
    edited(files, 'ledger.jsonl', 'I reviewed these records.', 'I reviewed all records.'),
  ),
  committee('ledger', 'the approval cut off', 'V10', ({ committee: files }) =>
    withText(files, 'ledger.jsonl', `${textOf(files, 'ledger.jsonl').trimEnd().split('\n').slice(0, -2).join('\n')}\n`),
  ),
  committee('head', 'all heads removed', 'V10', ({ committee: files }) => without(files, 'ledger-heads.json')),
  committee('key', 'file renamed to another person', 'V5', ({ committee: files }) =>
    edited(files, 'keys/p-owner-d-owner.pub.json', 'Dr. Paula Owner', 'Dr. Somebody Else'),
  ),
  committee('note', 'what was left out shortened', 'V8', ({ committee: files }) =>
    edited(files, 'redacted.json', '"baseline.json",', ''),
  ),
  committee('note', 'removed', 'V8', ({ committee: files }) => without(files, 'redacted.json')),
  committee('board', 'a board put in', 'V8', ({ committee: files }) =>
    new Map(files).set('board.json', utf8('{"goLive":null,"owners":{},"thresholds":{},"statements":[]}\n')),
  ),
  {
    what: 'project',
    how: 'made a committee’s file by taking out verdicts, sources and mapping',
    named: 'V8',
    does: ({ files }) =>
      withText(
        without(files, verdicts, 'data/sources.json', 'mapping/fields.csv'),
        'redacted.json',
        '{"format":"carryover-redacted/2","leftOut":["private/"]}\n',
      ),
  },
  {
    what: 'project',
    how: 'verdicts, sources and mapping taken out without a word',
    named: 'V8',
    does: ({ files }) => without(files, verdicts, 'data/sources.json', 'mapping/fields.csv'),
  },
]

/** The page of the approval, the last that was signed. */
function certificateOf(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): string {
  return must(
    [...files.keys()].filter((path) => path.startsWith('certificates/')).find((path) => textOf(files, path).includes('Approves')),
  )
}
