/** Input files as a project keeps them: added, changed a row at a time, removed and brought back, each as an entry of the ledger. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { ledgerTrouble } from '../../../src/core/project/verify/ledger-trouble.ts'
import { assess } from '../../../src/core/readiness/board/board.ts'
import { criteria } from '../../../src/core/readiness/criteria/index.ts'
import { recordsOf, withCell, withRecords } from '../../../src/core/readiness/input-files/edit-input.ts'
import { type InputKind, inputFiles, inputKindNames, inputPath } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'
import { exampleKinds, examplesPath } from '../../../src/core/readiness/kept-files/examples.ts'
import { goLiveNamed } from '../../../src/core/readiness/kept-files/go-live-moves.ts'
import {
  editableText,
  filesOf,
  privatePath,
  withExamples,
  withInput,
  withInputsBack,
  withoutInput,
} from '../../../src/core/readiness/kept-files/keep-input.ts'
import { makeReport, writeReport } from '../../../src/core/readiness/reports/index.ts'
import { asOf, project, verified } from './example-project.ts'
import { readyProject } from './ready-project.ts'

const hand = { device: 'd1', actor: 'lead', wall: '2026-07-19T08:00:00+02:00' }
const hide = (number: string): string => createHash('sha256').update(`salt ${number}`).digest('hex')
const bare: Project = { ...project, other: new Map(), private: new Map() }
const textOf = (files: ReadonlyMap<string, Uint8Array>, path: string): string => new TextDecoder().decode(files.get(path))
const filesIn = (held: Project, kind: InputKind) => Object.fromEntries(filesOf(held, kind))
const put = (held: Project, kind: InputKind, text: string, whole = true) => withInput(held, kind, text, { whole, hide, hand })

describe.each(inputKindNames)('%s', (kind) => {
  const file: InputFile = inputFiles[kind]
  const given = file.example
    .replace('\n', ',own note\n')
    .replace(/\n(?=.)/g, ',zz seen\n')
    .replace(',own note,zz seen', ',own note')
  const added = put(bare, kind, given)

  test('a row is added, changed and removed by hand, and each act taken back brings the same bytes', () => {
    const text = editableText(added, kind) ?? ''
    const [first] = Object.keys(file.columns)
    const rows = (held: Project) => readInput(file, textOf(held.other, inputPath(kind)))
    const [one = new Map<string, string>()] = recordsOf(text)
    const key = file.key?.[0] ?? first ?? ''
    const more = put(
      added,
      kind,
      withRecords(text, [
        new Map([...one, [key, file.columns[key]?.type === 'day' ? '2026-01-01' : (file.columns[key]?.choices?.[1] ?? '7')]]),
      ]),
      false,
    )
    expect(rows(more).rows.length).toBe(3)
    const changed = put(added, kind, withCell(text, 1, 'own_note', 'called twice'), false)
    expect(rows(changed).rows).toEqual(rows(added).rows)
    expect(editableText(changed, kind)).toContain('called twice')
    const fewer = put(added, kind, `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`, false)
    expect(rows(fewer).rows.length).toBe(1)
    const gone = withoutInput(added, [kind], hand)
    expect(Object.values(filesIn(gone, kind)).every((bytes) => bytes === null)).toBe(true)
    for (const after of [more, changed, fewer, gone]) {
      // An edit that changes a cell of the board names it as well, with old and new value; nothing of it stays once the file is removed.
      // The day of go-live is named with every file of milestones.
      const acts = after.ledger.slice(added.ledger.length).filter(({ action }) => action !== goLiveNamed)
      const [act, ...more] = acts.map(({ action }) => action)
      expect(act).toBe(after === gone ? 'input-removed' : 'input-edited')
      expect(more.every((action) => action === 'cells-edited') && more.length <= 1).toBe(true)
      expect([...after.other.keys()].some((path) => path.startsWith(`readiness/edits/${kind}-`))).toBe(more.length === 1)
      const back = withInputsBack(after, [kind], added, hand)
      expect(filesIn(back, kind)).toEqual(filesIn(added, kind))
      expect(back.ledger.findLast(({ action }) => action !== goLiveNamed)).toMatchObject({
        action: 'input-restored',
        object: inputPath(kind),
      })
      expect(ledgerTrouble(back.ledger)).toBeNull()
    }
    expect(gone.ledger.at(-1)).toMatchObject({ action: 'input-removed', digest: digestOf(textOf(added.other, inputPath(kind))) })
  })

  test('own columns and numbers of persons stay in the original, and only there', () => {
    expect(textOf(added.other, inputPath(kind))).not.toContain('zz seen')
    expect(textOf(added.private, privatePath(kind))).toBe(given)
    const edited = put(added, kind, editableText(added, kind) ?? '', false)
    const known = (text: string) => recordsOf(text).map((record) => Object.fromEntries([...record].sort()))
    expect(known(textOf(edited.private, privatePath(kind)))).toEqual(
      known(given).map((record) =>
        Object.fromEntries(
          Object.keys(file.columns)
            .concat('own_note')
            .filter((name) => name in record)
            .sort()
            .map((name) => [name, record[name]]),
        ),
      ),
    )
    expect(textOf(edited.other, inputPath(kind))).toBe(textOf(added.other, inputPath(kind)))
    // What was given first is still there, byte for byte.
    const originals = [...edited.private].filter(([path]) => path.startsWith(`private/readiness/originals/${kind}-`))
    expect(originals.map(([, bytes]) => new TextDecoder().decode(bytes))).toEqual([given])
  })
})

const sample = new Map(inputKindNames.map((kind) => [kind, textOf(readyProject([]).other, inputPath(kind))] as const))
const empty: Project = { ...readyProject([]), other: new Map(), private: new Map() }
const taken = withExamples(empty, sample, hide, hand)
const withoutList = (held: Project): Project => {
  const other = new Map(held.other)
  other.delete(examplesPath)
  return { ...held, other }
}
const proven = (held: Project) =>
  assess(held, asOf, null, criteria, verified)
    .phases.flatMap((phase) => phase.criteria)
    .filter(({ state, criterion }) => state === 'proven' && criterion.needs.some((kind) => sample.has(kind as InputKind)))

test('examples are known by the ledger: without their list, edited, removed and brought back, or given again they prove nothing', () => {
  expect(exampleKinds(taken)).toEqual(inputKindNames)
  expect(proven(withoutList(taken))).toEqual([])
  const edited = put(taken, 'goals', `${textOf(taken.other, inputPath('goals'))}G9,More,calls,1,2,higher,Lead\n`, false)
  expect(exampleKinds(withoutList(edited))).toEqual(inputKindNames)
  const back = withInputsBack(withoutInput(taken, ['goals'], hand), ['goals'], taken, hand)
  expect(exampleKinds(withoutList(back))).toEqual(inputKindNames)
  const again = put(taken, 'goals', textOf(taken.other, inputPath('goals')))
  expect(exampleKinds(again)).toEqual(inputKindNames)
  // The same rows the other way round, columns too, with spaces between; taken out first or not.
  const turned =
    sample
      .get('goals')
      ?.trimEnd()
      .split('\n')
      .map((line) => line.split(',').toReversed().join(' , ')) ?? []
  const text = `${[turned[0], ...turned.slice(1).toReversed()].join('\n')}\n`
  expect(readInput(inputFiles.goals, text).rows.length).toBe(turned.length - 1)
  for (const held of [taken, withoutInput(taken, ['goals'], hand)])
    expect(exampleKinds(withoutList(put(held, 'goals', text)))).toEqual(inputKindNames)
  expect(
    exampleKinds(withoutList(put(taken, 'goals', `${text}${'9,'.repeat(turned[0]?.split(',').length ?? 0)}`.slice(0, -1)))),
  ).not.toContain('goals')
  const own = put(taken, 'goals', inputFiles.goals.example)
  for (const held of [own, withoutList(own)])
    expect(exampleKinds(held)).toEqual(inputKindNames.filter((kind) => kind !== 'goals'))
})

test('reports leave example files out and say so, and use own ones', () => {
  const [words, marks] = ['example files of a fictional clinic', ['Reports', 'Pharmacist']]
  for (const kind of ['outcomes', 'hand-over', 'monthly'] as const) {
    const [own, example] = [readyProject([]), withoutList(taken)].map((held) =>
      writeReport(makeReport(kind, held, asOf, verified), 'text'),
    )
    expect(own).not.toContain(words)
    expect(example).toContain(words)
    if (kind === 'hand-over') {
      expect(own).toContain(marks[0])
      expect(JSON.stringify(makeReport(kind, taken, asOf).data)).not.toContain(marks[1])
    }
  }
  const data = JSON.stringify(makeReport('outcomes', taken, asOf).data)
  expect(data).toContain('"goals":[]')
  expect(JSON.stringify(makeReport('outcomes', readyProject([]), asOf).data)).not.toContain('"goals":[]')
})

test('the same text saved or added again makes no file younger, whatever its kind', () => {
  const dates = (of: Project) =>
    new Map(
      assess(of, asOf, null, criteria, verified).phases.flatMap((phase) =>
        phase.criteria.flatMap((each) => each.evidence.map(({ kind, date }) => [kind, date] as const)),
      ),
    )
  const later = { ...hand, wall: `${asOf}T12:00:00Z` }
  let ready = readyProject([])
  for (const kind of inputKindNames) ready = put(ready, kind, textOf(ready.other, inputPath(kind)))
  let saved = ready
  for (const kind of inputKindNames)
    for (const whole of [false, true])
      saved = withInput(saved, kind, textOf(ready.other, inputPath(kind)), { whole, hide, hand: later })
  const [before, after] = [dates(ready), dates(saved)]
  for (const kind of inputKindNames) {
    expect(textOf(saved.other, inputPath(kind)), kind).toBe(textOf(ready.other, inputPath(kind)))
    expect([kind, after.get(kind)]).toEqual([kind, before.get(kind)])
  }
  const other = withInput(ready, 'goals', withCell(textOf(ready.other, inputPath('goals')), 0, 'owner', 'Somebody'), {
    whole: false,
    hide,
    hand: later,
  })
  expect(dates(other).get('goals')?.slice(0, 10)).toBe(asOf)
})
