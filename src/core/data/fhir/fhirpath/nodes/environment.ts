/** What one evaluation knows beside its focus. One object is reused: the members that change are restored by whoever changes them. */
import type { JsonValue } from '../../../model/record.ts'
import { type Node, type Nodes, NotEvaluable } from './node.ts'
import type { Shapes } from './shapes.ts'

export interface Environment {
  readonly shapes: Shapes
  /** The nearest resource; a contained resource is one. */
  resource: Node
  rootResource: Node
  /** The focus of the whole expression. */
  context: Nodes
  self: Nodes
  index: number
  total: Nodes
  /** Items looked at since the expression began; see `spend`. */
  steps: number
  /** Calendar day and moment of the run, as given to it; null where it was not told. */
  readonly now: string | null
  /** The resource a reference means inside its Bundle or container; null where it stands elsewhere. */
  resolve(reference: string): JsonValue | null
  /** Codes of a value set, null where they can not be listed locally. */
  memberOf(system: string | null, code: string, valueSet: string): boolean | null
}

/** A compiled expression. It throws NotEvaluable where the outcome can not be told. */
export type Evaluate = (focus: Nodes, environment: Environment) => Nodes

/** The same expression asked for a truth value only. */
export type Test = (focus: Nodes, environment: Environment) => boolean | null

export interface Compiled {
  readonly evaluate: Evaluate
  /** Null where there is nothing quicker than evaluating. */
  readonly test: Test | null
}

/** Items that one evaluation may look at. Constraints of R4 on a large Bundle need some thousands. */
const mostSteps = 2_000_000

/** Counts items against the budget: an expression of a foreign package could otherwise run for hours. @throws NotEvaluable */
export function spend(environment: Environment, items: number): void {
  environment.steps += items
  if (environment.steps > mostSteps) throw new NotEvaluable('the expression looks at more than two million items')
}
