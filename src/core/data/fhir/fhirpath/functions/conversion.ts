/** Functions about types and their conversion (FHIRPath N1 §5.5 and §6.3). */
import { compareNodes } from '../nodes/equality.ts'
import { booleanNodes, integerNodes, type Node, type Nodes, none, single, stringNodes, system, truth } from '../nodes/node.ts'
import { untyped } from '../nodes/shapes.ts'
import { temporalOf } from '../nodes/temporal.ts'
import { isOfType } from '../nodes/types.ts'
import type { Tree } from '../syntax/parser.ts'
import { type CallContext, type FunctionDefinition, type FunctionTable, simple, Unsupported } from './registry.ts'

/** The type that is named as an argument: `is(Quantity)`, `ofType(FHIR.code)`. */
export function typeArgument({ trees }: CallContext): string {
  const [tree] = trees
  const name = tree ? typeName(tree) : null
  if (name === null) throw new Unsupported('The name of a type is needed as argument')
  return name
}

function typeName(tree: Tree): string | null {
  if (tree.kind !== 'member') return null
  if (tree.on === null) return tree.name
  const outer = typeName(tree.on)
  return outer === null ? null : `${outer}.${tree.name}`
}

type Converted = Nodes | null

function converting(convert: (node: Node) => Converted): FunctionDefinition {
  return simple(0, (focus) => {
    const node = single(focus)
    return node === null ? none : (convert(node) ?? none)
  })
}

function converts(convert: (node: Node) => Converted): FunctionDefinition {
  return simple(0, (focus) => {
    const node = single(focus)
    return node === null ? none : booleanNodes(convert(node) !== null)
  })
}

function toInteger({ value }: Node): Converted {
  if (typeof value === 'boolean') return integerNodes(value ? 1 : 0)
  if (typeof value === 'number') return Number.isInteger(value) ? integerNodes(value) : null
  return typeof value === 'string' && /^[-+]?\d+$/.test(value) ? integerNodes(Number(value)) : null
}

function toDecimal({ value }: Node): Converted {
  if (typeof value === 'boolean') return [system(value ? 1 : 0, 'Decimal')]
  if (typeof value === 'number') return [system(value, 'Decimal')]
  return typeof value === 'string' && /^[-+]?\d+(\.\d+)?$/.test(value) ? [system(Number(value), 'Decimal')] : null
}

function toText({ value }: Node): Converted {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? stringNodes(String(value)) : null
}

const words: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  yes: true,
  y: true,
  '1': true,
  false: false,
  f: false,
  no: false,
  n: false,
  '0': false,
}

function toBoolean({ value }: Node): Converted {
  if (typeof value === 'boolean') return booleanNodes(value)
  if (typeof value === 'number') return value === 1 || value === 0 ? booleanNodes(value === 1) : null
  const word = typeof value === 'string' && Object.hasOwn(words, value.toLowerCase()) ? words[value.toLowerCase()] : undefined
  return word === undefined ? null : booleanNodes(word)
}

function toTemporal(type: 'Date' | 'DateTime' | 'Time') {
  return ({ value }: Node): Converted => {
    if (typeof value !== 'string') return null
    const temporal = temporalOf(value)
    if (temporal === null || (temporal.kind === 'time') !== (type === 'Time')) return null
    return [system(type === 'Date' ? value.slice(0, 10) : value, type)]
  }
}

function toQuantity(node: Node): Converted {
  if (isOfType(node, 'Quantity')) return [node]
  const number = toDecimal(node)?.[0]
  if (number) return [system({ value: number.value ?? null, unit: '1' }, 'Quantity')]
  const parts = typeof node.value === 'string' ? /^([-+]?\d+(?:\.\d+)?)\s+(?:'([^']+)'|([a-z]+))$/.exec(node.value) : null
  return parts ? [system({ value: Number(parts[1]), unit: parts[2] ?? parts[3] ?? '1' }, 'Quantity')] : null
}

const conversions: Readonly<Record<string, (node: Node) => Converted>> = {
  Integer: toInteger,
  Decimal: toDecimal,
  String: toText,
  Boolean: toBoolean,
  Date: toTemporal('Date'),
  DateTime: toTemporal('DateTime'),
  Time: toTemporal('Time'),
  Quantity: toQuantity,
}

function byType(apply: (focus: Nodes, type: string) => Nodes): FunctionDefinition {
  return {
    least: 1,
    most: 1,
    bind: (context) => {
      const type = typeArgument(context)
      return (focus) => apply(focus, type)
    },
  }
}

export const conversion: FunctionTable = {
  ...Object.fromEntries(Object.entries(conversions).map(([name, convert]) => [`to${name}`, converting(convert)])),
  ...Object.fromEntries(Object.entries(conversions).map(([name, convert]) => [`convertsTo${name}`, converts(convert)])),
  is: byType((focus, type) => {
    const node = single(focus)
    return node === null ? none : booleanNodes(isOfType(node, type))
  }),
  // R4's own constraints use as() on several values at once, so it filters like ofType().
  as: byType((focus, type) => focus.filter((node) => isOfType(node, type))),
  type: simple(0, (focus) =>
    focus.map(({ shape }) => {
      const isSystem = shape.type.startsWith('System.')
      const name = isSystem ? shape.type.slice('System.'.length) : shape.type
      return { value: { namespace: isSystem ? 'System' : 'FHIR', name }, twin: null, shape: untyped }
    }),
  ),
  iif: {
    least: 2,
    most: 3,
    bind:
      ({ args: [condition, yes, no] }) =>
      (_focus, environment) => {
        const holds = condition ? truth(condition.evaluate(environment.self, environment)) : null
        const chosen = holds === true ? yes : no
        return chosen ? chosen.evaluate(environment.self, environment) : none
      },
  },
  min: extreme(-1),
  max: extreme(1),
}

function extreme(sign: number): FunctionDefinition {
  return simple(0, (focus) => {
    let best = focus[0]
    for (const node of focus) if (best && (compareNodes(node, best) ?? 0) * sign > 0) best = node
    return best ? [best] : none
  })
}
