/** The operators of FHIRPath on evaluated operands (FHIRPath N1 §6). Logic is three-valued: null is "empty". */
import { isMembers } from '../../../values/json.ts'
import { compareNodes, distinct, equalCollections, equivalentCollections, keyOf } from './nodes/equality.ts'
import { type Node, type Nodes, NotEvaluable, none, single, stringNodes, system, systemType } from './nodes/node.ts'
import { addDuration } from './nodes/temporal.ts'
import type { BinaryOperator } from './syntax/parser.ts'

export type Logic = 'and' | 'or' | 'xor' | 'implies'

export function isLogic(operator: BinaryOperator): operator is Logic {
  return operator === 'and' || operator === 'or' || operator === 'xor' || operator === 'implies'
}

/** `right` is only asked where it matters. */
export function logic(operator: Logic, left: boolean | null, right: () => boolean | null): boolean | null {
  switch (operator) {
    case 'and': {
      if (left === false) return false
      const other = right()
      return other === false ? false : left === null || other === null ? null : true
    }
    case 'or': {
      if (left === true) return true
      const other = right()
      return other === true ? true : left === null || other === null ? null : false
    }
    case 'xor': {
      const other = right()
      return left === null || other === null ? null : left !== other
    }
    case 'implies': {
      if (left === false) return true
      const other = right()
      return other === true ? true : left === null ? null : other
    }
  }
}

/** Operators that answer with a truth value. */
export function asks(operator: BinaryOperator): boolean {
  return ['=', '!=', '~', '!~', '<', '<=', '>', '>=', 'in', 'contains'].includes(operator)
}

export function truthOf(operator: BinaryOperator, left: Nodes, right: Nodes): boolean | null {
  switch (operator) {
    case '=':
      return equalCollections(left, right)
    case '!=': {
      const same = equalCollections(left, right)
      return same === null ? null : !same
    }
    case '~':
      return equivalentCollections(left, right)
    case '!~':
      return !equivalentCollections(left, right)
    case 'in':
      return isIn(left, right)
    case 'contains':
      return isIn(right, left)
    default:
      return inOrder(operator, left, right)
  }
}

function isIn(item: Nodes, collection: Nodes): boolean | null {
  const node = single(item)
  if (node === null) return null
  const key = keyOf(node)
  return collection.some((other) => keyOf(other) === key)
}

function inOrder(operator: BinaryOperator, left: Nodes, right: Nodes): boolean | null {
  const [a, b] = [single(left), single(right)]
  const order = a === null || b === null ? null : compareNodes(a, b)
  if (order === null) return null
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

/** Union, text and arithmetic. */
export function combined(operator: BinaryOperator, left: Nodes, right: Nodes): Nodes {
  if (operator === '|') return distinct([...left, ...right])
  const [a, b] = [single(left), single(right)]
  if (operator === '&') return stringNodes(plainText(a) + plainText(b))
  return a === null || b === null ? none : arithmetic(operator, a, b)
}

function plainText(node: Node | null): string {
  const value = node?.value
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

function arithmetic(operator: BinaryOperator, a: Node, b: Node): Nodes {
  const [x, y] = [a.value, b.value]
  if (operator === '+' && typeof x === 'string' && typeof y === 'string') return stringNodes(x + y)
  if (typeof x === 'number' && typeof y === 'number') return numeric(operator, x, y)
  if (typeof x === 'string' && isMembers(y) && typeof y.value === 'number' && (operator === '+' || operator === '-')) {
    const moved = addDuration(x, operator === '+' ? y.value : -y.value, typeof y.unit === 'string' ? y.unit : '')
    if (moved !== null) return [system(moved, systemType(a) ?? 'DateTime')]
  }
  throw new NotEvaluable(`values that “${operator}” does not combine`)
}

function numeric(operator: BinaryOperator, x: number, y: number): Nodes {
  const whole = Number.isInteger(x) && Number.isInteger(y)
  const result = calculated(operator, x, y)
  if (result === null || !Number.isFinite(result)) return none
  return [system(result, (whole && operator !== '/') || operator === 'div' ? 'Integer' : 'Decimal')]
}

/** Null where the result does not exist: division by zero is empty, not an error. */
function calculated(operator: BinaryOperator, x: number, y: number): number | null {
  switch (operator) {
    case '+':
      return rounded(x + y)
    case '-':
      return rounded(x - y)
    case '*':
      return rounded(x * y)
    case '/':
      return y === 0 ? null : x / y
    case 'div':
      return y === 0 ? null : Math.trunc(x / y)
    case 'mod':
      return y === 0 ? null : rounded(x % y)
    default:
      return null
  }
}

/** Decimals are exact in FHIRPath: 0.1 + 0.2 is 0.3. Fifteen significant digits are what a double holds. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15))
}
