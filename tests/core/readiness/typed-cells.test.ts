/** What was typed by hand is known after the file was uploaded again, by cell, and said where the file is judged. */
import { expect, test } from 'vitest'
import { digestOf } from '../../../src/core/canonical.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { inputPath } from '../../../src/core/readiness/input-files/files.ts'
import { withInput, withoutInput } from '../../../src/core/readiness/kept-files/keep-input.ts'
import { fileOrigin, originSentence } from '../../../src/core/readiness/kept-files/origin.ts'
import { typedCells, typedWords } from '../../../src/core/readiness/kept-files/typed-cells.ts'
import { project } from './example-project.ts'

const head = 'id,goal,measure,baseline,target'
const goals = (baseline: number, more = ''): string =>
  `${head}\nG1,Faster refills,hours,${baseline},8\nG2,Fewer calls,calls,140,90\n${more}`
const bare: Project = { ...project, other: new Map(), private: new Map() }
const put = (held: Project, text: string, whole: boolean, reason = ''): Project =>
  withInput(held, 'goals', text, {
    whole,
    hide: (n) => n,
    hand: { device: 'd1', actor: 'lead', wall: '2026-07-19T08:00:00+02:00' },
    reason,
  })
const said = (held: Project): string =>
  originSentence(fileOrigin(held, 'goals', digestOf(new TextDecoder().decode(held.other.get(inputPath('goals')))), null))

test('a whole line that was added is told in words, without empty cells, line breaks and raw days', () => {
  const added = put(put(bare, goals(29), true), goals(29, '2027-02-01,,"two\nlines",71,\n'), false)
  expect(said(added)).toContain('a line added: 01-Feb-2027, two lines, 71; no reason is given')
})

const edited = put(put(bare, goals(29), true), goals(12), false, 'phone call')

test('an upload that brings the typed cell back says so, one without it does not', () => {
  const again = put(edited, goals(12), true)
  expect(typedCells(again, 'goals').cells).toMatchObject([
    { line: 2, column: 'baseline', from: '29', to: '12', stands: true, edit: { by: 'lead', reason: 'phone call' } },
  ])
  expect(said(again)).toContain('nobody signed where it comes from; 1 cell of it was typed by hand before')
  const clean = put(edited, goals(29), true)
  expect(typedCells(clean, 'goals').cells.map(({ stands }) => stands)).toEqual([false])
  expect(typedWords(typedCells(clean, 'goals'))).toBeNull()
  expect(said(clean)).toMatch(/nobody signed where it comes from$/)
})

test('the last act of a cell counts, a line that was added is found by its words, and no file hides what was removed', () => {
  const back = put(put(edited, goals(29), false), goals(29, 'G3,Fuller records,percent,71,90\n'), false)
  const again = put(back, goals(29, 'G3,Fuller records,percent,71,90\n'), true)
  expect(typedCells(again, 'goals').cells.map(({ line, to, stands }) => [line, to, stands])).toEqual([
    [2, '29', true],
    [null, expect.stringContaining('Fuller records'), true],
  ])
  const removed = put(
    withoutInput(edited, ['goals'], { device: 'd1', actor: 'lead', wall: '2026-07-20T08:00:00Z' }),
    goals(12),
    true,
  )
  expect(said(removed)).toContain('it was changed by hand 1 time before, in words that were removed')
})
