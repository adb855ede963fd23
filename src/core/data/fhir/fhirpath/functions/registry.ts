/** A function of FHIRPath: its arguments come compiled, so that criteria run once per item. */
import { type Compiled, type Environment, type Evaluate, spend } from '../nodes/environment.ts'
import type { Node, Nodes } from '../nodes/node.ts'
import type { Tree } from '../syntax/parser.ts'

/** Something that this subset of FHIRPath lacks; the whole expression is then not evaluated. */
export class Unsupported extends Error {}

export interface CallContext {
  readonly args: readonly Compiled[]
  /** As written: type names and literals are not evaluated. */
  readonly trees: readonly Tree[]
  /** Makes a matcher of a regular expression; user-supplied ones run in linear time. */
  readonly regex: (pattern: string) => (text: string, environment: Environment) => boolean
  readonly replaceRegex: (pattern: string) => (text: string, by: string, environment: Environment) => string
}

export interface FunctionDefinition {
  readonly least: number
  readonly most: number
  bind(context: CallContext): Evaluate
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>

/** A function that looks at its focus and at plain argument values. */
export function simple(
  arity: number,
  apply: (focus: Nodes, args: readonly Nodes[], environment: Environment) => Nodes,
): FunctionDefinition {
  return {
    least: arity,
    most: arity,
    bind:
      ({ args }) =>
      (focus, environment) =>
        apply(
          focus,
          args.map((arg) => arg.evaluate(environment.self, environment)),
          environment,
        ),
  }
}

/** Evaluates a criterion or projection for one item, with `$this` and `$index` set and restored. */
export function forItem<T>(
  environment: Environment,
  item: Node,
  index: number,
  evaluate: (focus: Nodes, environment: Environment) => T,
): T {
  spend(environment, 1)
  const { self, index: before } = environment
  const focus = [item]
  environment.self = focus
  environment.index = index
  try {
    return evaluate(focus, environment)
  } finally {
    environment.self = self
    environment.index = before
  }
}
