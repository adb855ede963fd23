import { expect, test } from 'vitest'
import { record } from '../../../src/core/project/acts/hand.ts'
import { mergeProjects } from '../../../src/core/project/exchange/merge-projects.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { givingUp, statesGivenUp } from '../../../src/core/project/ledger/given-up.ts'
import { headOf } from '../../../src/core/project/ledger/head.ts'
import { drawSample, lockPlan } from '../../../src/core/project/review/review-steps.ts'
import { drawsOf } from '../../../src/core/project/sample/draw-events.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject } from './example-project.ts'
import { exampleFrame, examplePlan, hand, ok } from './review-walk.ts'

const frame = exampleFrame()
const locked = ok(lockPlan(exampleProject(), examplePlan(frame), frame, hand))
const elsewhere = { ...hand, device: 'd2' }
const gone = ok(drawSample(locked, '01234567890123456789', ['r-haas'], null, hand))
const replaced = record(locked, givingUp(gone.ledger, locked.ledger), elsewhere)
const chains = async (project: Project) =>
  (await verifyProject(saveProject(project), webVerifier))?.checks.find(({ id }) => id === 'V3')?.why

test('going back behind a draw is said, and the sample drawn then is one drawn again', async () => {
  expect(statesGivenUp(replaced.ledger)).toEqual([{ by: 'r-haas', at: hand.wall, head: headOf(gone.ledger).digest }])
  expect(await chains(replaced)).toContain('r-haas replaced another state of this project on 2026-03-02')
  expect(drawsOf(replaced.ledger)).toEqual({ frame: 0, total: 1 })
  expect(drawSample(replaced, '98765432109876543210', ['r-haas'], null, elsewhere).ok).toBe(false)
  const again = ok(drawSample(replaced, '98765432109876543210', ['r-haas'], 'The first list was cut.', elsewhere))
  expect(drawsOf(again.ledger)).toEqual({ frame: 1, total: 2 })
  expect((await verifyProject(saveProject(again), webVerifier))?.ok).toBe(true)
})

test('a sample that stood before another state was given up needs no reason, and a draw that comes back counts once', async () => {
  const kept = ok(drawSample(locked, '98765432109876543210', ['r-haas'], null, elsewhere))
  const stands = record(kept, givingUp(gone.ledger, kept.ledger), elsewhere)
  expect(drawsOf(stands.ledger).total).toBe(2)
  expect((await verifyProject(saveProject(stands), webVerifier))?.checks.filter(({ ok }) => !ok)).toEqual([])
  const merged = mergeProjects(stands, gone)
  if (!merged.ok) throw new Error(merged.problem)
  expect(drawsOf(merged.project.ledger).total).toBe(2)
})
