/** Block-structured processes: activities joined by sequence, choice, parallel and loop. Sound by construction. */

/** Activities are numbers of a log; -1 in `labels` order never occurs. */
export type ProcessTree =
  | { readonly kind: 'activity'; readonly activity: number }
  | { readonly kind: 'silent' }
  | { readonly kind: 'sequence' | 'choice' | 'parallel'; readonly children: readonly ProcessTree[] }
  /** The body, then any number of times redo and body again. */
  | { readonly kind: 'loop'; readonly body: ProcessTree; readonly redo: ProcessTree }

export const silent: ProcessTree = { kind: 'silent' }

export function childrenOf(tree: ProcessTree): readonly ProcessTree[] {
  switch (tree.kind) {
    case 'activity':
    case 'silent':
      return []
    case 'loop':
      return [tree.body, tree.redo]
    default:
      return tree.children
  }
}

/** The same behaviour with fewer blocks: nested blocks of one kind joined, blocks of one child and doubled silent choices gone. */
export function simplified(tree: ProcessTree): ProcessTree {
  if (tree.kind === 'activity' || tree.kind === 'silent') return tree
  if (tree.kind === 'loop') return { kind: 'loop', body: simplified(tree.body), redo: simplified(tree.redo) }
  const { kind } = tree
  let children = tree.children.map(simplified).flatMap((child) => (child.kind === kind ? child.children : [child]))
  if (kind === 'choice') {
    const first = children.findIndex((child) => child.kind === 'silent')
    children = children.filter((child, index) => child.kind !== 'silent' || index === first)
  } else children = children.filter((child) => child.kind !== 'silent')
  const [only] = children
  if (only === undefined) return silent
  return children.length === 1 ? only : { kind, children }
}

const marks = { sequence: '→', choice: '×', parallel: '∧', loop: '↺' } as const

/** As in the literature: `→(a, ×(τ, b), ∧(c, d), ↺(e, f))`. */
export function treeText(tree: ProcessTree, labelOf: (activity: number) => string): string {
  if (tree.kind === 'silent') return 'τ'
  if (tree.kind === 'activity') return labelOf(tree.activity)
  return `${marks[tree.kind]}(${childrenOf(tree)
    .map((child) => treeText(child, labelOf))
    .join(', ')})`
}
