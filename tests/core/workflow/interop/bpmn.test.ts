/** BPMN in and out: counts of real models, encodings, hostile documents, and maps that survive the way there and back. */

import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBpmn } from '../../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { writeBpmn } from '../../../../src/core/workflow/interop/bpmn/write-bpmn.ts'
import type { Loss } from '../../../../src/core/workflow/interop/loss/loss.ts'
import { messageFlowsOf } from '../../../../src/core/workflow/map/message-flows.ts'
import type { Graph } from '../../../../src/core/workflow/map/workflow.ts'
import { elementsOf, readXmlTree, textIn, walk, type XmlElement } from '../../../../src/core/workflow/xml/xml-tree.ts'
import { dataFolder, hasData } from '../../../beside.ts'
import { graphOf, steps } from '../generated.ts'

const encoder = new TextEncoder()
const suites = ['bpmn-miwg', 'bpmn-pm4js'] as const
const areThere = hasData(...suites.map((name) => `workflow/${name}`))
const read = (text: string) => readBpmn(encoder.encode(text), 'current')

/** Activities, events, gateways, sequence flows and lanes that each model at hand is known to hold. */
const known: Readonly<Record<string, readonly [number, number, number, number, number]>> = {
  'bpmn-miwg/A.1.0.bpmn': [3, 2, 0, 4, 0],
  'bpmn-miwg/A.2.0.bpmn': [4, 2, 2, 9, 0],
  'bpmn-miwg/A.2.1.bpmn': [4, 2, 2, 11, 0],
  'bpmn-miwg/A.3.0.bpmn': [5, 5, 0, 8, 0],
  'bpmn-miwg/A.4.0.bpmn': [8, 9, 0, 13, 2],
  'bpmn-miwg/A.4.1.bpmn': [8, 9, 0, 13, 3],
  'bpmn-miwg/B.1.0.bpmn': [14, 11, 5, 26, 2],
  'bpmn-miwg/C.1.0.bpmn': [9, 9, 3, 20, 4],
  'bpmn-miwg/C.1.1.bpmn': [5, 3, 2, 10, 0],
  'bpmn-miwg/C.2.0.bpmn': [12, 14, 3, 25, 2],
  'bpmn-miwg/C.6.0.bpmn': [14, 21, 5, 32, 0],
  'bpmn-miwg/C.9.1.bpmn': [4, 6, 0, 7, 0],
  'bpmn-miwg/C.9.2.bpmn': [8, 11, 1, 12, 0],
  'bpmn-miwg/camunda-C.1.1-export.bpmn': [5, 3, 2, 10, 0],
  'bpmn-pm4js/running-example.bpmn': [8, 2, 8, 21, 0],
  'bpmn-pm4js/sepsis.bpmn': [16, 2, 17, 49, 0],
}

/** Which prefixes stand for which namespaces is not what a map says. */
function withoutSpaces({ extra, ...graph }: Graph): unknown {
  const { attributes, ...bpmn } = extra.bpmn as { readonly attributes: Readonly<Record<string, string>> }
  return { ...graph, bpmn, attributes: Object.entries(attributes).filter(([name]) => !name.startsWith('xmlns')) }
}

/** What a document says of each of its elements, whatever stands around it and in which order. */
function saidIn(bytes: Uint8Array): readonly string[] {
  const own = (element: XmlElement): boolean => !/^(incoming|outgoing|flowNodeRef)$/.test(element.local)
  return [...walk(readXmlTree(bytes))]
    .filter((element) => own(element) && !/DI$|DC$/.test(element.uri) && element.uri !== 'urn:carryover:workflow:1')
    .map((element) => {
      const attributes = [...element.attributes]
        .filter(([name, value]) => !/^(xmlns|isExecutable)/.test(name) && value !== '')
        .sort()
      const text = elementsOf(element).length === 0 ? textIn(element).trim() : ''
      return `${element.uri} ${element.local} ${JSON.stringify(attributes.map(([name, value]) => [name, value.replace(/\s+/g, ' ').trim()]))} ${text}`
    })
    .sort()
}

