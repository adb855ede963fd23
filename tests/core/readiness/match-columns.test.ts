/** A file of the clinic whose columns have other names: what is asked, what is proposed, and what is read once it is answered. */
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { inputFiles } from '../../../src/core/readiness/input-files/files.ts'
import {
  columnChoices,
  proposedMatch,
  unmatchedColumns,
  withColumnNames,
} from '../../../src/core/readiness/input-files/match-columns.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'

const file = inputFiles.milestones
const text = 'Milestone;Planned date;Reached;Owner\n"go-live";2027-01-31;;"Lead; deputy"\n'

test('needed columns that are not named are asked for, with a proposal by name, and the file is then read', () => {
  const unmatched = unmatchedColumns(file, text)
  expect(unmatched).toEqual({ missing: ['planned_on'], optional: ['done_on'], free: ['Planned date', 'Reached', 'Owner'] })
  if (!unmatched) throw new Error('nothing asked')
  const match = proposedMatch(file, unmatched, {})
  expect(match).toEqual({ planned_on: 'Planned date', done_on: 'Reached' })
  const read = readInput(file, withColumnNames(text, match))
  expect(read.missing).toEqual([])
  expect(read.rows).toMatchObject([{ milestone: 'go-live', planned_on: '2027-01-31', done_on: null }])
  expect(read.unknown).toEqual(['Owner'])
})

test('each record stays in the line of its file, behind blank lines and cells of several lines', () => {
  const given = '\n\nMilestone;Planned date;Owner\n\n"go-live";2027-01-31;"a\nb"\n\n\ntraining;soon;c\n'
  const read = readInput(file, withColumnNames(given, { planned_on: 'Planned date' }))
  const line = given.split('\n').findIndex((one) => one.startsWith('training')) + 1
  expect(read.problems.map((one) => one.line)).toEqual([line])
})

test('what was said of the last file comes before the likeness of names, and each name is one column', () => {
  const unmatched = unmatchedColumns(file, 'milestone,Termin,Planned date\ngo-live,2027-01-31,x\n')
  if (!unmatched) throw new Error('nothing asked')
  expect(proposedMatch(file, unmatched, { planned_on: 'Termin' })).toEqual({ planned_on: 'Termin' })
  expect(proposedMatch(file, unmatched, { planned_on: 'gone' })).toEqual({ planned_on: 'Planned date' })
})

test('nothing is asked where every needed column is named, or no name is left that could be meant', () => {
  expect(unmatchedColumns(file, 'milestone,planned_on,Owner\n')).toBeNull()
  expect(unmatchedColumns(file, 'milestone\n')).toBeNull()
})

test('nothing is proposed for a column that no name resembles; choices that can not be read are none', () => {
  const unmatched = unmatchedColumns(file, 'milestone,Zx,Qy\n')
  expect(unmatched && proposedMatch(file, unmatched, {})).toEqual({})
  expect(columnChoices(utf8('{"milestones": 3}'))).toEqual({})
  expect(columnChoices(utf8('{"milestones": {"planned_on": "Termin"}}'))).toEqual({ milestones: { planned_on: 'Termin' } })
})
