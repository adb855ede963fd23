/**
 * What pages write beside acts of the ledger: a decision that can not be kept is nowhere to be seen, also not in what a page holds beside the
 * project; a draft that can not be kept stays, and the status bar counts it.
 */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { changeMapping, importFieldMap } from '../../../src/app/routes/data/acts/mapping.ts'
import { addPackages, chooseProfiles, removePackage } from '../../../src/app/routes/data/acts/packages.ts'
import { adoptSchema } from '../../../src/app/routes/data/acts/profiles.ts'
import { acceptSchemas } from '../../../src/app/routes/data/acts/schema-proposals.ts'
import { attachSchema } from '../../../src/app/routes/data/acts/schemas.ts'
import { addSources, changeSource, removeSource } from '../../../src/app/routes/data/acts/sources.ts'
import { placeDrawing } from '../../../src/app/routes/workflow/acts/drawings.ts'
import { storeResults } from '../../../src/app/routes/workflow/acts/kept-results.ts'
import { openShared } from '../../../src/app/routes/workflow/acts/shared-drawing.ts'
import { duplicateWorkflow, removeWorkflow, restoreWorkflow } from '../../../src/app/routes/workflow/acts/workflow-list.ts'
import { archiveWorkflow, moveWorkflow, tagWorkflow } from '../../../src/app/routes/workflow/acts/workflow-listing.ts'
import { setThreshold } from '../../../src/app/routes/workflow/acts/workflow-policy.ts'
import { addExample, addWorkflow, editWorkflow, undoWorkflow } from '../../../src/app/routes/workflow/acts/workflows.ts'
import { act, recorded } from '../../../src/app/session/act.ts'
import { editSteps } from '../../../src/app/session/edit-line.ts'
import { openProject, setWorkspace, workspace } from '../../../src/app/session/state.ts'
import { fieldsPath } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { packageDocument, packagePath } from '../../../src/core/data/fhir/packages/kept-package.ts'
import type { SourceEntry } from '../../../src/core/data/model/source.ts'
import { finish } from '../../../src/core/operation.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import { blankScenario } from '../../../src/core/workflow/map/scenario.ts'
import { simulatePair } from '../../../src/core/workflow/simulation/simulate.ts'
import { compare } from '../../../src/core/workflow/survival/compare.ts'
import { beginLog, logBytes } from '../../../src/core/workflow/together/edit-log.ts'
import { editLogPath } from '../../../src/core/workflow/together/log-path.ts'
import { workflowOf } from '../../core/workflow/pair.ts'
import { disk } from '../keep-double.ts'
import { refill } from '../refill.ts'

const loaded = {
  ...{ name: 'clinic', version: '1', from: 'clinic.tgz', dependencies: [], notUnderstood: [] },
  definitions: [
    {
      ...{ resourceType: 'StructureDefinition', kind: 'resource', derivation: 'constraint', name: 'P', status: 'active' },
      ...{ url: 'urn:example:profile', type: 'Patient' },
    },
  ],
}

vi.mock('../../../src/app/session/keep.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/session/browser-store.ts', async () => (await import('../keep-double.ts')).keepDouble)
vi.mock('../../../src/app/keeping/kept-folders.ts', () => ({ keepSourceFolders: async () => undefined }))
vi.mock('../../../src/app/session/device.ts', () => ({ deviceId: () => 'd1' }))
vi.mock('../../../src/app/routes/workflow/acts/edit-history.ts', () => ({ keepHistorySoon: () => undefined }))
vi.mock('../../../src/app/routes/workflow/acts/workflow-results.ts', () => ({ judgeSoon: () => undefined }))
const question = vi.hoisted(() => ({ asked: 0, answer: Promise.resolve('replace'), ask: () => Promise.resolve('') }))
question.ask = () => {
  question.asked++
  return question.answer
}
vi.mock('../../../src/app/session/question.ts', () => ({ ask: () => question.ask() }))
vi.mock('../../../src/app/session/jobs.ts', () => ({
  jobs: {
    async *digest(files: readonly File[]) {
      yield { kind: 'result', value: files.map(({ name }) => `sha256:${name}`) }
    },
    async *loadPackages() {
      yield { kind: 'result', value: { packages: [loaded], refused: [] } }
    },
  },
}))

const noRoom = 'This browser has no room left. Save the project to a file, then try again.'
const names = { name: 'Harbour', legacy: 'A', target: 'B', created: '2026-07-01T09:00:00+02:00', tool: 'test', servers: [] }
const patients: SourceEntry = {
  ...{ id: 'legacy-patients', name: 'patients.csv', side: 'legacy', format: 'csv', table: 'patients', bytes: 3 },
  ...{ sha256: 'sha256:patients.csv', records: 1, schema: null, reading: {}, profiles: ['urn:example:profile'] },
}
const schema = { fields: [{ name: 'DOB', type: 'date' }] }
const columns = 'legacy_source,legacy_field,rule,params,target,required,status,reason,by\n'
const line = 'patients,DOB,date,order=day-first,Patient.birthDate,,suggested,,\n'
const file = (name: string, text: string): File => Object.assign(new File([text], name), { webkitRelativePath: '' })
const withFiles = (parts: Partial<ReturnType<typeof openProject>>): void => {
  setWorkspace({ project: { ...openProject(), ...parts } })
}

