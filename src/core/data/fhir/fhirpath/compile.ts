/** A FHIRPath expression to closures, once; what this subset lacks is named instead of being guessed. No source is generated. */
import { RE2JS } from 're2js'
import { collections } from './functions/collections.ts'
import { conversion } from './functions/conversion.ts'
import { existence } from './functions/existence.ts'
import { fhir } from './functions/fhir.ts'
import { type CallContext, type FunctionTable, Unsupported } from './functions/registry.ts'
import { text } from './functions/text.ts'
import { linearPattern } from './linear-pattern.ts'
import { type Compiled, type Environment, type Evaluate, spend, type Test } from './nodes/environment.ts'
import { addMembers, hasMember } from './nodes/navigate.ts'
import {
  booleanNodes,
  demandShort,
  type Node,
  type Nodes,
  NotEvaluable,
  none,
  numberOf,
  single,
  stringNodes,
  system,
  truth,
} from './nodes/node.ts'
import { isOfType } from './nodes/types.ts'
import { asks, combined, isLogic, logic, truthOf } from './operators.ts'
import { FhirPathSyntaxError } from './syntax/lexer.ts'
import { parseFhirPath, type Tree } from './syntax/parser.ts'

export interface CompileOptions {
  /** True for the expressions of R4 itself, whose regular expressions are known to be harmless; others run in linear time. */
  readonly trusted: boolean
}

const functions: FunctionTable = { ...existence, ...collections, ...conversion, ...text, ...fhir }

/** The compiled expression, or the reason why it can not be followed, as a text. */
export function compileFhirPath(expression: string, options: CompileOptions): Compiled | string {
  try {
    return compile(parseFhirPath(expression), options)
  } catch (error) {
    if (error instanceof FhirPathSyntaxError) return `${error.message} (character ${error.at + 1})`
    if (error instanceof Unsupported) return error.message
    throw error
  }
}

function compile(tree: Tree, options: CompileOptions): Compiled {
  switch (tree.kind) {
    case 'empty':
      return plain(() => none)
    case 'boolean':
      return constant(booleanNodes(tree.value))
    case 'string':
      return constant(stringNodes(tree.value))
    case 'number':
      return constant([system(tree.value, tree.decimal ? 'Decimal' : 'Integer')])
    case 'quantity':
      return constant([system({ value: tree.value, unit: tree.unit }, 'Quantity')])
    case 'time':
      return constant([timeNode(tree.text)])
    case 'variable':
      return plain(variable(tree.name))
    case 'member':
      return member(tree.on === null ? null : compile(tree.on, options), tree.name)
    case 'call':
      return call(tree, options)
    case 'index':
      return indexed(compile(tree.on, options), compile(tree.index, options))
    case 'sign':
      return signed(tree.operator, compile(tree.on, options))
    case 'type':
      return typed(tree.operator, compile(tree.on, options), tree.type)
    case 'binary':
      return binary(tree, options)
  }
}

function plain(evaluate: Evaluate): Compiled {
  return { evaluate, test: null }
}

function constant(nodes: Nodes): Compiled {
  return plain(() => nodes)
}

function asTest(test: Test): Compiled {
  return { evaluate: (focus, environment) => booleanNodes(test(focus, environment)), test }
}

function timeNode(text: string): Node {
  if (text.startsWith('T')) return system(text.slice(1), 'Time')
  return text.includes('T') ? system(text.replace(/T$/, ''), 'DateTime') : system(text, 'Date')
}

function variable(name: string): Evaluate {
  switch (name) {
    case '$this':
      return (_focus, environment) => environment.self
    case '$index':
      return (_focus, environment) => [system(environment.index, 'Integer')]
    case '$total':
      return (_focus, environment) => environment.total
    case '%context':
      return (_focus, environment) => environment.context
    case '%resource':
      return (_focus, environment) => [environment.resource]
    case '%rootResource':
      return (_focus, environment) => [environment.rootResource]
    case '%ucum':
      return () => stringNodes('http://unitsofmeasure.org')
    case '%sct':
      return () => stringNodes('http://snomed.info/sct')
    case '%loinc':
      return () => stringNodes('http://loinc.org')
  }
  const valueSet = /^%vs-(.+)$/.exec(name)?.[1]
  if (valueSet !== undefined) return () => stringNodes(`http://hl7.org/fhir/ValueSet/${valueSet}`)
  const extension = /^%ext-(.+)$/.exec(name)?.[1]
  if (extension !== undefined) return () => stringNodes(`http://hl7.org/fhir/StructureDefinition/${extension}`)
  throw new Unsupported(`The variable ${name} is not supported`)
}

function member(on: Compiled | null, name: string): Compiled {
  const step = (nodes: Nodes, shapes: Parameters<typeof addMembers>[2]): Nodes => {
    const found: Node[] = []
    for (const node of nodes) addMembers(node, name, shapes, found)
    return found
  }
  if (on !== null) return plain((focus, environment) => step(on.evaluate(focus, environment), environment.shapes))
  // A path may begin with the type of its focus: Patient.name (FHIRPath N1 §5, path selection).
  const mayBeType = /^[A-Z]/.test(name)
  return plain((focus, environment) => {
    if (mayBeType) {
      const same = focus.filter(({ shape }) => shape.type === name || shape.supers.includes(name))
      if (same.length > 0) return same
    }
    return step(focus, environment.shapes)
  })
}

