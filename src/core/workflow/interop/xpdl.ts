/** XPDL 1.0 to 2.2 (Workflow Management Coalition) → a map: lanes or performers, activities, routes, events, transitions. */
import type { NodeType, WorkflowSide } from '../map/workflow.ts'
import { XmlFault } from '../xml/xml-fault.ts'
import { elementsOf, textIn, walk, type XmlElement } from '../xml/xml-tree.ts'
import type { Loss } from './loss/loss.ts'
import { mapOfShapes, type ShapeFlow, type ShapeNode, type ShapesReading } from './shapes.ts'

export function isXpdl(root: XmlElement): boolean {
  return root.local === 'Package' && (/xpdl/i.test(root.uri) || childOf(root, 'WorkflowProcesses') !== undefined)
}

/** @throws XmlFault with a sentence where the file holds no process */
export function readXpdl(root: XmlElement, side: WorkflowSide, id = 'workflow'): ShapesReading {
  const processes = childrenOf(childOf(root, 'WorkflowProcesses'), 'WorkflowProcess')
  const [process, ...further] = processes.toSorted((a, b) => countOf(b) - countOf(a))
  if (!process) throw new XmlFault('The XPDL file holds no process.', null, true)
  const losses: Loss[] = further
    .filter((other) => countOf(other) > 0)
    .map((other) => ({
      id: at(other, 'Id'),
      what: `process “${nameOf(other)}”`,
      why: 'only the largest process is read; keep it in a file of its own',
    }))
  return new Reader(root, process, losses).read({ id, side, label: nameOf(process) || id })
}

function countOf(process: XmlElement): number {
  return childrenOf(childOf(process, 'Activities'), 'Activity').length
}

class Reader {
  private readonly root: XmlElement
  private readonly process: XmlElement
  private readonly losses: Loss[]

  constructor(root: XmlElement, process: XmlElement, losses: Loss[]) {
    this.root = root
    this.process = process
    this.losses = losses
  }

  read(head: { readonly id: string; readonly side: WorkflowSide; readonly label: string }): ShapesReading {
    const pool = childrenOf(childOf(this.root, 'Pools'), 'Pool').find((each) => at(each, 'Process') === at(this.process, 'Id'))
    const lanes = childrenOf(childOf(pool, 'Lanes'), 'Lane').map((lane) => ({ id: at(lane, 'Id'), label: nameOf(lane) }))
    const roles = new Map<string, string>()
    const participants = [
      ...childrenOf(childOf(this.root, 'Participants'), 'Participant'),
      ...childrenOf(childOf(this.process, 'Participants'), 'Participant'),
    ]
    for (const each of participants) roles.set(at(each, 'Id'), nameOf(each))
    const activities = childrenOf(childOf(this.process, 'Activities'), 'Activity')
    const transitions = childrenOf(childOf(this.process, 'Transitions'), 'Transition')
    const byRole = new Map<string, string>()
    const laneOf = (activity: XmlElement): string | null => {
      const drawn = [...walk(activity)].map((each) => at(each, 'LaneId')).find((lane) => lanes.some((known) => known.id === lane))
      if (drawn !== undefined) return drawn
      const performer = [...walk(activity)]
        .filter(({ local }) => local === 'Performer')
        .map((each) => textIn(each).trim().replace(/^"|"$/g, ''))[0]
      if (lanes.length > 0 || !performer) return null
      byRole.set(performer, roles.get(performer) || performer)
      return performer
    }
    const nodes = activities.map(
      (activity): ShapeNode => ({
        ...this.typed(activity, transitions),
        id: at(activity, 'Id'),
        label: nameOf(activity),
        lane: laneOf(activity),
      }),
    )
    const notes = this.notes()
    const known = new Set(nodes.map((node) => node.id))
    const flows = transitions.flatMap((transition, index): ShapeFlow[] => {
      const [from, to] = [at(transition, 'From'), at(transition, 'To')]
      const condition = childOf(transition, 'Condition')
      const id = at(transition, 'Id') || `flow-${index + 1}`
      if (!known.has(from) || !known.has(to)) {
        this.lose(
          id,
          `transition “${nameOf(transition)}”`,
          'one of its ends is not an activity of the process, so it is not drawn',
        )
        return []
      }
      const kind = condition ? at(condition, 'Type') : ''
      const rule = condition ? textIn(condition).replace(/\s+/g, ' ').trim() : ''
      if (rule !== '' && nameOf(transition) !== '')
        this.lose(id, `condition “${rule}”`, 'the name of the transition is drawn; a simulation takes shares instead')
      return [
        {
          id,
          from,
          to,
          label: nameOf(transition) || (kind === 'OTHERWISE' ? 'otherwise' : rule),
          exception: /EXCEPTION/.test(kind),
        },
      ]
    })
    this.others()
    const own = lanes.length > 0 ? lanes : [...byRole].map(([id, label]) => ({ id, label }))
    return mapOfShapes({ lanes: own, nodes: [...nodes, ...notes], flows }, this.losses, head)
  }