describe.skipIf(!areThere)('models of the interchange group', () => {
  const files = areThere
    ? suites.flatMap((name) =>
        readdirSync(dataFolder(`workflow/${name}`))
          .filter((file) => file.endsWith('.bpmn'))
          .map((file) => `${name}/${file}`),
      )
    : []
  test.each(files)('%s keeps its counts, ids and foreign contents', (file) => {
    const bytes = new Uint8Array(readFileSync(dataFolder(`workflow/${file}`)))
    const first = readBpmn(bytes, 'current')
    const { tasks, events, gateways, flows, lanes } = first.counts
    expect([tasks, events, gateways, flows, lanes]).toEqual(known[file])
    const written = encoder.encode(writeBpmn(first.graph).text)
    const second = readBpmn(written, 'current')
    expect(second.counts).toEqual(first.counts)
    expect(withoutSpaces(second.graph)).toEqual(withoutSpaces(first.graph))
    const byId = (losses: readonly Loss[]) => losses.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(byId(second.losses)).toEqual(byId(first.losses))
    const now = new Set(saidIn(written))
    expect(
      saidIn(bytes).filter((line) => !now.has(line) && !/ (extensionElements|laneSet|definitions|process) /.test(line)),
    ).toEqual([])
    expect([...first.problems, ...second.problems]).toEqual([])
  })
})

/** A map without what a drawing decides: where things stand. */
function facts(graph: Graph): unknown {
  const plain = <T extends object>(table: ReadonlyMap<string, T>): unknown =>
    [...table].map(([id, record]) => [id, { ...record, x: 0, y: 0, height: 0, extra: {} }])
  return {
    lanes: plain(graph.lanes),
    elements: plain(graph.elements),
    nodes: plain(graph.nodes),
    edges: plain(graph.edges),
    label: graph.label,
  }
}

test('a map with all its facts survives the way to BPMN and back', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom('paper', 'screen', 'interface', null), fc.boolean(), (list, medium, exception) => {
      const graph = graphOf(list, 'current', medium)
      const edges = new Map(graph.edges)
      const [first] = edges.values()
      if (exception && first)
        edges.set('3 late', {
          ...first,
          id: '3 late',
          from: 's0',
          to: 'end',
          exception: true,
          timeout: 900,
          probability: null,
          label: 'too late <&>',
        })
      const drawn = { ...graph, edges }
      const back = readBpmn(encoder.encode(writeBpmn(drawn).text), 'current', graph.id)
      expect(facts(back.graph)).toEqual(
        facts({
          ...drawn,
          edges: new Map([...edges].sort(([a], [b]) => (a < b ? -1 : 1))),
          nodes: new Map([...graph.nodes].sort(([a], [b]) => (a < b ? -1 : 1))),
        }),
      )
      expect(back.problems).toEqual([])
    }),
    { numRuns: process.env.LONG ? 2000 : 25 },
  )
})

const head = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
const small = `${head}<process id="p"><startEvent id="s"/><task id="t" name="Aufklärung prüfen"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>`

test.each(['iso-8859-1', 'windows-1252', 'utf-16le', 'utf-16be'] as const)('names are right in %s', (encoding) => {
  const text = `<?xml version="1.0" encoding="${encoding.startsWith('utf-16') ? 'UTF-16' : encoding.toUpperCase()}"?>${small}`
  const wide = (littleEndian: boolean): Uint8Array => {
    const bytes = new DataView(new ArrayBuffer(2 * (text.length + 1)))
    for (const [index, unit] of [0xfeff, ...Array.from(text, (char) => char.charCodeAt(0))].entries())
      bytes.setUint16(2 * index, unit, littleEndian)
    return new Uint8Array(bytes.buffer)
  }
  const bytes = encoding.startsWith('utf-16')
    ? wide(encoding === 'utf-16le')
    : Uint8Array.from(text, (char) => char.charCodeAt(0))
  expect(readBpmn(bytes, 'current').graph.nodes.get('t')?.label).toBe('Aufklärung prüfen')
})