/** What has to be there before, and what a person does. */
interface Kind {
  readonly before?: () => unknown
  readonly act: () => unknown
}

const decisions: Readonly<Record<string, Kind>> = {
  'files added': { act: () => addSources([file('visits.csv', 'id\n1\n'), file('labs.csv', 'id\n1\n')]) },
  'a file added again with other bytes': {
    before: () => withFiles({ sources: [{ ...patients, sha256: 'sha256:earlier' }] }),
    act: () => addSources([file('patients.csv', 'id\n')]),
  },
  'a schema added among files': { act: () => addSources([file('patients.json', JSON.stringify(schema))]) },
  'how a file is read': { act: () => changeSource(patients.id, { reading: { delimiter: ';' } }) },
  'the side of a file': { act: () => changeSource(patients.id, { side: 'target' }) },
  'a file removed': { act: () => removeSource(patients.id) },
  'a schema attached': { act: () => attachSchema(patients.id, file('patients.json', JSON.stringify(schema))) },
  'a schema adopted from a profile': { act: () => adoptSchema(patients, schema) },
  'proposed schemas accepted': { act: () => acceptSchemas([{ source: patients, schema }]) },
  'packages loaded': { act: () => addPackages([file('clinic.tgz', '')]) },
  'a package removed': {
    before: () => withFiles({ schemas: new Map([[packagePath(loaded), JSON.parse(JSON.stringify(packageDocument(loaded)))]]) }),
    act: () => removePackage(packagePath(loaded)),
  },
  'profiles chosen': { act: () => chooseProfiles(patients.id, ['urn:example:other']) },
  'a field map in place of one that can not be read': {
    before: () => withFiles({ mapping: new Map([[fieldsPath, `${columns}patients,"DOB\n`]]) }),
    act: () => importFieldMap([file('fields.csv', `${columns}${line}`)]),
  },
  'a confirmed field map in place of one that can not be read': {
    before: () => withFiles({ mapping: new Map([[fieldsPath, `${columns}patients,"DOB\n`]]) }),
    act: () => importFieldMap([file('fields.csv', `${columns}${line.replace('suggested,,', 'confirmed,,ada-example')}`)]),
  },
  'a threshold': { act: () => setThreshold('worsened', 0.3) },
  'the order of workflows': { act: () => moveWorkflow('refill', 1) },
  'a workflow put away': { act: () => archiveWorkflow('refill', true) },
  'tags of a workflow': { act: () => tagWorkflow('refill', 'night, urgent') },
  'a workflow added': { act: () => addWorkflow('Referral') },
  'an example added': { act: () => addExample(refill) },
  'a workflow copied': { act: () => duplicateWorkflow('refill') },
  'a workflow deleted': { before: () => drawStep(), act: () => removeWorkflow('refill') },
  'a deleted workflow brought back': {
    before: async () => {
      removed = removeWorkflow('refill')
      await settled()
    },
    act: () => removed && restoreWorkflow(removed),
  },
}
let removed: ReturnType<typeof removeWorkflow> = null

const drafts: Readonly<Record<string, Kind>> = {
  'a step drawn': { act: () => drawStep() },
  'a step taken back': { before: () => drawStep(), act: () => undoWorkflow('refill') },
  'a drawing in the place of a map': {
    act: () =>
      placeDrawing(
        'refill',
        'future',
        {
          format: 'bpmn',
          graph: refill.current,
          losses: [],
          counts: { tasks: 3, events: 0, gateways: 0, flows: 3, lanes: 2, shapes: 3 },
        },
        file('drawn.bpmn', '<bpmn/>'),
      ),
  },
  'the numbers of a simulation': {
    act: async () => {
      const drawn = workflowOf({ current: 'Desk: Call {phone 3m}', future: 'Desk: Call {phone 3m}', perHour: 1 })
      const few = { ...drawn, scenario: { ...blankScenario, ...drawn.scenario, replications: 2, cases: 20 } }
      storeResults(few, await finish(simulatePair(few, new AbortController().signal)))
    },
  },
  'a line of the field map that decides nothing': {
    act: () => changeMapping({ kind: 'remove-line', at: 0 }),
  },
  'the log of a shared map that is too long': {
    before: () => {
      const log = logBytes(beginLog(refill))
      const outside = { ...refill, current: { ...refill.current, label: 'Drawn elsewhere' } }
      const other = new Map(openProject().other).set(editLogPath('refill'), log)
      setWorkspace({ project: { ...openProject(), other }, workflows: new Map([['refill', outside]]) })
    },
    act: () => openShared('refill'),
  },
}

