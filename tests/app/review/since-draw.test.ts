import { expect, test } from 'vitest'
import { changedSinceDraw } from '../../../src/app/workspace/since-draw.ts'
import { appendEntries } from '../../../src/core/project/ledger.ts'
import type { Project } from '../../../src/core/project/project.ts'
import type { Draw } from '../../../src/core/review/draw.ts'
import { exampleProject, exampleRun } from '../../core/project/example-project.ts'

const draw: Draw = { seed: '0'.repeat(20), rolledBy: ['a'], frame: '', times: 1, reason: null, records: [], tickets: '' }

function reviewed(): Project {
  const project = exampleProject()
  const drafts = [
    { action: 'run-finished', object: `runs/${exampleRun.id}/summary.json` },
    { action: 'sample-drawn', object: 'review/draw.json' },
  ].map((act) => ({ ...act, device: 'd1', time: { wall: '2026-03-02T08:00:00+01:00', counter: 1 }, actor: 'a', digest: null }))
  return { ...project, ledger: appendEntries(project.ledger, drafts), review: { ...project.review, draw } }
}

test('a sample speaks about the data it was drawn from until a source or the mapping changes', () => {
  const project = reviewed()
  expect(changedSinceDraw(project)).toBeNull()
  const sources = project.sources.map((source) => ({ ...source, sha256: 'sha256:other' }))
  expect(changedSinceDraw({ ...project, sources })).toMatch(/^allergies.csv changed since the sample was drawn from run #1/)
  const runs = [...project.runs, { ...exampleRun, id: 'run-2', number: 2, mapping: 'sha256:other' }]
  expect(changedSinceDraw({ ...project, runs })).toMatch(/^The mapping changed/)
})

test('a second run over the same data leaves the sample as it is', () => {
  const project = reviewed()
  expect(changedSinceDraw({ ...project, runs: [...project.runs, { ...exampleRun, id: 'run-2', number: 2 }] })).toBeNull()
})
