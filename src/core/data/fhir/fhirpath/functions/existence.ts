/** Functions about whether there is something, and whether all of it is so (FHIRPath N1 §5.1). */

import type { Compiled, Environment } from '../nodes/environment.ts'
import { distinct, keyOf } from '../nodes/equality.ts'
import { booleanNodes, integerNodes, type Nodes, truth } from '../nodes/node.ts'
import { type FunctionTable, forItem, simple } from './registry.ts'

/** Truth of a criterion for one item. */
export function holds(criterion: Compiled, environment: Environment): boolean | null {
  return criterion.test ? criterion.test(environment.self, environment) : truth(criterion.evaluate(environment.self, environment))
}

function some(focus: Nodes, criterion: Compiled | undefined, environment: Environment): boolean {
  if (criterion === undefined) return focus.length > 0
  return focus.some((item, i) => forItem(environment, item, i, () => holds(criterion, environment)) === true)
}

function every(focus: Nodes, criterion: Compiled, environment: Environment): boolean {
  return focus.every((item, i) => forItem(environment, item, i, () => holds(criterion, environment)) === true)
}

function allAre(value: boolean, any: boolean) {
  return simple(0, (focus) => {
    const is = (item: Nodes[number]): boolean => item.value === value
    return booleanNodes(any ? focus.some(is) : focus.every(is))
  })
}

function isSubset(a: Nodes, b: Nodes): boolean {
  const keys = new Set(b.map(keyOf))
  return a.every((item) => keys.has(keyOf(item)))
}

export const existence: FunctionTable = {
  empty: simple(0, (focus) => booleanNodes(focus.length === 0)),
  exists: {
    least: 0,
    most: 1,
    bind:
      ({ args }) =>
      (focus, environment) =>
        booleanNodes(some(focus, args[0], environment)),
  },
  all: {
    least: 1,
    most: 1,
    bind:
      ({ args }) =>
      (focus, environment) =>
        booleanNodes(every(focus, args[0] as Compiled, environment)),
  },
  allTrue: allAre(true, false),
  anyTrue: allAre(true, true),
  allFalse: allAre(false, false),
  anyFalse: allAre(false, true),
  subsetOf: simple(1, (focus, [other = []]) => booleanNodes(isSubset(focus, other))),
  supersetOf: simple(1, (focus, [other = []]) => booleanNodes(isSubset(other, focus))),
  count: simple(0, (focus) => integerNodes(focus.length)),
  distinct: simple(0, (focus) => distinct(focus)),
  isDistinct: simple(0, (focus) => booleanNodes(distinct(focus).length === focus.length)),
  not: simple(0, (focus) => {
    const value = truth(focus)
    return booleanNodes(value === null ? null : !value)
  }),
}
