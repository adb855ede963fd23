/** Two people inside one sub-workflow: each keeps their change, what one removes stays removed, and the bytes come out as they went in. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Json } from '../../../../src/core/canonical.ts'
import { encodeBase64 } from '../../../../src/core/values/base64.ts'
import { apply, type Command } from '../../../../src/core/workflow/edit/edit.ts'
import { closedInside, openedInside } from '../../../../src/core/workflow/edit/inside-edit.ts'
import { heldIn } from '../../../../src/core/workflow/map/content.ts'
import { readWorkflow } from '../../../../src/core/workflow/map/files.ts'
import type { Workflow } from '../../../../src/core/workflow/map/workflow.ts'
import { workflowDigest } from '../../../../src/core/workflow/map/write.ts'
import { beginLog } from '../../../../src/core/workflow/together/edit-log.ts'
import { insideMembers, insideOf } from '../../../../src/core/workflow/together/inside-members.ts'
import { newDocument, seedOf, tableOf } from '../../../../src/core/workflow/together/map-document.ts'
import { SharedMap } from '../../../../src/core/workflow/together/shared-map.ts'

const inside = {
  nodes: [
    { id: 'scan', type: 'task', label: 'Scan form', x: 0, y: 0, zeta: [1, { deep: null }] },
    { id: 'file', type: 'task', label: 'File form', x: 192, y: 0 },
    {
      id: 'check',
      type: 'subworkflow',
      label: 'Check',
      x: 384,
      y: 0,
      content: { nodes: [{ id: 'look', type: 'task', label: 'Look', x: 0, y: 0 }], edges: [] },
    },
  ],
  edges: [{ id: 'scan-file', from: 'scan', to: 'file' }],
  trace: [{ from: ['scan'] }],
}

function mapWith(content: Json): Workflow {
  const current = {
    format: 'carryover-workflow/1',
    id: 'x',
    side: 'current',
    label: 'X',
    lanes: [],
    elements: [],
    nodes: [{ id: 'paper', type: 'subworkflow', label: 'Paper', x: 0, y: 0, content }],
    edges: [],
  }
  return readWorkflow('x', { current }).value
}

const workflow = mapWith(inside)
const place = { side: 'current', path: ['paper'] } as const

function people(): readonly [SharedMap, SharedMap] {
  const seed = seedOf(workflow)
  return [
    new SharedMap({ id: 'x', client: 1, device: 'd-ana' }, [seed]),
    new SharedMap({ id: 'x', client: 2, device: 'd-ben' }, [seed]),
  ]
}

/** An edit inside, as the page makes it: one patch of the map around it. */
function editInside(map: SharedMap, command: Command, path: readonly string[] = place.path): readonly string[] {
  const inner = openedInside(map.workflow, { ...place, path })
  if (!inner) throw new Error('no inside')
  const applied = apply(inner, command)
  expect(applied.refused).toBeNull()
  const named = map.ownNames(inner, applied, command)
  map.edit({ kind: 'patch', patch: closedInside(map.workflow, { ...place, path }, named.workflow.current) })
  return named.created
}

function meet(ana: SharedMap, ben: SharedMap): void {
  const [a, b] = [ana.update(), ben.update()]
  expect(ana.receive([b]) && ben.receive([a])).toBe(true)
  expect(workflowDigest(ana.workflow)).toBe(workflowDigest(ben.workflow))
}

const held = (map: SharedMap) => {
  const node = map.workflow.current.nodes.get('paper')
  return (node && heldIn(node)?.nodes) ?? new Map()
}
const change = (id: string, label: string): Command => ({ kind: 'change-node', side: 'current', id, facts: { label } })
const add = (label: string): Command => ({
  kind: 'add-node',
  side: 'current',
  facts: { label, type: 'step', x: 0, y: 200, lane: null },
})

