/** A process tree as a map: blocks become gateways, every split asks a question and names its answers. */
import { slugOf } from '../map/slug.ts'
import { blankEdge, blankNode, type Edge, type Node, type NodeType } from '../map/workflow.ts'
import { childrenOf, type ProcessTree } from './process-tree.ts'

export interface DrawnTree {
  readonly nodes: ReadonlyMap<string, Node>
  readonly edges: ReadonlyMap<string, Edge>
  /** Node of each activity, by its number. */
  readonly stepOf: ReadonlyMap<number, string>
}

/** First and last node of a block. */
interface Block {
  readonly first: string
  readonly last: string
}

export function drawTree(tree: ProcessTree, labelOf: (activity: number) => string): DrawnTree {
  const drawing = new Drawing(labelOf)
  const start = drawing.node('start', 'Start', 'start')
  const block = drawing.block(tree)
  const end = drawing.node('end', 'End', 'end')
  if (block === null) drawing.flow(start, end)
  else {
    drawing.flow(start, block.first)
    drawing.flow(block.last, end)
  }
  return drawing
}

class Drawing implements DrawnTree {
  readonly nodes = new Map<string, Node>()
  readonly edges = new Map<string, Edge>()
  readonly stepOf = new Map<number, string>()
  private readonly labelOf: (activity: number) => string

  constructor(labelOf: (activity: number) => string) {
    this.labelOf = labelOf
  }

  node(type: NodeType, label: string, slug: string): string {
    const id = slugOf(slug, this.nodes, 'step')
    this.nodes.set(id, { ...blankNode, id, type, label })
    return id
  }

  flow(from: string, to: string, label = ''): void {
    const id = slugOf(`${from} ${to}`, this.edges, 'flow')
    this.edges.set(id, { ...blankEdge, id, from, to, label })
  }

  /** Null for a block without anything to do. */
  block(tree: ProcessTree): Block | null {
    switch (tree.kind) {
      case 'silent':
        return null
      case 'activity': {
        const label = this.labelOf(tree.activity)
        const id = this.node('step', label, label)
        this.stepOf.set(tree.activity, id)
        return { first: id, last: id }
      }
      case 'sequence':
        return this.sequence(tree.children)
      case 'choice':
        return this.branches(tree.children, 'decision', this.question(tree.children))
      case 'parallel':
        return this.branches(tree.children, 'parallel', '')
      case 'loop':
        return this.loop(tree.body, tree.redo)
    }
  }

  private sequence(children: readonly ProcessTree[]): Block | null {
    let whole: Block | null = null
    for (const child of children) {
      const block = this.block(child)
      if (block === null) continue
      if (whole === null) whole = block
      else {
        this.flow(whole.last, block.first)
        whole = { first: whole.first, last: block.last }
      }
    }
    return whole
  }

  private branches(children: readonly ProcessTree[], type: 'decision' | 'parallel', question: string): Block {
    const first = this.node(type, question, `${type} split`)
    const blocks = children.map((child) => ({ child, block: this.block(child) }))
    const last = this.node(type, '', `${type} join`)
    const optional = children.length === 2 && children.some(({ kind }) => kind === 'silent')
    for (const { child, block } of blocks) {
      const answer =
        type === 'parallel' ? '' : optional ? (block === null ? 'no' : 'yes') : block === null ? 'none' : this.firstLabels(child)
      this.flow(first, block?.first ?? last, answer)
      if (block !== null) this.flow(block.last, last)
    }
    return { first, last }
  }

  private loop(body: ProcessTree, redo: ProcessTree): Block {
    const first = this.node('decision', '', 'loop join')
    const inner = this.block(body)
    const back = this.block(redo)
    const last = this.node('decision', `${this.firstLabels(body) || this.firstLabels(redo)} again?`, 'loop split')
    if (inner === null) this.flow(first, last)
    else {
      this.flow(first, inner.first)
      this.flow(inner.last, last)
    }
    this.flow(last, back?.first ?? first, 'again')
    if (back !== null) this.flow(back.last, first)
    return { first, last }
  }

  private question(children: readonly ProcessTree[]): string {
    const ways = children.filter(({ kind }) => kind !== 'silent').map((child) => this.firstLabels(child))
    return ways.length > 3 ? `${ways.slice(0, 2).join(', ')} or ${ways.length - 2} others?` : `${ways.join(' or ')}?`
  }

  /** What a block begins with; at most two names. */
  private firstLabels(tree: ProcessTree): string {
    if (tree.kind === 'activity') return this.labelOf(tree.activity)
    if (tree.kind === 'silent') return ''
    const children = childrenOf(tree)
      .map((child) => this.firstLabels(child))
      .filter((label) => label !== '')
    if (tree.kind === 'choice' || tree.kind === 'parallel')
      return children.slice(0, 2).join(tree.kind === 'choice' ? ' or ' : ' and ')
    return children[0] ?? ''
  }
}