test('a flow without an end, an id used twice and an event nobody leaves are kept and named', () => {
  const { graph, losses } = read(
    `${head}<process id="p"><task id="a"/><task id="a"/><boundaryEvent id="b" attachedToRef="a"/><sequenceFlow id="f" sourceRef="a" targetRef="nowhere"/></process></definitions>`,
  )
  expect([...graph.nodes.keys()]).toEqual(['a', 'a-2'])
  expect(losses.map(({ id }) => id)).toEqual(['a', 'f', 'b'])
  const again = read(writeBpmn(graph).text)
  expect(again.counts).toEqual({ tasks: 2, events: 1, gateways: 0, flows: 1, lanes: 0, shapes: 2 })
})

test('what an attached timer does is an exception flow with its time limit', () => {
  const { graph } = read(
    `${head}<process id="p"><task id="a"/><task id="c"/><boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>PT1H30M</timeDuration></timerEventDefinition></boundaryEvent><sequenceFlow id="f" sourceRef="b" targetRef="c"/></process></definitions>`,
  )
  expect(graph.edges.get('f')).toMatchObject({ from: 'a', to: 'c', exception: true, timeout: 5400 })
})

const told = `${head}<collaboration id="k"><participant id="pa" processRef="p"/><participant id="qa" processRef="q"/><participant id="box" name="Payer"/><messageFlow id="m" name="Bill&#10;sent" sourceRef="a" targetRef="b"/><messageFlow id="n" sourceRef="b" targetRef="box"/></collaboration><process id="p"><task id="a" name="Send"/></process><process id="q"><task id="b" name="Pay"/></process></definitions>`
const written = (graph: Graph) => {
  const { text, losses } = writeBpmn(graph)
  const parts = [...walk(readXmlTree(encoder.encode(text)))]
  return {
    losses,
    messages: parts.filter(({ local }) => local === 'messageFlow').map(({ attributes }) => attributes.get('id')),
    lines: parts.filter(({ local }) => local === 'BPMNEdge').map(({ attributes }) => attributes.get('bpmnElement')),
  }
}

test('a message between two steps is drawn and written back with its line; one to a closed pool is kept', () => {
  const { graph, losses } = read(told)
  expect(messageFlowsOf(graph)).toEqual([{ id: 'm', from: 'a', to: 'b', label: 'Bill sent' }])
  expect(losses.map(({ id, why }) => `${id} ${/not drawn/.test(why)}`)).toEqual(['m false', 'n true'])
  expect(written(graph)).toEqual({ losses: [], messages: ['m', 'n'], lines: ['m'] })
})

test('a step of another program that is in no lane is in none after it was written with a diagram', () => {
  const { graph } = read(
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"><laneSet><lane id="l1" name="Nurse"><flowNodeRef>t</flowNodeRef></lane></laneSet><startEvent id="s"/><task id="t" name="Take"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>',
  )
  const lanes = (of: Graph) => [...of.nodes.values()].map(({ id, lane }) => [id, lane])
  expect(lanes(graph)).toEqual([
    ['s', null],
    ['t', 'l1'],
  ])
  expect(lanes(read(writeBpmn(graph).text).graph)).toEqual(lanes(graph))
})

test('a message goes with the step at its end, and is named', () => {
  const { graph } = read(told)
  const without = { ...graph, nodes: new Map([...graph.nodes].filter(([id]) => id !== 'a')) }
  const { losses, messages, lines } = written(without)
  expect([messages, lines, losses.map(({ id }) => id)]).toEqual([['n'], [], ['m']])
})

test.each([
  ['a document type', `<!DOCTYPE lolz [<!ENTITY a "ha">]>${small}`, /DOCTYPE/],
  ['another XML', '<html><body/></html>', /not BPMN 2\.0: its first element is <html>/],
  ['a torn file', small.slice(0, 150), /Line 1, column \d+: the file ends in the middle of a tag, before <\/process>/],
  ['no XML', 'id,name\n1,2', /not well-formed/],
  ['200,000 levels', `${head}${'<task>'.repeat(200_000)}`, /more than 256 levels/],
  ['nothing', '', /no XML element|not well-formed/],
])('%s is refused in words', (_, text, words) => {
  expect(() => read(text)).toThrow(words)
})