test('content comes out byte for byte, members that nobody knows among it', () => {
  expect(JSON.stringify(insideOf(insideMembers(inside) ?? new Map()))).toBe(JSON.stringify(inside))
  const map = new SharedMap({ id: 'x', client: 7, device: 'd' }, [seedOf(workflow)])
  expect(workflowDigest(map.workflow)).toBe(workflowDigest(workflow))
  // What has no ids of its own is kept as one member.
  for (const odd of [{ nodes: [{ id: 'a' }, { id: 'a' }] }, { nodes: 7 }, 'text', { nodes: [1] }]) {
    expect(insideMembers(odd)).toBeNull()
    const whole = mapWith(odd)
    expect(workflowDigest(new SharedMap({ id: 'x', client: 7, device: 'd' }, [seedOf(whole)]).workflow)).toBe(
      workflowDigest(whole),
    )
  }
})

test('two people who change different steps inside one sub-workflow both keep their change', () => {
  const [ana, ben] = people()
  editInside(ana, change('scan', 'Scan the form'))
  editInside(ben, change('file', 'File the form'))
  meet(ana, ben)
  expect([held(ana).get('scan')?.label, held(ana).get('file')?.label]).toEqual(['Scan the form', 'File the form'])
  expect(held(ana).get('scan')?.extra.zeta).toEqual([1, { deep: null }])
})

test('inside of inside it is the same', () => {
  const [ana, ben] = people()
  editInside(ana, change('look', 'Look twice'), ['paper', 'check'])
  editInside(ben, change('scan', 'Scan the form'))
  meet(ana, ben)
  const inner = openedInside(ben.workflow, { side: 'current', path: ['paper', 'check'] })
  expect(inner?.current.nodes.get('look')?.label).toBe('Look twice')
  expect(held(ben).get('scan')?.label).toBe('Scan the form')
})

test('a step that one removes stays removed, whatever the other changed of it', () => {
  const [ana, ben] = people()
  editInside(ana, { kind: 'remove-nodes', side: 'current', ids: ['file'], bridge: false })
  editInside(ben, change('file', 'File it'))
  meet(ana, ben)
  expect([...held(ben).keys()].sort()).toEqual(['check', 'scan'])
})

test('two people who add the same inside make two steps, and each takes back their own', () => {
  const [ana, ben] = people()
  const [a = ''] = editInside(ana, add('Call patient'))
  const [b = ''] = editInside(ben, add('Call patient'))
  expect(a).not.toBe(b)
  meet(ana, ben)
  expect([held(ana).has(a), held(ana).has(b)]).toEqual([true, true])
  expect(ana.undo()).toBe(true)
  meet(ana, ben)
  expect([held(ben).has(a), held(ben).has(b)]).toEqual([false, true])
})

test('a log from before is read as it was, and taken apart by the first change inside', () => {
  const doc = newDocument(5)
  Y.applyUpdate(doc, seedOf(workflow))
  // As an earlier version wrote it: the whole inside as one member.
  doc.transact(() => {
    const record = tableOf(doc, 'current.nodes').get('paper')
    if (!(record instanceof Y.Map)) throw new Error('no record')
    for (const name of [...record.keys()]) if (name.startsWith('~')) record.delete(name)
    record.set('+content', [0, JSON.stringify(inside)])
  })
  const seed = Y.encodeStateAsUpdate(doc)
  expect(encodeBase64(seed)).not.toBe(beginLog(workflow).begin.update)
  const ana = new SharedMap({ id: 'x', client: 1, device: 'd-ana' }, [seed])
  const ben = new SharedMap({ id: 'x', client: 2, device: 'd-ben' }, [seed])
  expect(workflowDigest(ana.workflow)).toBe(workflowDigest(workflow))
  editInside(ana, change('scan', 'Scan the form'))
  meet(ana, ben)
  editInside(ana, change('scan', 'Scan it'))
  editInside(ben, change('file', 'File it'))
  meet(ana, ben)
  expect([held(ana).get('scan')?.label, held(ana).get('file')?.label]).toEqual(['Scan it', 'File it'])
})
