/** Agreements: a name bound by the ledger to the words agreed to; whatever changes in them, or lacks, proves nothing and is said. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/project.ts'
import { type AgreedKind, agree, standingAgreement } from '../../../src/core/readiness/agreements.ts'
import { assess } from '../../../src/core/readiness/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { recordsOf, withCell, withRecords } from '../../../src/core/readiness/input-files/edit-input.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const ready = readyProject([])
const hand = { device: 'd9', actor: 'chief', wall: '2026-07-19T08:00:00Z' }
const codes: Readonly<Record<AgreedKind, string>> = { rollback: 'rollback-plan', pilot: 'pilot', 'stop-rules': 'stop-rules' }
const judged = (project: Project, kind: AgreedKind) => {
  const rules = criteria.filter(({ code }) => code === `readiness/${codes[kind]}`)
  const [each] = assess(project, asOf, null, rules, verified).phases.flatMap((phase) => phase.criteria)
  return { state: each?.state, reason: each?.reason ?? '' }
}
const textOf = (project: Project, kind: AgreedKind): string => new TextDecoder().decode(project.other.get(inputPath(kind)))
const changed = (kind: AgreedKind, text: string): Project => ({
  ...ready,
  other: new Map(ready.other).set(inputPath(kind), utf8(text)),
})

test.each([
  [
    'rollback',
    'minutes',
    '99',
    /^it is not what Medical director \(owner\) agreed to on 01-Sep-2025: order 1: minutes is “99”, agreed was “\d+”$/,
  ],
  ['rollback', 'no_return', 'yes', /no return is “yes”/],
  ['pilot', 'most_drop', '50', /most drop is “50”, agreed was “5”/],
  ['stop-rules', 'limit', '1000', /limit is “1000”, agreed was/],
] as const)('a change of %s, %s, makes it stale and says what was agreed', (kind, column, cell, words) => {
  expect(judged(ready, kind).state).toBe('proven')
  const other = changed(kind, withCell(textOf(ready, kind), 0, column, cell))
  expect(judged(other, kind)).toEqual({ state: 'stale', reason: expect.stringMatching(words) })
})

test('a line that is added or gone is named; what was measured since may change', () => {
  const text = textOf(ready, 'stop-rules')
  const [first = new Map<string, string>()] = recordsOf(text)
  const more = changed('stop-rules', withRecords(text, [new Map([...first, ['id', 'S9']])]))
  expect(judged(more, 'stop-rules').reason).toContain('id S9 was added')
  const fewer = changed('stop-rules', text.trimEnd().split('\n').slice(0, -1).join('\n'))
  expect(judged(fewer, 'stop-rules').reason).toMatch(/: id \S+ is gone$/)
  expect(judged(changed('stop-rules', withCell(text, 0, 'highest', '0')), 'stop-rules').state).toBe('proven')
})

test.each(['rollback', 'pilot', 'stop-rules'] as const)(
  '%s without a name in the ledger, or with words written past it, proves nothing',
  (kind) => {
    const path = [...ready.other.keys()].find((each) => each.startsWith(`readiness/agreements/${kind}-`)) ?? ''
    const nobody = 'nobody has agreed to it by name: open the file and agree'
    const without = { ...ready, ledger: ready.ledger.filter(({ object }) => object !== path) }
    expect(judged(without, kind)).toEqual({ state: 'stale', reason: nobody })
    const forged = new TextDecoder().decode(ready.other.get(path)).replace('Medical director', 'Somebody else')
    expect(judged({ ...ready, other: new Map(ready.other).set(path, utf8(forged)) }, kind)).toEqual({
      state: 'stale',
      reason: nobody,
    })
  },
)

test('agreeing anew binds the present words; a rule agreed to after its numbers, and signatures under an earlier plan, do not count', () => {
  const person = { name: 'Chief nurse', role: 'owner' }
  const anew = (kind: AgreedKind): Project => {
    const next = agree(ready, kind, person, hand)
    if (typeof next === 'string') throw new Error(next)
    return next
  }
  expect(standingAgreement(anew('rollback'), 'rollback')).toMatchObject({ agreement: { name: 'Chief nurse' }, changes: [] })
  expect(judged(anew('rollback'), 'rollback').reason).toMatch(/ signed on .*, the present plan was agreed to on 19-Jul-2026$/)
  expect(judged(anew('pilot'), 'pilot').reason).toMatch(/^the rule was agreed to on 19-Jul-2026, the data begin on /)
  expect(judged(anew('stop-rules'), 'stop-rules').reason).toMatch(/^it was agreed to on 19-Jul-2026, go-live is /)
  expect(agree(ready, 'pilot', { name: ' ', role: 'owner' }, hand)).toBe('An agreement names a person and a role.')
  const empty = { ...ready, other: new Map<string, Uint8Array<ArrayBuffer>>() }
  expect(agree(empty, 'pilot', person, hand)).toContain('nothing to agree to')
})
