import { expect, test } from 'vitest'
import { keptBeside, mergeWords } from '../../../src/app/keeping/merge.ts'
import { record } from '../../../src/core/project/acts/hand.ts'
import { newProject, openProject } from '../../../src/core/project/format/open.ts'
import type { Project, ProjectFiles } from '../../../src/core/project/format/project.ts'
import { saveProject } from '../../../src/core/project/format/save.ts'
import { setSalt } from '../../../src/core/project/review/review-steps.ts'

const hand = { device: 'd1', actor: 'a-person', wall: '2026-07-14T09:00:00+00:00' }
const begun = setSalt(
  newProject({
    id: 'p1',
    name: 'North Street',
    legacy: 'A',
    target: 'B',
    created: '2026-07-14T08:00:00Z',
    tool: 'test',
    servers: [],
  }),
  'ab'.repeat(32),
  hand,
)
const further = (project: Project): Project => record(project, [{ action: 'run-finished', object: 'runs/1', digest: null }], hand)
/** What a `.carryover` file holds: everything but `private/`. */
const asFile = (project: Project): ProjectFiles =>
  new Map([...saveProject(project)].filter(([path]) => !path.startsWith('private/')))

test('a file without its private part does not take the kept one away', () => {
  const merge = keptBeside(asFile(further(begun)), saveProject(begun))
  expect([...merge.privateOnlyHere.keys()]).toContain('private/salt.json')
})

test('the same documents need no question', () => {
  expect(keptBeside(asFile(begun), saveProject(begun)).same).toBe(true)
})

test('it is told which of two states went on, or that both did', () => {
  const later = saveProject(further(begun))
  expect(keptBeside(later, saveProject(begun)).order).toBe('newer')
  expect(keptBeside(saveProject(begun), later).order).toBe('older')
  const other = record(begun, [{ action: 'statement', object: 'x', digest: null }], { ...hand, device: 'd2' })
  expect(keptBeside(saveProject(other), later).order).toBe('apart')
})

test('a document that can not be read as written makes the project read-only, so that the next save loses nothing', () => {
  const files = new Map(saveProject(begun))
  files.set('data/sources.json', new TextEncoder().encode('{"not": "a list"}'))
  const { project } = openProject(files)
  expect(project?.readOnly).toMatch(/data\/sources\.json can not be read as written/)
  expect(project && saveProject(project).get('data/sources.json')).toEqual(files.get('data/sources.json'))
})

test('a merge says what came, what stayed, and where a chain parts', () => {
  const added = { entries: 3, verdicts: 2, signatures: 1 }
  const project = openProject(saveProject(begun)).project
  if (!project) throw new Error('not opened')
  const outcome = { ok: true, project, added, forks: [], keptHere: ['board.json'], maps: [] } as const
  expect(mergeWords(outcome, 'x.carryover')).toEqual({
    done: 'x.carryover brought 3 ledger entries with 2 verdicts and 1 signature. Documents that differ stayed as they are here: board.json.',
    problem: null,
  })
  const maps = [{ id: 'refill', label: 'Refill', repairs: ['The flow from “A” to a step that is gone is hidden'], isNew: true }]
  expect(mergeWords({ ...outcome, keptHere: [], maps }, 'x').done).toContain(
    'Map “Refill”: what both sides drew is joined. 1 thing in it had to be left out: The flow from “A” to a step that is gone is hidden.',
  )
  expect(mergeWords({ ...outcome, forks: [{ device: 'd1', seq: 7 }] }, 'x').problem).toContain('d1 from entry 7 on')
})
