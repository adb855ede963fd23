/** Agreements: a name bound by the ledger to the words agreed to; whatever changes in them, or lacks, proves nothing and is said. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { type AgreedKind, agree, agreedKinds, standingAgreement } from '../../../src/core/readiness/evidence/agreements.ts'
import { recordsIn } from '../../../src/core/readiness/input-files/csv-records.ts'
import { recordsOf, withCell, withRecords } from '../../../src/core/readiness/input-files/edit-input.ts'
import { agreementsPath, inputFiles, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { csvText } from '../../../src/core/readiness/input-files/write-input.ts'
import { withExamples, withInputsBack, withoutInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { asOf, verified } from './example-project.ts'
import { readyProject, withFile } from './ready-project.ts'

const ready = readyProject([])
const hand = { device: 'd9', actor: 'chief-nurse', wall: '2026-07-19T08:00:00Z' }
const codes: Readonly<Record<AgreedKind, string>> = { rollback: 'rollback-plan', pilot: 'pilot', 'stop-rules': 'stop-rules' }
const rowOf = (project: Project, kind: AgreedKind) => {
  const rules = criteria.filter(({ code }) => code === `readiness/${codes[kind]}`)
  return assess(project, asOf, null, rules, verified).phases.flatMap((phase) => phase.criteria)[0]
}
const judged = (project: Project, kind: AgreedKind) => {
  const each = rowOf(project, kind)
  return { state: each?.state, reason: each?.reason ?? '' }
}
const textOf = (project: Project, kind: AgreedKind): string => new TextDecoder().decode(project.other.get(inputPath(kind)))
const changed = (kind: AgreedKind, text: string): Project => withFile(ready, kind, text)

test.each([
  [
    'rollback',
    'minutes',
    '99',
    /^it is not what Medical director \(owner\) agreed to on 01-Sep-2025: order 1, [^:]+: minutes is “99”, agreed was “\d+”$/,
  ],
  ['rollback', 'no_return', 'yes', /no return is “yes”/],
  ['pilot', 'most_drop', '50', /most drop is “50”, agreed was “5”/],
  ['pilot', 'baseline_met', '1', /baseline met is “1”, agreed was/],
  ['pilot', 'baseline_of', '100000', /baseline of is “100000”, agreed was/],
  ['pilot', 'data_from', '2026-08-01', /data from is “2026-08-01”, agreed was/],
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

test.each(['rollback', 'pilot', 'stop-rules'] as const)('in %s no line can be put anywhere beside those agreed to', (kind) => {
  const { head, records } = recordsIn(textOf(ready, kind))
  const lines = records.map(({ cells }) => cells)
  // A line like any that is there, with any one cell of it another: whatever it changes or hides behind, something is said.
  for (const [at, line] of lines.entries())
    for (let column = -1; column < head.length; column++) {
      const other = column < 0 ? line : line.with(column, `${line[column]}1`)
      for (const place of [0, at, at + 1, lines.length]) {
        const held = changed(kind, csvText([head, ...lines.toSpliced(place, 0, other)]))
        expect([column, place, judged(held, kind).state]).not.toEqual([column, place, 'proven'])
        expect(standingAgreement(held, kind)?.changes).not.toEqual([])
      }
    }
})

test('the clock of the ledger dates an agreement, and its name is that of who acts', () => {
  const person = { name: 'Chief nurse', role: 'owner' }
  const agreed = (by: object, key: readonly string[] = [], on: object = { actor: 'chief-nurse', device: 'd9' }) => {
    const keys = key.map((name) => ({ ...ready.keys[0], id: name, name, ...on }) as Project['keys'][number])
    return agree({ ...ready, keys }, 'pilot', person, { ...hand, ...by })
  }
  // Another clock, years behind: the ledger has seen a later day.
  const late = agreed({ wall: '2025-01-01T08:00:00Z' })
  if (typeof late === 'string') throw new Error(late)
  expect(standingAgreement(late, 'pilot')?.at.slice(0, 10)).toBe(ready.ledger.at(-1)?.time.wall.slice(0, 10))
  expect(judged(late, 'pilot').state).toBe('stale')
  expect(agreed({ actor: 'unnamed' })).toBe('Say who agrees: the ledger names a person.')
  expect(agreed({}, ['Somebody else'])).toBe('chief-nurse signs as Somebody else and can not agree as Chief nurse.')
  // The role is that of the key, and the key is on the device that agrees.
  const keyed = agreed({}, ['Chief nurse'], { actor: 'chief-nurse', device: 'd9', role: 'reviewer' })
  if (typeof keyed === 'string') throw new Error(keyed)
  expect(standingAgreement(keyed, 'pilot')?.agreement.role).toBe('reviewer')
  expect(agreed({ device: 'stranger' }, ['Chief nurse'])).toMatch(/^Chief nurse has a key on another device/)
  expect(agreed({}, ['Chief nurse'], { actor: 'owner', device: 'd9' })).toMatch(/can not agree as Chief nurse/)
  const elsewhere = keyed.ledger.map((each) => (each.actor === 'chief-nurse' ? { ...each, device: 'stranger' } : each))
  expect(standingAgreement({ ...keyed, ledger: elsewhere }, 'pilot')).toBeNull()
  expect(agreed({ actor: 'zzz-nobody' })).toBe('zzz-nobody acts here and can not agree as Chief nurse.')
  // The same where the entry was written past the question.
  for (const actor of ['unnamed', 'zzz-nobody']) {
    const ledger = ready.ledger.map((each) => (each.action === 'agreed' ? { ...each, actor } : each))
    for (const kind of agreedKinds) expect(standingAgreement({ ...ready, ledger }, kind)).toBeNull()
  }
})

test('agreeing anew to data of a later day does not undo those that were there', () => {
  const text = textOf(ready, 'pilot')
  let moved = text
  for (const place of recordsOf(text).keys()) moved = withCell(moved, place, 'data_from', '2026-07-20')
  const anew = agree(changed('pilot', moved), 'pilot', { name: 'Chief nurse', role: 'owner' }, hand)
  if (typeof anew === 'string') throw new Error(anew)
  expect(standingAgreement(anew, 'pilot')?.changes).toEqual([])
  expect(judged(anew, 'pilot').reason).toMatch(/^the rule was agreed to on 19-Jul-2026, the data begin on (?!20-Jul-2026)/)
})

test.each(['rollback', 'pilot', 'stop-rules'] as const)(
  '%s without a name in the ledger, or with words written past it, proves nothing',
  (kind) => {
    const path = [...ready.other.keys()].find((each) => each.startsWith(`readiness/agreements/${kind}-`)) ?? ''
    const nobody = 'nobody has agreed to it by name: open the file and agree'
    const without = { ...ready, ledger: ready.ledger.filter(({ object }) => object !== path) }
    expect(judged(without, kind)).toEqual({ state: 'stale', reason: nobody })
    expect(rowOf(without, kind)?.action).toEqual({
      label: `Agree to it as it stands: ${inputFiles[kind].title.toLowerCase()}`,
      route: `/readiness/inputs?kind=${kind}&agree`,
    })
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
  const example = withExamples(empty, new Map([['pilot', textOf(ready, 'pilot')]]), (number) => number, hand)
  expect(agree(example, 'pilot', person, hand)).toContain('example of a fictional clinic')
})

test('a file that is removed takes what was agreed to in it with it, and brings it back', () => {
  for (const kind of agreedKinds) {
    const agreedRows = [...ready.other].filter(([path]) => path.startsWith(agreementsPath(kind)))
    expect(agreedRows.length).toBeGreaterThan(0)
    const gone = withoutInput(ready, [kind], hand)
    const left = [...gone.other.keys()].filter((path) => path.startsWith(agreementsPath(kind)) || path === inputPath(kind))
    expect([kind, left]).toEqual([kind, []])
    // Agreements to other files stay.
    for (const each of agreedKinds) if (each !== kind) expect(standingAgreement(gone, each)?.changes).toEqual([])
    const back = withInputsBack(gone, [kind], ready, hand)
    expect(standingAgreement(back, kind)).toEqual(standingAgreement(ready, kind))
  }
})
