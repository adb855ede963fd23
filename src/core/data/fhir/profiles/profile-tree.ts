/** A snapshot as a tree: children under their parents, slices beside the element they divide. */
import type { JsonValue } from '../../model/record.ts'
import type { Judge } from '../elements/element-judge.ts'
import type { InvariantJudge } from '../elements/invariants.ts'
import type { Shape } from '../fhirpath/nodes/shapes.ts'
import type { ProfileElement, Snapshot } from './profile-element.ts'

export interface ProfileNode {
  readonly element: ProfileElement
  /** FHIRPath name: `value` for `value[x]`. */
  readonly name: string
  readonly children: ProfileNode[]
  readonly slices: ProfileNode[]
  /** False where neither it nor anything below adds to the base definition. */
  adds: boolean
  /** What is to be asked of values of the type met last; made by the judge of the profile. */
  asked: Asked | null
  /** True where equal values are judged alike; null until it was asked. */
  isRepeatable: boolean | null
  /** The value that was in order last, where equal ones are. */
  inOrder: Repeatable | null
}

export interface ProfileTree {
  readonly snapshot: Snapshot
  readonly root: ProfileNode
}

export function profileTree(snapshot: Snapshot): ProfileTree {
  const byId = new Map<string, ProfileNode>()
  for (const element of snapshot.elements) {
    const dot = element.id.lastIndexOf('.')
    const last = element.id.slice(dot + 1)
    const colon = last.indexOf(':')
    const label = colon < 0 ? last : last.slice(0, colon)
    const node: ProfileNode = {
      element,
      name: label.replace(/\[x\]$/, ''),
      children: [],
      slices: [],
      adds: element.touched,
      asked: null,
      isRepeatable: null,
      inOrder: null,
    }
    byId.set(element.id, node)
    const parent = dot < 0 ? undefined : byId.get(element.id.slice(0, dot))
    if (colon < 0) parent?.children.push(node)
    else byId.get(`${element.id.slice(0, dot)}.${label}`)?.slices.push(node)
  }
  const root = byId.get(snapshot.elements[0]?.id ?? '')
  if (!root) throw new Error(`The profile ${snapshot.url} has no root element`)
  markAdding(root)
  return { snapshot, root }
}

function markAdding(node: ProfileNode): boolean {
  for (const below of [...node.children, ...node.slices]) if (markAdding(below)) node.adds = true
  return node.adds
}

/** A value with the type it stands in. */
export interface Repeatable {
  readonly value: JsonValue
  readonly within: Shape
}

/** What an element says of its values of one type. */
export interface Asked {
  readonly type: string
  /** True where something is said that every value is held against, beside binding and constraints. */
  readonly ofItself: boolean
  readonly binding: Judge | null
  readonly constraints: InvariantJudge | null
}
