/** The target of a field line: a FHIR element path with `where(path='value')` filters, a small part of FHIRPath read literally, or `table.column`. */
import { isList } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'

interface Filter {
  readonly path: readonly string[]
  readonly value: string
  /** The legacy column whose value it is, where the field map writes one in braces: such a path stands for one per value. */
  readonly column?: string
}
interface Step {
  readonly name: string
  /** `value` for `value[x]`, whichever type the element has; absent for a step that names its type. */
  readonly choice?: string
  readonly where: Filter | null
}
export interface ElementPath {
  readonly type: string
  /** Which resources of the type are meant; null for all. */
  readonly where: Filter | null
  readonly steps: readonly Step[]
  /** The path without filters, e.g. `Observation.code`: how findings name the place. */
  readonly plain: string
}

/** The parsed path, or the reason why it is none. */
export function parseElementPath(text: string): ElementPath | string {
  const steps: Step[] = []
  const token =
    /(?:([\p{L}_][\p{L}\p{N}_]*(?:\[x\])?)|`((?:[^`]|``)+)`)(?:\.where\(([A-Za-z0-9_.]+)=(?:'((?:[^'\\]|\\.)*)'|\{([^{}']+)\})\))?(?:\.|$)/uy
  let quoted = false
  while (token.lastIndex < text.length) {
    const found = token.exec(text)
    if (!found)
      return `“${text}” is no target; write an element like Observation.where(status='final').code, or a table and its column, names with spaces or signs in backquotes: patients.\`Birth date\``
    const [, plain, inside, path, value = '', column] = found
    const name = plain ?? inside?.replaceAll('``', '`') ?? ''
    quoted ||= steps.length === 0 && plain === undefined
    const where = path === undefined ? null : { path: path.split('.'), value: value.replace(/\\(.)/gs, '$1') }
    const step = { name, where: where && column !== undefined ? { ...where, column: column.trim() } : where }
    steps.push(plain?.endsWith('[x]') ? { ...step, choice: name.slice(0, -'[x]'.length) } : step)
  }
  const [first, ...rest] = steps
  if (first?.where?.column !== undefined)
    return 'a column in braces stands in the filter of an element, such as component.where(code.coding.code={CODE}), not of the resource'
  // A name in small letters is a table of the target, and a table has columns, not elements.
  if (!first || ((quoted || !/^[A-Z]/.test(first.name)) && rest.length > 1))
    return `“${text}” does not start with a resource type`
  return { type: first.name, where: first.where, steps: rest, plain: [first, ...rest].map((step) => step.name).join('.') }
}

/** A value as it stands in a filter of a path. */
export function quotedValue(value: string): string {
  return `'${value.replace(/['\\]/g, '\\$&')}'`
}

/** A name of a table or column as it stands in a target: in backquotes where it is no plain word. */
export function pathName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `\`${name.replaceAll('`', '``')}\``
}

const nothing: readonly JsonValue[] = []

/** Every value at the path, arrays opened. The list is as long as it must be: pairing holds one per field and record. */
export function valuesAt(resource: JsonValue, path: ElementPath): readonly JsonValue[] {
  let one = resource
  for (let at = 0; at < path.steps.length; at++) {
    const step = path.steps[at]
    if (step === undefined || typeof one !== 'object' || one === null || isList(one)) return nothing
    if (step.choice !== undefined) return manyAt(one, path, at)
    const member = Object.hasOwn(one, step.name) ? one[step.name] : undefined
    if (member === undefined || member === null) return nothing
    if (isList(member)) {
      const [first] = member
      if (member.length !== 1 || first === undefined) return manyAt(one, path, at)
      one = first
    } else one = member
    if (step.where !== null && !matches(one, step.where)) return nothing
  }
  return [one]
}

/** The same from a step at which there are several values. */
function manyAt(start: JsonValue, path: ElementPath, from: number): readonly JsonValue[] {
  let found: JsonValue[] = [start]
  for (const step of path.steps.slice(from)) {
    const next: JsonValue[] = []
    for (const value of found)
      if (step.choice === undefined) pushMember(next, value, step.name)
      else pushChoice(next, value, step.choice)
    const { where } = step
    found = where === null ? next : next.filter((value) => matches(value, where))
  }
  return found.slice()
}

/** Whether a resource is one of those a path speaks about. */
export function speaksOf(path: Pick<ElementPath, 'type' | 'where'>, type: string, resource: JsonValue): boolean {
  return path.type === type && (path.where === null || matches(resource, path.where))
}

function matches(value: JsonValue, where: Filter): boolean {
  let found: JsonValue[] = [value]
  for (const name of where.path) {
    const next: JsonValue[] = []
    for (const one of found) pushMember(next, one, name)
    found = next
  }
  return found.includes(where.value)
}

function pushMember(into: JsonValue[], value: JsonValue, name: string): void {
  if (typeof value !== 'object' || value === null || isList(value)) return
  const member = Object.hasOwn(value, name) ? value[name] : undefined
  if (member === undefined || member === null) return
  if (isList(member)) for (const one of member) into.push(one)
  else into.push(member)
}

/** What an element of several types holds, whichever type it has. */
function pushChoice(into: JsonValue[], value: JsonValue, name: string): void {
  if (typeof value !== 'object' || value === null || isList(value)) return
  for (const member of Object.keys(value))
    if (member.startsWith(name) && /^[A-Z]/.test(member.slice(name.length))) pushMember(into, value, member)
}
