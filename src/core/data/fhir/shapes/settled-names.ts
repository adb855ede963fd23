/** What the names of an object's members say of a FHIRPath constraint: whether it is met whatever the values are, and else which values it reads. */
import { parseFhirPath, type Tree } from '../fhirpath/syntax/parser.ts'

export interface Dependence {
  /** True where it is met by any object that has just these elements. */
  settles(present: ReadonlySet<string>): boolean
  /** Elements whose values decide it; null where more than the object at hand may. */
  readonly reads: ReadonlySet<string> | null
}

/** Elements are named as in definitions: `value`, not `valueQuantity`. */
export function dependenceOf(expression: string): Dependence {
  const tree = parseFhirPath(expression)
  const reads = new Set<string>()
  return {
    settles: (present) => truthFrom(tree, present) === true,
    reads: collect(tree, reads, false) ? reads : null,
  }
}

type Names = ReadonlySet<string>

/** Null where names alone do not tell. */
function truthFrom(tree: Tree, present: Names): boolean | null {
  if (tree.kind === 'boolean') return tree.value
  if (tree.kind === 'binary') {
    if (tree.operator === '>' && tree.right.kind === 'number' && tree.right.value === 0) return isAnyCounted(tree.left, present)
    const logic = connectives[tree.operator]
    return logic === undefined ? null : logic(truthFrom(tree.left, present), truthFrom(tree.right, present))
  }
  if (tree.kind !== 'call' || tree.on === null) return null
  if (tree.name === 'not') {
    const inner = truthFrom(tree.on, present)
    return inner === null ? null : !inner
  }
  const filled = isFilled(tree.on, present)
  if (tree.name === 'empty') return filled === null ? null : !filled
  if (tree.name === 'exists' && tree.args.length === 0) return filled
  if (filled !== false) return null
  return tree.name === 'all' ? true : tree.name === 'exists' || tree.name === 'hasValue' ? false : null
}

type Logic = (left: boolean | null, right: boolean | null) => boolean | null

const connectives: Readonly<Record<string, Logic>> = {
  or: (left, right) => (left === true || right === true ? true : left === false && right === false ? false : null),
  and: (left, right) => (left === false || right === false ? false : left === true && right === true ? true : null),
  implies: (left, right) => (left === false || right === true ? true : left === true && right === false ? false : null),
  xor: (left, right) => (left === null || right === null ? null : left !== right),
}

/** Whether a sum of counts is more than nothing. */
function isAnyCounted(tree: Tree, present: Names): boolean | null {
  if (tree.kind === 'binary' && tree.operator === '+') {
    const [left, right] = [isAnyCounted(tree.left, present), isAnyCounted(tree.right, present)]
    return left === true || right === true ? true : left === false && right === false ? false : null
  }
  return tree.kind === 'call' && tree.name === 'count' && tree.on !== null ? isFilled(tree.on, present) : null
}

/** Functions that give nothing for nothing. */
const passing = new Set(['where', 'select', 'first', 'last', 'tail', 'single', 'as', 'ofType', 'distinct', 'skip', 'take'])

/** Whether a collection holds anything; null where names alone do not tell. */
function isFilled(tree: Tree, present: Names): boolean | null {
  if (tree.kind === 'member') {
    // A type may stand before a name: then it is no name of an element.
    if (tree.on === null) return /^[a-z]/.test(tree.name) ? present.has(tree.name) : null
    return isFilled(tree.on, present) === false ? false : null
  }
  if (tree.kind === 'call' && tree.on !== null && passing.has(tree.name))
    return isFilled(tree.on, present) === false ? false : null
  if (tree.kind === 'type' && tree.operator === 'as') return isFilled(tree.on, present) === false ? false : null
  return null
}

/** Functions that look at what they are called on, and at nothing else. */
const local = new Set([
  ...passing,
  ...['exists', 'empty', 'not', 'hasValue', 'all', 'count', 'iif', 'matches', 'startsWith', 'endsWith', 'contains', 'length'],
  ...['intersect', 'subsetOf', 'supersetOf', 'isDistinct', 'toString', 'substring', 'indexOf', 'upper', 'lower'],
])

/** Functions that may be called on the object at hand itself. */
const ofThis = new Set(['iif', 'where'])

const byName = new Set(['exists', 'empty'])

/** Adds the elements that are read; false where something else may be. `inside`: `$this` is an item of what a function is called on. */
function collect(tree: Tree, reads: Set<string>, inside: boolean): boolean {
  switch (tree.kind) {
    case 'empty':
    case 'boolean':
    case 'string':
    case 'number':
    case 'time':
    case 'quantity':
      return true
    case 'variable':
      return tree.name === '$this' ? inside : tree.name === '%ucum' || tree.name === '%sct' || tree.name === '%loinc'
    case 'member':
      if (tree.on !== null) return collect(tree.on, reads, inside)
      if (!/^[a-z]/.test(tree.name)) return false
      if (!inside) reads.add(tree.name)
      return true
    case 'call': {
      const { on } = tree
      if (!local.has(tree.name)) return false
      // Whether an element is there is told by its name, whatever its value is.
      if (on?.kind === 'member' && on.on === null && !inside && tree.args.length === 0 && byName.has(tree.name))
        return /^[a-z]/.test(on.name)
      if (on === null && !ofThis.has(tree.name) && !(inside && tree.args.length === 0)) return false
      if (on !== null && !collect(on, reads, inside)) return false
      return tree.args.every((one) => collect(one, reads, inside || on !== null))
    }
    case 'index':
      return collect(tree.on, reads, inside) && collect(tree.index, reads, inside)
    case 'sign':
    case 'type':
      return collect(tree.on, reads, inside)
    case 'binary':
      return collect(tree.left, reads, inside) && collect(tree.right, reads, inside)
  }
}