  private typed(activity: XmlElement, transitions: readonly XmlElement[]): { readonly type: NodeType } {
    const id = at(activity, 'Id')
    const inside = [...walk(activity)]
    const has = (...names: readonly string[]): boolean => inside.some(({ local }) => names.includes(local))
    const route = inside.find(({ local }) => local === 'Route')
    const split = inside.find(({ local }) => local === 'Split') ?? inside.find(({ local }) => local === 'Join')
    const sort = `${route ? at(route, 'GatewayType') || at(route, 'Type') : ''} ${split ? at(split, 'Type') : ''}`.toUpperCase()
    if (route)
      return { type: /PARALLEL|AND/.test(sort) ? 'parallel' : /INCLUSIVE|\bOR\b|COMPLEX/.test(sort) ? 'inclusive' : 'decision' }
    if (has('StartEvent')) return { type: 'start' }
    if (has('EndEvent')) return { type: 'end' }
    if (has('IntermediateEvent')) return { type: 'wait' }
    if (sort.trim() !== '' && transitions.filter((each) => at(each, 'From') === id).length > 1)
      this.lose(
        id,
        `“${nameOf(activity)}”`,
        `its split (${sort.trim().toLowerCase()}) has no gateway of its own; every way out of it is drawn`,
      )
    if (has('BlockActivity', 'SubFlow')) {
      this.lose(id, `“${nameOf(activity)}”`, 'what is inside it is not read; it is drawn closed, as one step')
      return { type: 'subworkflow' }
    }
    return { type: 'step' }
  }

  private notes(): readonly ShapeNode[] {
    return childrenOf(childOf(this.root, 'Artifacts'), 'Artifact').flatMap((artifact): ShapeNode[] => {
      const words = at(artifact, 'TextAnnotation') || nameOf(artifact)
      const note = /annotation/i.test(at(artifact, 'ArtifactType'))
      if (note && words !== '') return [{ id: at(artifact, 'Id'), type: 'note', label: words, lane: null }]
      this.lose(at(artifact, 'Id'), `artifact “${nameOf(artifact)}”`, 'it is not drawn')
      return []
    })
  }

  /** What has no place on a map, told by what it is. */
  private others(): void {
    for (const [list, name, why] of [
      ['MessageFlows', 'MessageFlow', 'it is not drawn: no case runs along it'],
      ['Associations', 'Association', 'it is not drawn'],
    ] as const)
      for (const each of childrenOf(childOf(this.root, list), name))
        this.lose(at(each, 'Id'), `${name} ${nameOf(each)}`.trim(), why)
    for (const each of childrenOf(childOf(this.process, 'ActivitySets'), 'ActivitySet'))
      this.lose(
        at(each, 'Id'),
        `activities inside “${nameOf(each) || at(each, 'Id')}”`,
        'they are not read; the step that holds them is drawn closed',
      )
  }

  private lose(id: string, what: string, why: string): void {
    this.losses.push({ id, what, why })
  }
}

function at(element: XmlElement, name: string): string {
  return element.attributes.get(name)?.trim() ?? ''
}

/** Programs that write a short name for machines write the one for people beside it. */
function nameOf(element: XmlElement): string {
  const shown = [...element.attributes].find(([name]) => name.endsWith(':DisplayName'))?.[1]
  return (shown ?? at(element, 'Name')).replace(/\s+/g, ' ').trim()
}

function childOf(element: XmlElement | undefined, local: string): XmlElement | undefined {
  return element && elementsOf(element).find((child) => child.local === local)
}

function childrenOf(element: XmlElement | undefined, local: string): readonly XmlElement[] {
  return element ? elementsOf(element).filter((child) => child.local === local) : []
}
