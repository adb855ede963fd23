/** What changed since somebody was here: acts of others, documents that others changed, and nothing of what was done here. */
import { expect, test } from 'vitest'
import { type Hand, record } from '../../../src/core/project/acts/hand.ts'
import { newProject } from '../../../src/core/project/format/open.ts'
import type { Project } from '../../../src/core/project/format/project.ts'
import {
  carriedOn,
  changedByOthers,
  changedMeanwhile,
  changesSince,
  visitOf,
} from '../../../src/core/project/reports/changes-since.ts'
import { readSketch } from '../../../src/core/workflow/interop/sketch.ts'
import { documentsOf } from '../../../src/core/workflow/map/files.ts'
import { emptyWorkflow } from '../../../src/core/workflow/map/workflow.ts'

const wall = '2026-11-24T09:00:00+01:00'
const here: Hand = { device: 'd-here', actor: 'mara', wall }
const there: Hand = { device: 'd-there', actor: 'ito', wall: '2026-11-24T10:00:00+01:00' }
const own = { isHere: (device: string) => device === 'd-here', actor: 'mara' }

const empty = newProject({ id: 'p', name: 'North', legacy: 'A', target: 'B', created: wall, tool: 'test', servers: [] })
const begun = record(empty, [{ action: 'project-created', object: 'carryover.json', digest: null }], here)

function withMap(project: Project, id: string, sketch: string): Project {
  const graph = { ...readSketch(sketch, 'current', id).graph, label: `Map ${id}` }
  const documents = documentsOf({ ...emptyWorkflow(id), current: graph })
  return { ...project, workflows: [...project.workflows.filter((each) => each.id !== id), documents] }
}

const act = (action: string, object: string) => ({ action, object, digest: `sha256:${'0'.repeat(64)}` })
const said = (before: Project, after: Project) =>
  changesSince(visitOf(before, wall), after, own).map(({ wing, what, by, route }) => [wing, what, by, route])

test('acts of others are grouped by place and person, by wing; own acts are no news', () => {
  const after = record(
    record(begun, [act('verdict', 'r1'), act('salt-set', 'private/salt.json')], here),
    [
      act('verdict', 'r1'),
      act('verdict', 'r2'),
      act('input-added', 'readiness/milestones.csv'),
      act('risk-opened', 'readiness/history.jsonl#overloaded-roles'),
      act('statement', 'readiness/small-incentives'),
      act('something-of-a-later-version', 'x'),
      act('record-opened', 'r1'),
    ],
    there,
  )
  expect(said(begun, after)).toEqual([
    ['Sign-off', '2 verdicts', 'ito', '/review/records'],
    ['Readiness', '1 change of the file milestones', 'ito', '/readiness/inputs?kind=milestones'],
    ['Readiness', '1 opened risk', 'ito', '/readiness/risks?risk=overloaded-roles'],
    ['Readiness', '1 claim', 'ito', '/readiness?criterion=small-incentives'],
    ['Project', '1 entry: something of a later version', 'ito', '/ledger'],
  ])
  expect(said(after, after)).toEqual([])
  console.log(
    `changes: ${said(begun, after).length} lines for ${after.ledger.length - begun.ledger.length} entries, each with its place`,
  )
})

test('another person at the same device is somebody else; who gave no name is whoever sits here', () => {
  const after = record(record(begun, [act('signed', 'x')], { ...here, actor: 'bob' }), [act('signed', 'y')], {
    ...here,
    actor: 'unnamed',
  })
  expect(said(begun, after)).toEqual([['Sign-off', '1 signature', 'bob', '/review/certificate']])
})

test('a map that is not as it was left is named, with what happened to it', () => {
  const before = withMap(withMap(begun, 'a', 'Desk: Take call {phone 3m}'), 'b', 'Desk: File it {paper 1m}')
  const changed = withMap(before, 'a', 'Desk: Take the call {phone 3m}')
  const after = { ...withMap(changed, 'c', 'Desk: Book slot {screen 1m}') }
  const gone = { ...after, workflows: after.workflows.filter(({ id }) => id !== 'b') }
  expect(said(before, gone)).toEqual([
    ['Workflow', 'Map changed: Map a', null, '/workflow/a/compare'],
    ['Workflow', 'Map removed: b', null, '/workflow'],
    ['Workflow', 'Map added: Map c', null, '/workflow/c/compare'],
  ])
})

test('what is changed here after opening is no news, what others changed stays until it is seen', () => {
  const left = withMap(withMap(begun, 'a', 'Desk: Take call {phone 3m}'), 'b', 'Desk: File it {paper 1m}')
  const visit = visitOf(left, wall)
  const opened = withMap(left, 'a', 'Desk: Take the call {phone 3m}')
  const others = changedMeanwhile(visit, opened)
  const edited = { ...withMap(opened, 'b', 'Desk: File it away {paper 2m}'), mapping: new Map([['mapping/fields.csv', 'x']]) }
  const carried = carriedOn(visit, edited, others)
  expect(changesSince(carried, edited, own).map(({ what }) => what)).toEqual(['Map changed: Map a'])
  expect(changesSince(visitOf(edited, wall), edited, own)).toEqual([])
})

test('what comes from a server while the project is open is known by its document', () => {
  const before = withMap(begun, 'a', 'Desk: Take call {phone 3m}')
  const after = { ...withMap(before, 'b', 'Desk: File it {paper 1m}'), mapping: new Map([['mapping/fields.csv', 'x']]) }
  expect(changedByOthers(before, after)).toEqual(['map b', 'mapping'])
  expect(changedByOthers(before, before)).toEqual([])
})
