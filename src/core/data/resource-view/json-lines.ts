/** A resource as indented lines of JSON, each with the path it belongs to, so that the element of a finding can be marked. */
import type { JsonNode, JsonSteps } from '../read/json/json-tree.ts'

export interface JsonLine {
  readonly depth: number
  /** Member name of an object's line; null for items of arrays and closing brackets. */
  readonly name: string | null
  /** The value or bracket as it is written, without comma. */
  readonly token: string
  /** True for strings and numbers: what they say is a value of the source. */
  readonly isValue: boolean
  readonly comma: boolean
  /** From the value that is shown down to this line. */
  readonly path: JsonSteps
}

export function* jsonLines(node: JsonNode, path: JsonSteps = [], name: string | null = null, comma = false): Generator<JsonLine> {
  const line = { depth: path.length, name, path }
  if (node.kind !== 'object' && node.kind !== 'array') {
    const isValue = node.kind === 'string' || node.kind === 'number'
    yield { ...line, token: node.kind === 'string' ? JSON.stringify(node.text) : node.text, isValue, comma }
    return
  }
  const [start, end] = node.kind === 'object' ? ['{', '}'] : ['[', ']']
  const inside =
    node.kind === 'object'
      ? node.members.map(({ name: member, value }) => ({ step: member, member, value }))
      : node.items.map((value, index) => ({ step: index, member: null, value }))
  if (inside.length === 0) {
    yield { ...line, token: `${start}${end}`, isValue: false, comma }
    return
  }
  yield { ...line, token: start, isValue: false, comma: false }
  for (const [index, { step, member, value }] of inside.entries())
    yield* jsonLines(value, [...path, step], member, index < inside.length - 1)
  yield { depth: path.length, name: null, path, token: end, isValue: false, comma }
}

/** True where a line stands at or inside the element; a primitive's twin `_x` belongs to it. */
export function isInside({ path }: JsonLine, element: JsonSteps): boolean {
  return element.every((step, index) => path[index] === step || (typeof step === 'string' && path[index] === `_${step}`))
}

/** The longest beginning of `steps` that exists inside the value: where something is missing, the element that should hold it. */
export function existing(node: JsonNode, steps: JsonSteps): JsonSteps {
  let at: JsonNode | undefined = node
  for (const [index, step] of steps.entries()) {
    at = childOf(at, step)
    if (at === undefined) return steps.slice(0, index)
  }
  return steps
}

function childOf(node: JsonNode, step: string | number): JsonNode | undefined {
  // A position on a value that should have been a list means the value itself.
  if (typeof step === 'number') return node.kind === 'array' ? node.items[step] : undefined
  if (node.kind !== 'object') return undefined
  return (node.members.find(({ name }) => name === step) ?? node.members.find(({ name }) => name === `_${step}`))?.value
}
