import { expect, test } from 'vitest'
import { record } from '../../../src/core/project/acts/hand.ts'
import { readingDigest } from '../../../src/core/project/format/inputs-changed.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import { addVerdicts, drawSample, enrolKey, lockPlan, reopenPlan, sign } from '../../../src/core/project/review/review-steps.ts'
import { changedSinceDraw } from '../../../src/core/project/sample/since-draw.ts'
import { gather } from '../../../src/core/readiness/evidence/evidence.ts'
import { exampleRun } from './example-project.ts'
import { drawnProject, exampleFrame, examplePlan, exampleSigner, hand, judged, ok, words } from './review-walk.ts'

const signer = await exampleSigner()
const project = drawnProject()

function replaced(of: Project): Project {
  return { ...of, sources: of.sources.map((source) => ({ ...source, sha256: 'sha256:other' })) }
}

/** Checks run again over the sources as they are. */
function runAgain(of: Project): Project {
  const inputs = exampleRun.inputs.map((input, index) => ({ ...input, sha256: of.sources[index]?.sha256 ?? '' }))
  const run = { ...exampleRun, id: 'run-2', number: 2, inputs }
  return record(
    { ...of, runs: [...of.runs, run] },
    [{ action: 'run-finished', object: 'runs/run-2/summary.json', digest: null }],
    hand,
  )
}

function readWhole(of: Project): Project {
  const read = ok(
    addVerdicts(
      of,
      (of.review.draw?.records ?? []).map((each) => judged(each.id)),
      hand,
    ),
  )
  const { name, role } = words
  return enrolKey(
    read,
    { id: 'k1', actor: 'r-haas', name, role, device: 'd1', created: hand.wall, publicKey: signer.publicKey },
    hand,
  )
}

test('a sample speaks about the data it was drawn from until a source, how it is read, or the mapping changes', () => {
  expect(changedSinceDraw(project)).toBeNull()
  expect(changedSinceDraw(replaced(project))).toMatch(/^allergies.csv changed since the sample was drawn from run #1/)
  const mapping = new Map(project.mapping).set('mapping/fields.csv', 'other')
  expect(changedSinceDraw({ ...project, mapping })).toMatch(/^The mapping changed/)
  const [source] = project.sources
  if (!source) throw new Error('no source')
  const runs = project.runs.map((run) => ({
    ...run,
    inputs: run.inputs.map((input) => ({ ...input, reading: readingDigest(source) })),
  }))
  expect(changedSinceDraw({ ...project, runs })).toBeNull()
  const otherwise = [{ ...source, reading: { delimiter: ',' } }]
  expect(changedSinceDraw({ ...project, runs, sources: otherwise })).toMatch(/^How allergies.csv is read changed/)
})

test('a second run over the same data leaves the sample as it is, and a cancelled one is never what it was drawn from', () => {
  expect(changedSinceDraw(runAgain(project))).toBeNull()
  const cancelled = { ...exampleRun, id: 'run-0', number: 0, partial: true, inputs: [] }
  expect(changedSinceDraw({ ...project, runs: [cancelled, ...project.runs] })).toBeNull()
  expect(changedSinceDraw({ ...project, runs: [] })).toMatch(/is not in the project/)
})

test('nobody signs verdicts that were given on other data, run again or not, except to reject', async () => {
  const read = readWhole(project)
  const other = runAgain(replaced(read))
  const refused = await sign(other, words, signer, hand)
  expect(refused).toMatchObject({ ok: false, problem: expect.stringMatching(/prove nothing about the present data/) })
  expect(await sign(replaced(read), words, signer, hand)).toMatchObject({ ok: false })
  expect(await sign(other, { ...words, meaning: 'rejection' }, signer, hand)).toMatchObject({ ok: true })
  expect(await sign(runAgain(read), words, signer, hand)).toMatchObject({ ok: true })
})

test('a sample is drawn only from data that is as it was when the records were listed', () => {
  const frame = exampleFrame()
  const again = (of: Project): Project => ok(lockPlan(ok(reopenPlan(of, hand)), examplePlan(frame), frame, hand))
  const roll = (of: Project) => drawSample(of, '11234567890123456789', ['a'], 'the extract was corrected', hand)
  expect(roll(replaced(again(project)))).toMatchObject({ ok: false, problem: expect.stringContaining('out of date') })
  const fresh = ok(roll(again(runAgain(replaced(project)))))
  expect(changedSinceDraw(fresh)).toBeNull()
})

test('a run over other files than those here is not signed for, although the files are back', async () => {
  const read = readWhole(project)
  const back = { ...runAgain(replaced(read)), sources: read.sources }
  expect(await sign(back, words, signer, hand)).toMatchObject({
    ok: false,
    problem: 'allergies.csv changed since run #2: run all checks before you sign.',
  })
})

test('the board counts neither sample nor verdicts of other data', () => {
  const stale = (of: Project, kind: 'draw' | 'verdicts') => gather(of, { broken: null }).artifacts.get(kind)?.stale
  const read = readWhole(project)
  expect([stale(read, 'draw'), stale(read, 'verdicts')]).toEqual([null, null])
  expect(stale(replaced(read), 'draw')).toMatch(/^allergies.csv changed since/)
  expect(stale(runAgain(replaced(read)), 'verdicts')).toMatch(/^allergies.csv changed since/)
})
