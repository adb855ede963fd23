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
  verdicts: 'review/verdicts.jsonl',
  ledger: 'ledger.jsonl',
  /** Key salt, lower-case hex, in `{"salt": "…"}`. */
  salt: 'private/salt.json',
  /** Comments of readers by SHA-256 of their text. */
  comments: 'private/comments.json',
  /** Record keys by keyed hash, and names of readers by slug. */
  roster: 'private/roster.json',
} as const

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
      ),
    ],
  ),
  'id',
)

export const baselineShape = list(
  object(['fingerprint', 'text'], ['reason', 'text'], ['by', 'text'], ['expires', 'text?']),
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
      ),
      'id',
    ),
  ],
  ['errorsAllowed', 'number'],
  ['secondReaderPpm', 'number'],
  ['lookSeconds', 'number'],
  ['criteria', 'text'],
)

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

export const eventShapes = new Map([
  ['difference', object(['item', 'text'], ['domain', 'text'], ['class', 'text'], ['verdict', 'text'], ['reason', 'text?'])],
  [
    'record',
    object(['verdict', 'text'], ['differences', 'number'], ['reading', 'text'], ['seconds', 'number'], ['comment', 'text?']),
  ],
  ['skip', object()],
  ['undo', object(['undoes', 'text'])],
])