function call(tree: Tree & { readonly kind: 'call' }, options: CompileOptions): Compiled {
  const definition = Object.hasOwn(functions, tree.name) ? functions[tree.name] : undefined
  if (!definition) throw new Unsupported(`The function ${tree.name}() is not supported`)
  if (tree.args.length < definition.least || tree.args.length > definition.most)
    throw new Unsupported(`The function ${tree.name}() does not take ${tree.args.length} arguments`)
  const quick = quickPresence(tree, options)
  if (quick) return quick
  const on = tree.on === null ? null : compile(tree.on, options)
  const context: CallContext = {
    trees: tree.args,
    args: takesType.has(tree.name) ? [] : tree.args.map((arg) => compile(arg, options)),
    regex: regexMaker(options),
    replaceRegex: replaced,
  }
  if (tree.name === 'not') return negated(on)
  const apply = definition.bind(context)
  return plain((focus, environment) => {
    const made = apply(on === null ? focus : on.evaluate(focus, environment), environment)
    spend(environment, made.length)
    return made
  })
}

const takesType = new Set(['is', 'as', 'ofType'])

function negated(on: Compiled | null): Compiled {
  return asTest((focus, environment) => {
    const value = on === null ? truth(focus) : on.test ? on.test(focus, environment) : truth(on.evaluate(focus, environment))
    return value === null ? null : !value
  })
}

/** `a.b.exists()` and `a.b.empty()` look whether a member is there, without making the values: half of R4's constraints. */
function quickPresence(tree: Tree & { readonly kind: 'call' }, options: CompileOptions): Compiled | null {
  if ((tree.name !== 'exists' && tree.name !== 'empty') || tree.args.length > 0 || tree.on?.kind !== 'member') return null
  const { on, name } = tree.on
  if (on === null && /^[A-Z]/.test(name)) return null
  const before = on === null ? null : compile(on, options)
  const wanted = tree.name === 'exists'
  return asTest((focus, environment) => {
    const nodes = before === null ? focus : before.evaluate(focus, environment)
    for (const node of nodes) if (hasMember(node, name)) return wanted
    return !wanted
  })
}

function regexMaker({ trusted }: CompileOptions): CallContext['regex'] {
  if (trusted)
    return (pattern) => {
      const expression = new RegExp(pattern, 's')
      return (whole) => expression.test(whole)
    }
  return (pattern) => {
    const expression = linearPattern(pattern, RE2JS.DOTALL)
    return (whole, environment) => {
      spendOnPattern(environment, expression, whole)
      return expression.matcher(whole).find()
    }
  }
}

/** Steps of a pattern that take as long as one item. */
const stepsOfItem = 256

function spendOnPattern(environment: Environment, expression: RE2JS, whole: string): void {
  spend(environment, Math.ceil((whole.length * expression.programSize()) / stepsOfItem))
}

function replaced(pattern: string): ReturnType<CallContext['replaceRegex']> {
  const expression = linearPattern(pattern, 0)
  return (whole, by, environment) => {
    spendOnPattern(environment, expression, whole)
    // How long it can get: each match gives the replacement, each group in that at most what was matched.
    let matches = 0
    for (const matcher = expression.matcher(whole); matcher.find(); ) matches++
    demandShort(whole.length * by.split('$').length + matches * by.length)
    try {
      return expression.matcher(whole).replaceAll(by)
    } catch {
      throw new NotEvaluable('a replacement can not be followed')
    }
  }
}

function indexed(on: Compiled, index: Compiled): Compiled {
  return plain((focus, environment) => {
    const at = numberOf(index.evaluate(environment.self, environment))
    const node = at === null ? undefined : on.evaluate(focus, environment)[at]
    return node === undefined ? none : [node]
  })
}

function signed(operator: '+' | '-', on: Compiled): Compiled {
  return plain((focus, environment) => {
    const nodes = on.evaluate(focus, environment)
    const value = numberOf(nodes)
    if (value === null || operator === '+') return nodes
    return [system(-value, Number.isInteger(value) ? 'Integer' : 'Decimal')]
  })
}

function typed(operator: 'is' | 'as', on: Compiled, type: string): Compiled {
  if (operator === 'as')
    return plain((focus, environment) => on.evaluate(focus, environment).filter((node) => isOfType(node, type)))
  return asTest((focus, environment) => {
    const node = single(on.evaluate(focus, environment))
    return node === null ? null : isOfType(node, type)
  })
}

function binary(tree: Tree & { readonly kind: 'binary' }, options: CompileOptions): Compiled {
  const { operator } = tree
  const left = compile(tree.left, options)
  const right = compile(tree.right, options)
  if (isLogic(operator)) {
    const ask = (one: Compiled): Test => one.test ?? ((focus, environment) => truth(one.evaluate(focus, environment)))
    const [a, b] = [ask(left), ask(right)]
    return asTest((focus, environment) => logic(operator, a(focus, environment), () => b(focus, environment)))
  }
  if (asks(operator))
    return asTest((focus, environment) =>
      truthOf(operator, left.evaluate(focus, environment), right.evaluate(focus, environment)),
    )
  return plain((focus, environment) => {
    const [a, b] = [left.evaluate(focus, environment), right.evaluate(focus, environment)]
    spend(environment, a.length + b.length)
    return combined(operator, a, b)
  })
}
