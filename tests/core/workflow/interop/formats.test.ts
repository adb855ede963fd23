/** Drawings recognised by what they hold; tables of steps, draw.io, Mermaid, SVG and Markdown. */

import * as fc from 'fast-check'
import { deflateSync, strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { countsOfGraph, drawingFormats, readDrawing } from '../../../../src/core/workflow/interop/formats.ts'
import { readSketch } from '../../../../src/core/workflow/interop/sketch.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { readXmlTree, walk } from '../../../../src/core/workflow/xml/xml-tree.ts'
import { graphOf, steps } from '../generated.ts'

const encoder = new TextEncoder()

function read(name: string, text: string) {
  const drawing = readDrawing(name, encoder.encode(text), 'current')
  if (typeof drawing === 'string') throw new Error(drawing)
  return drawing
}

function written(graph: Graph, ending: string): string {
  return drawingFormats.get(ending)?.write(graph, []).text ?? ''
}

const model = `<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>
<mxCell id="pool" value="Clinic" style="swimlane;horizontal=0" vertex="1" parent="1"><mxGeometry width="800" height="300" as="geometry"/></mxCell>
<mxCell id="desk" value="Front desk" style="swimlane;html=1" vertex="1" parent="pool"><mxGeometry y="150" width="800" height="150" as="geometry"/></mxCell>
<mxCell id="md" value="Clinician" style="swimlane;html=1" vertex="1" parent="pool"><mxGeometry width="800" height="150" as="geometry"/></mxCell>
<mxCell id="s" value="Start" style="ellipse" vertex="1" parent="desk"><mxGeometry width="40" height="40" as="geometry"/></mxCell>
<UserObject id="form" label="&lt;b&gt;Fill in&lt;/b&gt;&lt;br&gt;the form &amp;amp; sign" owner="x"><mxCell style="shape=document" vertex="1" parent="desk"><mxGeometry x="90" width="90" height="40" as="geometry"/></mxCell></UserObject>
<mxCell id="ok" value="Complete?" style="rhombus" vertex="1" parent="md"><mxGeometry x="200" width="60" height="60" as="geometry"/></mxCell>
<mxCell id="e" value="" style="ellipse" vertex="1" parent="md"><mxGeometry x="300" width="40" height="40" as="geometry"/></mxCell>
<mxCell id="f1" edge="1" source="s" target="form" parent="1"><mxGeometry as="geometry"/></mxCell>
<mxCell id="f2" edge="1" source="form" target="ok" parent="1"><mxGeometry as="geometry"/></mxCell>
<mxCell id="f3" edge="1" source="ok" target="e" parent="1"><mxGeometry as="geometry"/></mxCell>
<mxCell id="f3l" value="yes" style="edgeLabel" vertex="1" connectable="0" parent="f3"><mxGeometry as="geometry"/></mxCell>
<mxCell id="f4" value="loose" edge="1" source="ok" parent="1"><mxGeometry as="geometry"/></mxCell>
</root></mxGraphModel>`
const packed = Buffer.from(deflateSync(strToU8(encodeURIComponent(model)))).toString('base64')

describe.each([
  ['plain', `<mxfile><diagram id="p" name="Intake">${model}</diagram><diagram id="q" name="Later"/></mxfile>`],
  ['compressed', `<mxfile><diagram id="p" name="Intake">${packed}</diagram><diagram id="q" name="Later"/></mxfile>`],
])('draw.io, %s', (_, text) => {
  test('lanes, kinds, words and flows are those of the drawing, and what has no place is named', () => {
    const { graph, format, counts, losses } = read('intake.drawio', text)
    expect(format).toBe('drawio')
    expect([...graph.lanes.values()].sort((a, b) => a.order - b.order).map(({ label }) => label)).toEqual([
      'Clinician',
      'Front desk',
    ])
    expect([...graph.nodes.values()].map(({ id, type, label, lane, medium }) => [id, type, label, lane, medium])).toEqual([
      ['e', 'end', '', 'md', null],
      ['form', 'step', 'Fill in the form & sign', 'desk', 'paper'],
      ['ok', 'decision', 'Complete?', 'md', null],
      ['s', 'start', 'Start', 'desk', null],
    ])
    expect([...graph.edges.values()].map(({ from, to, label }) => [from, to, label])).toEqual([
      ['s', 'form', ''],
      ['form', 'ok', ''],
      ['ok', 'e', 'yes'],
    ])
    expect(counts).toEqual({ tasks: 1, events: 2, gateways: 1, flows: 4, lanes: 2, shapes: 7 })
    expect(losses.map(({ id }) => id).sort()).toEqual(['f4', 'pool', 'q'])
  })
})

test('a packed drawing that is damaged or grows without end is refused in words', () => {
  const page = (content: string): string => `<mxfile><diagram>${content}</diagram></mxfile>`
  expect(() => read('x.drawio', page('not packed at all!'))).toThrow(/neither XML nor a packed drawing/)
  expect(() => read('x.drawio', page(packed.slice(0, 88)))).toThrow(/damaged|well-formed/)
  const bomb = Buffer.from(deflateSync(new Uint8Array(80 << 20))).toString('base64')
  expect(() => read('x.drawio', page(bomb))).toThrow(/grows beyond 8 MB/)
})

test('a table of steps keeps steps, roles, times and flows on the way there and back', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const graph = graphOf(list, 'current', 'screen')
      const back = read('map.csv', written(graph, 'csv')).graph
      const said = (each: Graph): unknown => ({
        nodes: [...each.nodes.values()]
          .map(({ id, label, type, kind, medium, service, wait, clicks, lane }) => ({
            id,
            label,
            type,
            kind,
            medium,
            service,
            wait,
            clicks,
            lane: each.lanes.get(lane ?? '')?.label ?? null,
          }))
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
        flows: [...each.edges.values()].map(({ from, to, probability }) => `${from} ${to} ${probability ?? 1}`).sort(),
      })
      expect(said(back)).toEqual(said(graph))
    }),
    { numRuns: 20 },
  )
})

