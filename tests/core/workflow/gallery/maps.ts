/** Two hundred maps to be laid out: every example, template and stranger's pair, models of the interchange group, maps discovered from logs, generated ones. */

import { readdirSync, readFileSync } from 'node:fs'
import { riversideWorkflows } from '../../../../samples/riverside/workflows/index.ts'
import { clinicProcesses, templateMap } from '../../../../samples/templates/clinic-processes.ts'
import { workflowExamples } from '../../../../samples/workflow/examples.ts'
import { finish } from '../../../../src/core/operation.ts'
import { placed } from '../../../../src/core/workflow/drawing/layout.ts'
import { readBpmn } from '../../../../src/core/workflow/interop/bpmn/read-bpmn.ts'
import { readWorkflow } from '../../../../src/core/workflow/map/files.ts'
import {
  blankEdge,
  blankLane,
  blankNode,
  emptyGraph,
  type Graph,
  type NodeType,
} from '../../../../src/core/workflow/map/workflow.ts'
import { discover } from '../../../../src/core/workflow/mining/discover.ts'
import { dataFolder, hasData } from '../../../beside.ts'
import { pairNames, readPair } from '../../../foreign/maps/pairs.ts'
import { hasLog, logAtHand } from '../logs-at-hand.ts'

export interface GalleryMap {
  readonly name: string
  readonly graph: Graph
}

/** All of them, each laid out anew. */
export async function galleryMaps(): Promise<readonly GalleryMap[]> {
  const maps = [...drawnByHand(), ...foreignModels(), ...(await discovered()), ...generated()]
  return maps.filter(({ graph }) => graph.nodes.size > 1).map(({ name, graph }) => ({ name, graph: placed(unplaced(graph)) }))
}

/** Where its steps stood is forgotten: the layout has nothing to go by but the map. */
function unplaced(graph: Graph): Graph {
  return { ...graph, nodes: new Map([...graph.nodes].map(([id, node]) => [id, { ...node, x: 0, y: 0 }])) }
}

function withoutLanes(graph: Graph): Graph {
  const nodes = new Map([...graph.nodes].map(([id, node]) => [id, { ...node, lane: null }]))
  return { ...graph, lanes: new Map(), nodes }
}

function drawnByHand(): readonly GalleryMap[] {
  const workflows = [
    ...riversideWorkflows.values(),
    ...workflowExamples.map(({ id, files }) => readWorkflow(id, files).value),
    ...pairNames('pairs').map((slug) => readPair('pairs', slug).workflow),
  ]
  const maps = workflows.flatMap(({ id, current, future }): readonly GalleryMap[] => [
    { name: `${id} current`, graph: current },
    { name: `${id} future`, graph: future },
  ])
  const templates = clinicProcesses.map((each) => ({ name: `template ${each.id}`, graph: templateMap(each) }))
  const bare = templates.map(({ name, graph }) => ({ name: `${name} without lanes`, graph: withoutLanes(graph) }))
  return [...maps, ...templates, ...bare]
}

function foreignModels(): readonly GalleryMap[] {
  const suites = ['workflow/bpmn-miwg', 'workflow/bpmn-pm4js'].filter((suite) => hasData(suite))
  return suites.flatMap((suite) =>
    readdirSync(dataFolder(suite))
      .filter((name) => name.endsWith('.bpmn'))
      .sort()
      .map((name) => ({
        name,
        graph: readBpmn(new Uint8Array(readFileSync(dataFolder(`${suite}/${name}`))), 'current', name).graph,
      })),
  )
}

async function discovered(): Promise<readonly GalleryMap[]> {
  const logs = [
    'bpmn-pm4js/running-example.xes',
    'bpmn-pm4js/roadtraffic100traces.xes',
    'bpmn-pm4js/11_tickets.xes',
    'logs/bupar-patients.csv',
  ]
  const maps: GalleryMap[] = []
  for (const path of logs.filter(hasLog)) {
    const log = await logAtHand(path)
    const found = await finish(discover({ log, noise: 0.2, id: 'map', label: path }, new AbortController().signal))
    maps.push({ name: `discovered ${path}`, graph: found.graph })
    maps.push({ name: `discovered ${path} without lanes`, graph: withoutLanes(found.graph) })
  }
  return maps
}

/** Numbers that are the same on every run. */
function drawsFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) % n
  }
}

/** Blocks as clinics draw them: steps in a row, a decision with two or three answers, work side by side, a way back. */
function generated(): readonly GalleryMap[] {
  const sizes = [8, 12, 16, 20, 24, 30, 36, 42, 50, 60]
  return sizes.flatMap((size) =>
    [0, 4, 6].map((lanes) => ({ name: `generated ${size} steps, ${lanes} lanes`, graph: mapOf(size, lanes) })),
  )
}

export function mapOf(size: number, lanes: number): Graph {
  const draw = drawsFrom(size * 31 + lanes)
  const nodes = new Map<string, typeof blankNode>()
  const edges = new Map<string, typeof blankEdge>()
  let lane = 0
  const add = (type: NodeType): string => {
    const id = `n${String(nodes.size).padStart(3, '0')}`
    if (draw(3) === 0) lane = draw(Math.max(1, lanes))
    const label = type === 'step' ? `Do the thing ${nodes.size}` : type === 'decision' ? `Is it ${nodes.size}?` : type
    nodes.set(id, { ...blankNode, id, type, label, lane: lanes === 0 ? null : `l${lane}` })
    return id
  }
  const join = (from: string, to: string, label = ''): void => {
    const id = `${from}-${to}`
    edges.set(id, { ...blankEdge, id, from, to, label })
  }
  const start = add('start')
  let last = start
  let earlier = start
  while (nodes.size < size) {
    const kind = draw(6)
    const before = last
    if (kind < 3) last = add('step')
    else if (kind === 3) {
      const [question, yes, no, after] = [add('decision'), add('step'), add('step'), add('step')]
      join(last, question)
      join(question, yes, 'yes')
      join(question, no, 'no')
      join(yes, after)
      join(no, after)
      last = after
    } else if (kind === 4) {
      const [split, one, other, third, together] = [add('parallel'), add('step'), add('step'), add('step'), add('parallel')]
      join(last, split)
      for (const each of [one, other, third]) {
        join(split, each)
        join(each, together)
      }
      last = together
    } else {
      const [question, after] = [add('decision'), add('step')]
      join(last, question)
      join(question, after, 'yes')
      join(question, earlier === start ? after : earlier, 'no, once more')
      last = after
    }
    if (kind < 3) join(before, last)
    if (draw(2) === 0) earlier = last
  }
  join(last, add('end'))
  const bands = Array.from(
    { length: lanes },
    (_, order) => [`l${order}`, { ...blankLane, id: `l${order}`, label: `Role ${order}`, order }] as const,
  )
  return { ...emptyGraph('generated', 'current'), lanes: new Map(bands), nodes, edges }
}