function drawStep(): void {
  editWorkflow('refill', { kind: 'add-node', side: 'current', facts: { label: 'Call back' } })
}

/** Waits until every gesture so far is kept or taken back. */
async function settled(): Promise<void> {
  await act((project) => ({ ok: true, project }))
}

/** Every byte that a page could show or a file could hold, and what pages hold beside the project. */
function shown() {
  const { workflows, files, results } = workspace()
  return {
    project: new Map([...saveProject(openProject())].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])),
    maps: new Map(workflows),
    files: new Map(files),
    results: new Map(results),
    steps: editSteps({ place: 'map refill', on: () => workspace().workflows.get('refill') }),
  }
}

beforeAll(() => {
  vi.stubGlobal('__VERSION__', '0')
})

beforeEach(async () => {
  disk.trouble = null
  const second = { ...refill, id: 'second' }
  const comparison = compare(refill, {})
  setWorkspace({
    project: {
      ...newProject({ ...names, id: crypto.randomUUID() }),
      workflows: [documentsOf(refill), documentsOf(second)],
      sources: [patients],
      mapping: new Map([[fieldsPath, `${columns}${line}`]]),
      other: new Map([['workflows/refill/note.txt', new TextEncoder().encode('filed')]]),
    },
    workflows: new Map([
      [refill.id, refill],
      [second.id, second],
    ]),
    files: new Map([[patients.id, file('patients.csv', 'id\n')]]),
    results: new Map([[refill.id, { comparison, results: null, workflow: refill }]]),
    person: { name: 'Ada Example', role: 'Lead' },
    policy: { safe: true, failures: [] },
    running: null,
  })
  // The first act gives this device its key; that is no part of what is looked at here.
  await act((now, by) => recorded(now, [{ action: 'exported', object: 'x', digest: null }], by))
})

test.each(Object.entries(decisions))('%s: not kept, no page shows it; kept, it is shown', async (_, kind) => {
  await kind.before?.()
  await settled()
  const before = shown()
  setWorkspace({ problem: null, done: null, unsaved: 0 })
  disk.trouble = noRoom
  await kind.act()
  await settled()
  expect(workspace()).toMatchObject({ problem: `Not recorded: ${noRoom}`, done: null, unsaved: 0 })
  expect(shown()).toEqual(before)
  disk.trouble = null
  setWorkspace({ problem: null })
  const writes = disk.writes
  await kind.act()
  await settled()
  // Another file of a known name is taken, and what no longer holds is said.
  expect(workspace().problem ?? '').not.toMatch(/^Not /)
  expect(shown().project).not.toEqual(before.project)
  expect(disk.writes).toBe(writes + 1)
})

test.each(Object.entries(drafts))('%s: not kept, it stays and counts as unsaved', async (_, kind) => {
  await kind.before?.()
  await settled()
  const before = shown().project
  const { ledger } = openProject()
  setWorkspace({ problem: null, unsaved: 0 })
  disk.trouble = noRoom
  await kind.act()
  await settled()
  expect(shown().project).not.toEqual(before)
  expect(openProject().ledger).toBe(ledger)
  expect(workspace().unsaved).toBeGreaterThan(0)
})

test('a tab that only reads changes nothing by any of these, on no page', async () => {
  for (const kind of [...Object.values(decisions), ...Object.values(drafts)]) {
    const { project } = workspace()
    setWorkspace({ project: { ...openProject(), readOnly: 'Another tab writes.' } })
    const before = shown()
    await kind.act()
    await settled()
    expect(shown()).toEqual(before)
    setWorkspace({ project })
  }
})

test('a map that was added and drawn on is still shown where it can not be kept, and that is said', async () => {
  disk.trouble = noRoom
  const id = addWorkflow('Referral')
  editWorkflow(id, { kind: 'add-node', side: 'current', facts: { label: 'Ask' } })
  await settled()
  expect(workspace().problem).toMatch(/^Not kept: .*still shown/)
  expect(workspace().workflows.get(id)?.current.nodes.size).toBe(1)
})

test('files that are added while one of the project is removed are refused, and none is taken', async () => {
  withFiles({ sources: [{ ...patients, sha256: 'sha256:earlier' }] })
  let release = (): void => undefined
  question.asked = 0
  question.answer = new Promise((resolve) => {
    release = () => resolve('replace')
  })
  const adding = addSources([file('patients.csv', 'id\n2\n')])
  await vi.waitUntil(() => question.asked > 0)
  // The same bytes would change nothing; the file differs from what the project knows.
  setWorkspace({ project: { ...openProject(), sources: [] } })
  release()
  await adding
  expect(workspace().problem).toMatch(
    /^The files of this project changed while patients\.csv was looked at\. Add the files again\.$/,
  )
  expect([openProject().sources, workspace().files.size]).toEqual([[], 1])
})