test('any table that names steps is read, row after row; what it gets wrong is named', () => {
  const { graph, losses } = read(
    'list.csv',
    'Task;Role;Duration;Medium\n"Take call; note it";Desk;3,5;phone\nSign;MD;soon;Paper\n',
  )
  expect([...graph.nodes.values()].map(({ label, medium, service }) => [label, medium, service])).toEqual([
    ['End', null, null],
    ['Sign', 'paper', null],
    ['Start', null, null],
    ['Take call; note it', 'phone', { dist: 'constant', value: 210 }],
  ])
  expect([...graph.edges.values()].map(({ from, to }) => [from, to])).toEqual([
    ['sign', 'end'],
    ['start', 'take-call-note-it'],
    ['take-call-note-it', 'sign'],
  ])
  expect(losses).toEqual([{ id: 'sign', what: 'minutes “soon”', why: 'it takes a number from 0 up' }])
})

test('an SVG drawing is well-formed, holds every word as text and nothing that could run', () => {
  const hostile = '</text><script>alert(1)</script> & "quoted"'
  fc.assert(
    fc.property(steps, (list) => {
      const graph = graphOf(list, 'future', 'paper')
      const nodes = new Map([...graph.nodes].map(([id, node]) => [id, id === 's0' ? { ...node, label: hostile } : node]))
      const root = readXmlTree(encoder.encode(written({ ...graph, nodes }, 'svg')))
      const names = new Set([...walk(root)].map(({ local }) => local))
      expect([...names].filter((name) => !['svg', 'title', 'g', 'rect', 'path', 'circle', 'text'].includes(name))).toEqual([])
    }),
    { numRuns: 10 },
  )
})

test('Mermaid and Markdown name every step once and break no line with a label', () => {
  const graph = graphOf([{ kind: 1, lane: 0, minutes: 2, wait: 3, clicks: 1, element: 0, back: false }], 'current', 'paper')
  const nodes = new Map(
    [...graph.nodes].map(([id, node]) => [id, id === 's0' ? { ...node, label: 'Sign "here"\n|now| #1' } : node]),
  )
  const mermaid = written({ ...graph, nodes }, 'mmd')
  expect(mermaid.split('\n').filter((line) => line.includes('Sign'))).toEqual(['    n3["Sign #quot;here#quot; |now| #35;1"]'])
  expect(
    written({ ...graph, nodes }, 'md')
      .split('\n')
      .filter((line) => line.includes('Sign')),
  ).toHaveLength(1)
})

test('files that are no drawing are told apart in words', () => {
  const said = (name: string, text: string): unknown => readDrawing(name, encoder.encode(text), 'current')
  expect(said('a.xes', '<log xmlns="x"/>')).toMatch(/event log, not a drawing/)
  expect(said('a.json', '{"x":')).toMatch(/not JSON/)
  expect(said('a.csv', 'a,b\n1,2\n')).toMatch(/names no column/)
  expect(said('a.csv', ' \n')).toMatch(/is empty/)
  expect(countsOfGraph(read('w.json', written(graphOf([], 'current', null), 'json')).graph).events).toBe(2)
})

test('what a format has no place for is named, fact by fact; nothing is named where nothing is lost', () => {
  const { graph } = readSketch(
    'lane Desk staff=2\nDesk: Sign {paper 1m approve clicks=3 reads=dose owner=Kim safety pain=slow} -0.2 reject-> Desk: Call {phone 2m}\nDesk: Sign -0.8 ok-> Desk: File {paper 1m}',
  )
  const losses = (ending: string) => drawingFormats.get(ending)?.write(graph, []).losses ?? []
  const of = (ending: string, id: string) => losses(ending).find((loss) => loss.id === id)?.what ?? ''
  expect(of('csv', 'sign')).toBe('reads, owner, safety, pains of “Sign”')
  expect(of('csv', 'sign-call')).toMatch(/^reject of the flow/)
  expect(of('csv', 'desk')).toBe('staff of the role “Desk”')
  expect(of('svg', 'sign')).toMatch(/clicks/)
  expect(of('md', 'sign-file')).toBe('')
  expect(losses('bpmn')).toEqual([])
  expect(losses('json')).toEqual([])
})

test.each([
  ['windows-1252', Uint8Array.from('step\nCaf\xe9 nehmen\n', (char) => char.charCodeAt(0)), 1],
  ['utf-8', encoder.encode('\ufeffstep\nCafé nehmen\n'), 0],
  ['utf-16le', new Uint8Array(Uint16Array.from('\ufeffstep\nCafé nehmen\n', (char) => char.charCodeAt(0)).buffer), 0],
] as const)('a table of steps in %s keeps its letters, and a guess is said', (_, bytes, losses) => {
  const drawing = readDrawing('list.csv', bytes, 'current')
  if (typeof drawing === 'string') throw new Error(drawing)
  expect([...drawing.graph.nodes.values()].map(({ label }) => label)).toEqual(['Café nehmen', 'End', 'Start'])
  expect(drawing.losses.filter(({ what }) => what === 'encoding')).toHaveLength(losses)
})
