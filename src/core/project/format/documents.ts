/** The typed documents of format version 1: their paths and shapes. */
import { list, map, nullable, object } from './shape.ts'

export const paths = {
  manifest: 'carryover.json',
  board: 'board.json',
  sources: 'data/sources.json',
  baseline: 'baseline.json',
  plan: 'review/plan.json',
  frame: 'review/frame.tsv',
  draw: 'review/draw.json',
  traps: 'review/traps.json',
  verdicts: 'review/verdicts.jsonl',
  calibration: 'review/calibration.jsonl',
  ledger: 'ledger.jsonl',
  /** The end of each device's chain under that device's key. */
  heads: 'ledger-heads.json',
  /** Key salt, lower-case hex, in `{"salt": "…"}`. */
  salt: 'private/salt.json',
  /** Comments of readers by SHA-256 of their text. */
  comments: 'private/comments.json',
  /** What people wrote in the hazard log, by digest. */
  hazardTexts: 'private/hazards.json',
  /** Record keys by keyed hash, and names of readers by slug. */
  roster: 'private/roster.json',
  hiddenTraps: 'private/traps.json',
  /** Records that open sessions. */
  prepared: 'private/prepared.json',
  worklist: 'review/worklist.json',
  chartAudits: 'review/chart-audits.json',
  /** Every act on the hazard log. */
  hazards: 'review/hazards.json',
  /** Record numbers of the charts drawn, by keyed hash. */
  chartNumbers: 'private/charts.json',
  /** How forks of the ledger were settled, and what was put aside then. */
  forks: 'incidents/forks.json',
  givenUp: 'incidents/given-up.jsonl',
  givenUpVerdicts: 'incidents/given-up-verdicts.jsonl',
  givenUpCalibration: 'incidents/given-up-calibration.jsonl',
  /** Entries of other copies whose person had no role for them. */
  quarantined: 'incidents/quarantined.jsonl',
  /** Says what a redacted bundle lacks. */
  redacted: 'redacted.json',
  /** Record numbers of golden patients. */
  golden: 'private/golden.json',
} as const

/** Sessions before a bundle, `EarlierSessions`. */
export const earlierShape = object(['session', 'number'], ['left', 'number'], ['last', 'text'])

export const manifestShape = object(
  ['$schema', 'text', 'optional'],
  ['formatVersion', 'number'],
  ['id', 'text'],
  ['name', 'text'],
  ['legacy', 'text'],
  ['target', 'text'],
  ['created', 'text'],
  ['tool', 'text'],
  ['servers', list('text')],
  ['asOf', 'text?', 'optional'],
  [
    'reader',
    object(
      ['bundle', 'text'],
      ['project', 'text'],
      ['reader', 'text'],
      ['name', 'text'],
      ['role', 'text'],
      ['device', 'text'],
      ['before', earlierShape, 'optional'],
    ),
    'optional',
  ],
)

/** Signed ends of chains, `SignedHead`. */
export const headsShape = list(
  object(
    ['device', 'text'],
    ['seq', 'number'],
    ['hash', 'text'],
    ['seen', list(object(['device', 'text'], ['seq', 'number'], ['hash', 'text'])), 'optional'],
    ['signature', 'text'],
  ),
)

export const boardShape = object(
  ['goLive', 'text?'],
  ['owners', map('text')],
  ['thresholds', map(map('number'))],
  [
    'statements',
    list(
      object(
        ['id', 'text'],
        ['criterion', 'text'],
        ['text', 'text'],
        ['by', 'text'],
        ['role', 'text'],
        ['reason', 'text'],
        ['at', 'text'],
        ['expires', 'text?'],
      ),
      'id',
    ),
  ],
  [
    'limits',
    list(
      object(
        ['criterion', 'text'],
        ['from', map('number')],
        ['to', map('number')],
        ['by', 'text'],
        ['role', 'text'],
        ['reason', 'text'],
        ['at', 'text'],
      ),
    ),
    'optional',
  ],
)

export const sourcesShape = list(
  object(
    ['id', 'text'],
    ['name', 'text'],
    ['side', 'text'],
    ['format', 'text'],
    ['table', 'text'],
    ['bytes', 'number'],
    ['sha256', 'text?'],
    ['records', 'number?'],
    ['schema', 'text?'],
    [
      'reading',
      object(
        ['encoding', 'text', 'optional'],
        ['delimiter', 'text', 'optional'],
        ['quote', 'text', 'optional'],
        ['escape', 'text', 'optional'],
        ['headerRows', 'number', 'optional'],
        ['skipRows', 'number', 'optional'],
        ['nulls', list('text'), 'optional'],
        ['dateOrder', 'text', 'optional'],
        ['decimal', 'text', 'optional'],
        ['entry', 'text', 'optional'],
        ['sheet', 'text', 'optional'],
        ['tables', 'text', 'optional'],
        ['tableNumber', 'number', 'optional'],
        [
          'layout',
          object(
            ['unit', 'text'],
            ['columns', list(object(['name', 'text'], ['start', 'number'], ['width', 'number']))],
            ['recordLength', 'number', 'optional'],
          ),
          'optional',
        ],
      ),
    ],
    ['profiles', list('text'), 'optional'],
  ),
  'id',
)

export const baselineShape = list(
  object(
    ['fingerprint', 'text'],
    ['reason', 'text'],
    ['by', 'text'],
    ['expires', 'text?'],
    ['code', 'text', 'optional'],
    ['place', 'text', 'optional'],
    ['at', 'text', 'optional'],
    ['owner', 'text', 'optional'],
    ['due', 'text', 'optional'],
  ),
  'fingerprint',
)

