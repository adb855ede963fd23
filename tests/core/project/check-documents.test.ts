import { expect, test } from 'vitest'
import { digestOf, utf8 } from '../../../src/core/canonical.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { paths } from '../../../src/core/project/format/documents.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { jsonOf, saveProject } from '../../../src/core/project/format/save.ts'
import { acceptFinding } from '../../../src/core/project/runs/accept-finding.ts'
import { verifyProject } from '../../../src/core/project/verify/verify.ts'
import { webVerifier } from '../../../src/io/keys/signature-web.ts'
import { exampleProject, exampleRun } from './example-project.ts'
import { exampleSigner, hand, signedFiles } from './review-walk.ts'

const accepted = 'a'.repeat(64)

const failing = async (files: ProjectFiles) =>
  (await verifyProject(files, webVerifier))?.checks.filter((check) => !check.ok).map(({ id }) => id)

test('a run or an acceptance that was changed outside is found', async () => {
  const base = exampleProject()
  const run = { ...exampleRun, id: 'run-0002', number: 2 }
  const ran: Project = record(
    { ...base, runs: [...base.runs, run] },
    [{ action: 'run-finished', object: `runs/${run.id}/summary.json`, digest: digestOf(jsonOf(run)) }],
    hand,
  )
  const given = {
    fingerprint: accepted,
    reason: 'A known quirk',
    by: 'r-haas',
    expires: '2026-05-01',
    code: 'x/y',
    place: 'a',
    at: '2026-03-02',
  }
  const project = acceptFinding(ran, given, hand)
  if (typeof project === 'string') throw new Error(project)
  expect(await failing(saveProject(project))).toEqual([])
  const fewer = project.runs.map((each) => (each.number === 2 ? { ...each, rulesRun: 11 } : each))
  expect(await failing(saveProject({ ...project, runs: fewer }))).toContain('V8')
  const longer = project.baseline.map((each) => (each.fingerprint === accepted ? { ...each, expires: '2099-01-01' } : each))
  expect(await failing(saveProject({ ...project, baseline: longer }))).toContain('V8')
})

test('naming who is to mend a finding is no way to accept it', async () => {
  const given = { fingerprint: accepted, code: 'x/y', place: 'a', at: '2026-03-02' }
  const kept = (each: Project['baseline'][number]): Project => {
    const base = exampleProject()
    const act = { action: 'finding-assigned', object: accepted, digest: digestOf(jsonOf(each)) }
    return record({ ...base, baseline: [...base.baseline, each] }, [act], hand)
  }
  const assigned = { ...given, reason: '', by: '', expires: null, owner: 'Mika Ito' }
  expect(await failing(saveProject(kept(assigned)))).toEqual([])
  const slipped = { ...assigned, reason: 'A known quirk', by: 'r-haas', expires: '2026-05-01' }
  expect(await failing(saveProject(kept(slipped)))).toEqual(['V8'])
})

test('a mark put before what the ledger names byte for byte is a change', async () => {
  const files = await signedFiles(await exampleSigner())
  expect(await failing(files)).toEqual([])
  for (const path of [paths.ledger, paths.verdicts, paths.frame]) {
    const text = new TextDecoder().decode(files.get(path))
    expect([path, (await failing(new Map(files).set(path, utf8(`\ufeff${text}`))))?.length]).not.toEqual([path, 0])
  }
})
