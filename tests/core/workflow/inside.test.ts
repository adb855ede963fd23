/** What a closed sub-workflow holds, drawn as a map of its own: grouped here or read from BPMN, as deep as it is nested. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { utf8 } from '../../../src/core/canonical.ts'
import { apply } from '../../../src/core/workflow/edit/edit.ts'
import { insideOf } from '../../../src/core/workflow/edit/inside.ts'
import { readBpmn } from '../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { writeBpmn } from '../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import type { Graph, Node } from '../../../src/core/workflow/map/workflow.ts'
import { dataFolder } from '../../beside.ts'
import { workflowOf } from './pair.ts'

const labels = (graph: Graph | null) => [...(graph?.nodes.values() ?? [])].map(({ label, id }) => label || id).sort()
const only = (graph: Graph): Node => {
  const node = [...graph.nodes.values()].find(({ type }) => type === 'subworkflow')
  if (!node) throw new Error('no sub-workflow')
  return node
}

test('steps grouped here are inside with their roles and the flows between them', () => {
  const map = 'Desk: Take {1m} -> MD: Sign {2m} -> Desk: Send {3m}'
  const workflow = workflowOf({ current: map, future: map })
  const { current } = apply(workflow, { kind: 'group', side: 'current', ids: ['sign', 'send'], label: 'Finish' }).workflow
  const inner = insideOf(current, only(current))
  expect(labels(inner)).toEqual(['Send', 'Sign'])
  expect([...(inner?.edges.values() ?? [])].map(({ from, to }) => [from, to])).toEqual([['sign', 'send']])
  expect([...(inner?.lanes.values() ?? [])].map(({ label }) => label).sort()).toEqual(['Desk', 'MD'])
})

const nested = (
  uri: string,
  p: string,
) => `<${p}definitions xmlns${p === '' ? '' : `:${p.slice(0, -1)}`}="${uri}" id="d"><${p}process id="p">
  <${p}startEvent id="s"/><${p}subProcess id="sub" name="Outer"><${p}startEvent id="is"/><${p}task id="a" name="Look"/>
    <${p}subProcess id="deep" name="Inner"><${p}task id="b" name="Deep"/></${p}subProcess><${p}callActivity id="c" name="Call"/>
    <${p}sequenceFlow id="f1" sourceRef="is" targetRef="a"/><${p}sequenceFlow id="f2" sourceRef="a" targetRef="deep"/></${p}subProcess>
  <${p}sequenceFlow id="f" sourceRef="s" targetRef="sub"/></${p}process></${p}definitions>`

test('a sub-process of a BPMN file is read like a process, whatever its prefix, and so is the one inside it', () => {
  for (const prefix of ['', 'semantic:']) {
    const { graph } = readBpmn(utf8(nested('http://www.omg.org/spec/BPMN/20100524/MODEL', prefix)), 'current')
    const inner = insideOf(graph, only(graph))
    expect(labels(inner)).toEqual(['Call', 'Inner', 'Look', 'is'])
    if (!inner) throw new Error('nothing inside')
    const deep = [...inner.nodes.values()].find(({ label }) => label === 'Inner')
    expect(labels(deep ? insideOf(inner, deep) : null)).toEqual(['Deep'])
    const call = [...inner.nodes.values()].find(({ label }) => label === 'Call')
    expect(call && insideOf(inner, call)).toBeNull()
    expect(new Set([...inner.nodes.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(inner.nodes.size)
  }
})

const folder = dataFolder('workflow/bpmn-miwg/')

test.skipIf(!existsSync(folder))(
  'every object that the public files keep inside a sub-process is shown in it, also after writing them',
  () => {
    let shown = 0
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.bpmn'))) {
      const { graph, losses } = readBpmn(readFileSync(new URL(name, folder)), 'current')
      const said = losses.map(({ why }) => /^(\d+) objects? inside are kept/.exec(why)?.[1]).filter((n) => n !== undefined)
      const held = (of: Graph) => [...of.nodes.values()].map((node) => insideOf(of, node)?.nodes.size ?? 0).filter((n) => n > 0)
      const inside = held(graph)
      expect([name, inside.length]).toEqual([name, said.length])
      expect(held(readBpmn(utf8(writeBpmn(graph).text), 'current').graph)).toEqual(inside)
      shown += inside.reduce((sum, n) => sum + n, 0)
    }
    expect(shown).toBeGreaterThan(10)
  },
)