const claimShape = object(
  ['id', 'text'],
  ['class', 'text'],
  ['domain', 'text?'],
  ['tolerablePpm', 'number'],
  ['riskPpm', 'number'],
)

export const planShape = object(
  ['format', 'text'],
  ['unit', 'text'],
  ['claims', list(claimShape, 'id')],
  [
    'strata',
    list(
      object(
        ['id', 'text'],
        ['rule', 'text'],
        ['size', 'number'],
        ['minimum', 'number'],
        ['n', 'number'],
        ['takeAll', 'flag'],
        ['booked', 'number', 'optional'],
        ['golden', 'number', 'optional'],
        ['again', 'number', 'optional'],
      ),
      'id',
    ),
  ],
  ['errorsAllowed', 'number'],
  ['secondReaderPpm', 'number'],
  ['lookSeconds', 'number'],
  ['criteria', 'text'],
  ['traps', 'number', 'optional'],
  ['calibration', 'number', 'optional'],
  ['stopping', 'text', 'optional'],
  ['blind', 'text', 'optional'],
)

export const trapsShape = list(object(['id', 'text'], ['kind', 'text'], ['domain', 'text'], ['items', list('text')]), 'id')

export const drawShape = object(
  ['seed', 'text'],
  ['rolledBy', list('text')],
  ['frame', 'text'],
  ['times', 'number'],
  ['reason', 'text?'],
  ['records', list(object(['id', 'text'], ['stratum', 'text'], ['ticket', 'text']))],
  ['tickets', 'text'],
)

export const runShape = object(
  ['id', 'text'],
  ['number', 'number'],
  ['started', 'text'],
  ['tool', 'text'],
  ['seed', 'text'],
  ['partial', 'flag'],
  [
    'inputs',
    list(
      object(
        ['name', 'text'],
        ['side', 'text'],
        ['bytes', 'number'],
        ['sha256', 'text'],
        ['reading', 'text', 'optional'],
        ['records', 'number'],
        ['status', 'text'],
      ),
    ),
  ],
  ['mapping', 'text?'],
  ['schemas', 'text'],
  ['policy', 'text'],
  [
    'findings',
    list(
      object(
        ['code', 'text'],
        ['severity', 'text'],
        ['place', 'text'],
        ['input', 'text?'],
        ['count', 'number'],
        ['denominator', 'number?'],
        ['patients', 'number?'],
        ['fingerprint', 'text'],
        ['outcome', 'text?'],
        ['withoutPatient', 'number', 'optional'],
        ['safety', 'text', 'optional'],
      ),
    ),
  ],
  ['rulesRun', 'number'],
  ['notEvaluated', list(object(['what', 'text'], ['why', 'text']))],
  [
    'pairing',
    nullable(
      ['patients', 'number'],
      ['items', 'number'],
      ['same', 'number'],
      ['sameAfterRule', 'number'],
      ['changed', 'number'],
      ['lost', 'number'],
      ['appeared', 'number'],
      ['allergyStates', map('number')],
      [
        'tables',
        map(
          object(
            ['same', 'number'],
            ['sameAfterRule', 'number'],
            ['changed', 'number'],
            ['lost', 'number'],
            ['appeared', 'number'],
          ),
        ),
        'optional',
      ],
    ),
  ],
  [
    'workflows',
    list(
      object(
        ['id', 'text'],
        ['digest', 'text'],
        ['traced', object(['of', 'number'], ['n', 'number'])],
        ['leadTime', nullable(['current', 'number'], ['future', 'number'])],
        ['replications', 'number'],
      ),
    ),
  ],
  [
    'patientsAtRisk',
    list(object(['side', 'text?'], ['patients', 'number'], ['of', 'number?'], ['bySafety', map('number')])),
    'optional',
  ],
  ['severityRules', 'text', 'optional'],
)

export const keyShape = object(
  ['id', 'text'],
  ['actor', 'text'],
  ['name', 'text'],
  ['role', 'text'],
  ['device', 'text'],
  ['created', 'text'],
  ['publicKey', 'json'],
)

const moment = object(['wall', 'text'], ['counter', 'number'])

/** Members every line of `review/verdicts.jsonl` has; the rest depends on `kind`. */
export const eventShape = object(['kind', 'text'], ['id', 'text'], ['at', moment], ['by', 'text'], ['record', 'text'])

const sectionShape = object(['section', 'text'], ['seconds', 'number'], ['entries', 'number'], ['words', 'number'])

export const eventShapes = new Map([
  [
    'difference',
    object(
      ['item', 'text'],
      ['domain', 'text'],
      ['class', 'text'],
      ['verdict', 'text'],
      ['reason', 'text?'],
      ['fields', list('text'), 'optional'],
      ['cause', 'text', 'optional'],
      ['comment', 'text', 'optional'],
    ),
  ],
  [
    'record',
    object(
      ['verdict', 'text'],
      ['differences', 'number'],
      ['reading', 'text'],
      ['seconds', 'number'],
      ['comment', 'text?'],
      ['sections', list('text'), 'optional'],
      ['notes', 'text', 'optional'],
    ),
  ],
  ['section-opened', sectionShape],
  ['section-confirmed', sectionShape],
  ['skip', object()],
  ['undo', object(['undoes', 'text'])],
])

/** Lines of `review/calibration.jsonl`, by `kind`. */
export const calibrationShapes = new Map([
  ['answer', object(['id', 'text'], ['at', moment], ['by', 'text'], ['record', 'text'], ['defect', 'flag'], ['flagged', 'flag'])],
  ['skip', object(['id', 'text'], ['at', moment], ['by', 'text'], ['reason', 'text'])],
])
