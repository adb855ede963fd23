import { expect, test } from 'vitest'
import { record } from '../../../src/core/project/acts/hand.ts'
import { leaksOf } from '../../../src/core/project/format/leaks.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { chooseGolden, goldenChoice, goldenOf } from '../../../src/core/project/review/golden-list.ts'
import { exampleProject } from './example-project.ts'
import { hand, ok } from './review-walk.ts'

test('golden patients stay in the private part, and the ledger says who chose them, when, and whether nobody had compared yet', () => {
  const project = exampleProject()
  const unrun = { ...project, ledger: project.ledger.slice(0, 1) }
  const keys = ['MRN-70001', 'MRN-70002']
  const chosen = ok(chooseGolden(unrun, keys, ['b'.repeat(64), 'a'.repeat(64)], hand))
  expect(goldenOf(chosen)).toEqual(keys)
  expect(leaksOf(saveProject(chosen), keys)).toEqual([])
  expect(goldenChoice(chosen.ledger)).toEqual({ by: hand.actor, at: hand.wall, beforeFirstRun: true })
  // The digest does not depend on the order they were named in.
  const turned = ok(chooseGolden(unrun, keys.toReversed(), ['a'.repeat(64), 'b'.repeat(64)], hand))
  expect(turned.ledger.at(-1)?.digest).toBe(chosen.ledger.at(-1)?.digest)
  const after = ok(chooseGolden(record(unrun, [{ action: 'run-finished', object: 'x', digest: null }], hand), keys, ['a'], hand))
  expect(goldenChoice(after.ledger)?.beforeFirstRun).toBe(false)
  expect(chooseGolden(unrun, keys, ['a'], { ...hand, actor: 'unnamed' }).ok).toBe(false)
})
