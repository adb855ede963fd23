/** Functions that pick, project and combine items (FHIRPath N1 §5.2 to §5.4). */

import { type Compiled, type Environment, spend } from '../nodes/environment.ts'
import { distinct, keyOf } from '../nodes/equality.ts'
import { childrenOf, descendantsOf } from '../nodes/navigate.ts'
import { type Node, type Nodes, NotEvaluable, none, numberOf, single } from '../nodes/node.ts'
import { isOfType } from '../nodes/types.ts'
import { typeArgument } from './conversion.ts'
import { holds } from './existence.ts'
import { type FunctionTable, forItem, simple } from './registry.ts'

function matching(focus: Nodes, criterion: Compiled, environment: Environment): Nodes {
  return focus.filter((item, i) => forItem(environment, item, i, () => holds(criterion, environment)) === true)
}

function projected(focus: Nodes, projection: Compiled, environment: Environment): Node[] {
  const found: Node[] = []
  for (const [i, item] of focus.entries()) {
    const made = forItem(environment, item, i, projection.evaluate)
    spend(environment, made.length)
    for (const node of made) found.push(node)
  }
  return found
}

/** Items that a repeated projection may reach; more means that the expression never ends. */
const mostRepeated = 1_000_000
/** Characters of what was met; an expression that makes ever longer texts ends here. */
const mostRepeatedText = 4 << 20

function repeated(focus: Nodes, projection: Compiled, environment: Environment): Node[] {
  const seen = new Set<string>()
  const found: Node[] = []
  let held = 0
  for (let level: Nodes = projected(focus, projection, environment); level.length > 0; ) {
    const fresh = level.filter((node) => {
      const key = keyOf(node)
      if (seen.has(key)) return false
      held += key.length
      if (held > mostRepeatedText) throw new NotEvaluable('repeat() does not end')
      seen.add(key)
      return true
    })
    found.push(...fresh)
    if (found.length > mostRepeated) throw new NotEvaluable('repeat() does not end')
    level = projected(fresh, projection, environment)
  }
  return found
}

function cut(focus: Nodes, from: number, to = focus.length): Nodes {
  return focus.slice(Math.max(0, from), Math.max(0, to))
}

function wholeNumber(nodes: Nodes | undefined): number {
  const value = numberOf(nodes ?? none)
  if (value === null || !Number.isInteger(value)) throw new NotEvaluable('a whole number is needed')
  return value
}

function withKeys(focus: Nodes, other: Nodes, inside: boolean): Nodes {
  const keys = new Set(other.map(keyOf))
  return focus.filter((node) => keys.has(keyOf(node)) === inside)
}

export const collections: FunctionTable = {
  where: {
    least: 1,
    most: 1,
    bind:
      ({ args }) =>
      (focus, environment) =>
        matching(focus, args[0] as Compiled, environment),
  },
  select: {
    least: 1,
    most: 1,
    bind:
      ({ args }) =>
      (focus, environment) =>
        projected(focus, args[0] as Compiled, environment),
  },
  repeat: {
    least: 1,
    most: 1,
    bind:
      ({ args }) =>
      (focus, environment) =>
        repeated(focus, args[0] as Compiled, environment),
  },
  ofType: {
    least: 1,
    most: 1,
    bind: (context) => {
      const type = typeArgument(context)
      return (focus) => focus.filter((node) => isOfType(node, type))
    },
  },
  single: simple(0, (focus) => {
    const node = single(focus)
    return node === null ? none : [node]
  }),
  first: simple(0, (focus) => focus.slice(0, 1)),
  last: simple(0, (focus) => focus.slice(-1)),
  tail: simple(0, (focus) => focus.slice(1)),
  skip: simple(1, (focus, [n]) => cut(focus, wholeNumber(n))),
  take: simple(1, (focus, [n]) => cut(focus, 0, wholeNumber(n))),
  intersect: simple(1, (focus, [other = none]) => distinct(withKeys(focus, other, true))),
  exclude: simple(1, (focus, [other = none]) => withKeys(focus, other, false)),
  union: simple(1, (focus, [other = none]) => distinct([...focus, ...other])),
  combine: simple(1, (focus, [other = none]) => [...focus, ...other]),
  children: simple(0, (focus, _args, { shapes }) => childrenOf(focus, shapes)),
  descendants: simple(0, (focus, _args, { shapes }) => descendantsOf(focus, shapes)),
}
