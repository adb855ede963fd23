/** Members of a signed page: what has another shape is no signature. */
import { type Field, list, map, nullable, object } from '../format/shape.ts'

const acceptedWorkShape: Field = list(
  object(['device', 'text'], ['entries', 'number'], ['by', 'text'], ['reason', 'text'], ['at', 'text']),
)

const waiversShape: Field = list(object(['duty', 'text'], ['by', 'text'], ['reason', 'text'], ['at', 'text']))

export const payloadShape: Field = object(
  ['format', 'text'],
  ['rules', 'number', 'optional'],
  ['statement', 'text'],
  ['meaning', 'text'],
  ['part', 'flag', 'optional'],
  ['name', 'text'],
  ['role', 'text'],
  ['time', 'text'],
  ['project', object(['id', 'text'], ['name', 'text'], ['legacy', 'text'], ['target', 'text'])],
  ['head', object(['digest', 'text'], ['devices', list(object(['device', 'text'], ['size', 'number'], ['root', 'text']))])],
  [
    'digests',
    object(
      ['frame', 'text?'],
      ['plan', 'text?'],
      ['mapping', 'text'],
      ['sources', 'text'],
      ['run', 'text?'],
      ['sample', 'text?'],
      ['verdicts', 'text'],
      ['baseline', 'text', 'optional'],
    ),
  ],
  ['run', nullable(['id', 'text'], ['number', 'number'])],
  [
    'draw',
    nullable(
      ['seed', 'text'],
      ['rolledBy', list('text')],
      ['times', 'number'],
      ['total', 'number', 'optional'],
      ['reason', 'text?'],
      ['first', 'number', 'optional'],
    ),
  ],
  ['population', 'number'],
  [
    'claims',
    list(
      object(
        ['claim', 'text'],
        ['class', 'text'],
        ['domain', 'text?'],
        ['tolerablePpm', 'number'],
        ['riskPpm', 'number'],
        ['size', 'number'],
        ['n', 'number'],
        ['x', 'number'],
        ['mustSee', 'number'],
        ['mustSeeWrong', 'number'],
        ['upper', 'number'],
        ['holds', 'flag'],
      ),
    ),
  ],
  ['progress', map('number')],
  [
    'double',
    nullable(['wanted', 'number'], ['read', 'number'], ['disagreements', 'number'], ['adjudicated', 'number']),
    'optional',
  ],
  [
    'agreement',
    nullable(
      ['records', 'number'],
      ['percent', 'number'],
      ['ac1', 'number'],
      ['low', 'number'],
      ['high', 'number'],
      ['kappa', 'number'],
      ['onErrors', 'number?'],
      ['gate', 'text'],
    ),
    'optional',
  ],
  [
    'sensitivity',
    nullable(
      ['seeded', 'number'],
      ['caught', 'number'],
      ['readers', list(object(['reader', 'text'], ['seeded', 'number'], ['caught', 'number']))],
    ),
    'optional',
  ],
  [
    'calibration',
    nullable([
      'readers',
      list(
        object(
          ['reader', 'text'],
          ['defects', 'number'],
          ['caught', 'number'],
          ['clean', 'number'],
          ['falseAlarms', 'number'],
          ['skipped', list('text')],
        ),
      ),
    ]),
    'optional',
  ],
  [
    'attention',
    list(
      object(
        ['reader', 'text'],
        ['records', 'number'],
        ['sections', 'number'],
        ['tooQuick', 'number'],
        ['unconfirmed', 'number'],
        ['unopened', 'number'],
      ),
    ),
    'optional',
  ],
  ['blind', 'text', 'optional'],
  ['unblinded', list(object(['reader', 'text'], ['records', 'number'], ['verdicts', 'number'])), 'optional'],
  ['readers', list(object(['reader', 'text'], ['records', 'number']))],
  ['notes', list(object(['reader', 'text'], ['hidden', 'number'], ['open', 'number'], ['unknown', 'number'])), 'optional'],
  ['people', list(object(['reader', 'text'], ['name', 'text'])), 'optional'],
  ['reads', list(object(['reader', 'text'], ['records', 'number'], ['second', 'number'], ['decided', 'number'])), 'optional'],
  ['signer', 'text', 'optional'],
  ['reason', 'text', 'optional'],
  ['open', object(['critical', 'number'], ['error', 'number'], ['warning', 'number'], ['info', 'number'])],
  ['accepted', list(object(['fingerprint', 'text'], ['reason', 'text'], ['by', 'text']))],
  [
    'hazards',
    object(
      [
        'states',
        object(
          ['open', list('number')],
          ['controlled', list('number')],
          ['accepted', list('number')],
          ['closed', list('number')],
        ),
      ],
      ['signed', 'flag'],
    ),
    'optional',
  ],
  ['covers', list('text')],
  ['tool', 'text'],
  [
    'forks',
    list(
      object(['device', 'text'], ['seq', 'number'], ['by', 'text'], ['reason', 'text'], ['at', 'text'], ['entries', 'number']),
    ),
    'optional',
  ],
  ['waivers', waiversShape, 'optional'],
  ['held', acceptedWorkShape, 'optional'],
  ['keyReplaced', 'text', 'optional'],
)

/** As pages print it. */
export type AcceptedWork = {
  readonly device: string
  readonly entries: number
  readonly by: string
  readonly reason: string
  /** RFC 3339. */
  readonly at: string
}

/** As pages print it. */
export type Waiver = {
  readonly duty: string
  readonly by: string
  readonly reason: string
  /** RFC 3339. */
  readonly at: string
}
