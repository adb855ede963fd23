/** Which slice a value belongs to: all discriminators of the slicing have to match (FHIR R4 §5.1.0.7). */
import type { JsonValue } from '../../record.ts'
import { compileFhirPath } from '../fhirpath/compile.ts'
import type { Compiled, Environment } from '../fhirpath/environment.ts'
import { type Node, type Nodes, NotEvaluable } from '../fhirpath/node.ts'
import type { Expansion } from '../packs.ts'
import { isObject } from '../visit.ts'
import type { DiscriminatorType, Slicing } from './profile-element.ts'
import type { ProfileNode, ProfileTree } from './profile-tree.ts'
import { fitsPattern, isFixed } from './values.ts'

export interface DiscriminatorContext {
  /** The environment of the resource at hand. */
  environment(): Environment
  profile(url: string): ProfileTree | null
  /** Null where the value set can not be listed. */
  isMember(value: JsonValue | undefined, valueSet: string): boolean | null
  /** Whether a value conforms to another profile. */
  conforms(node: Node, url: string): boolean | null
}

/** Whether one of the codes of a value is in a value set; null where that can not be listed. */
export function isMember(value: JsonValue | undefined, expansion: Expansion | null): boolean | null {
  if (expansion === null) return null
  if (typeof value === 'string') return expansion.codes.has(value)
  if (!isObject(value)) return false
  const codings = Array.isArray(value.coding) ? value.coding.filter(isObject) : [value]
  return codings.some(({ system, code }) => expansion.codings.has(`${String(system)}|${String(code)}`))
}

const paths = new Map<string, Compiled | null>()
const mostPaths = 1000

function compiledPath(path: string): Compiled | null {
  const known = paths.get(path)
  if (known !== undefined) return known
  const made = compileFhirPath(path, { trusted: false })
  const compiled = typeof made === 'string' ? null : made
  if (paths.size < mostPaths) paths.set(path, compiled)
  return compiled
}

/** Null where it can not be told. */
export function belongsTo(slice: ProfileNode, slicing: Slicing, node: Node, context: DiscriminatorContext): boolean | null {
  if (slicing.discriminators.length === 0) return null
  let unsure = false
  for (const { type, path } of slicing.discriminators) {
    const met = matches(slice, type, path, node, context)
    if (met === false) return false
    if (met === null) unsure = true
  }
  return unsure ? null : true
}

function matches(
  slice: ProfileNode,
  type: DiscriminatorType,
  path: string,
  node: Node,
  context: DiscriminatorContext,
): boolean | null {
  const values = valuesAt(node, path, context)
  const defined = definitionAt(slice, path, context)
  if (values === null) return null
  switch (type) {
    case 'type':
      return matchesType(slice, defined, path, values)
    case 'exists':
      if (defined === null) return null
      return defined.element.max === 0 ? values.length === 0 : values.length > 0
    case 'profile':
      return matchesProfile(slice, defined, path, values, context)
    case 'value':
    case 'pattern':
      return matchesValue(slice, defined, path, values, context)
  }
}

function valuesAt(node: Node, path: string, context: DiscriminatorContext): Nodes | null {
  if (path === '$this') return [node]
  const compiled = compiledPath(path)
  if (compiled === null) return null
  const environment = context.environment()
  const focus = [node]
  const { self } = environment
  environment.self = focus
  try {
    return compiled.evaluate(focus, environment)
  } catch (error) {
    if (error instanceof NotEvaluable) return null
    throw error
  } finally {
    environment.self = self
  }
}

/** Ways that were followed, by the slice they begin at; a profile does not change once it is expanded. */
const ways = new WeakMap<ProfileNode, Map<string, ProfileNode | null>>()

/** The element of the slice that the path leads to; null where the profile says nothing about it. */
function definitionAt(slice: ProfileNode, path: string, context: DiscriminatorContext): ProfileNode | null {
  if (path === '$this') return slice
  const known = ways.get(slice)
  const met = known?.get(path)
  if (met !== undefined) return met
  const found = wayFrom(slice, path, context)
  if (known) known.set(path, found)
  else ways.set(slice, new Map([[path, found]]))
  return found
}

function wayFrom(slice: ProfileNode, path: string, context: DiscriminatorContext): ProfileNode | null {
  let at: ProfileNode | null = slice
  for (const step of path.match(/[A-Za-z]+\('[^']*'\)|[A-Za-z]+\([A-Za-z]*\)|[A-Za-z]+/g) ?? []) {
    if (at === null || step === '$this') continue
    const call: RegExpExecArray | null = /^([A-Za-z]+)\('?([^')]*)'?\)$/.exec(step)
    if (call === null) at = childOf(at, step, context)
    else if (call[1] === 'extension') at = extensionSlice(at, call[2] ?? '')
    else if (call[1] === 'resolve') at = targetOf(at, context)
  }
  return at
}

function childOf(node: ProfileNode, name: string, context: DiscriminatorContext): ProfileNode | null {
  const own = node.children.find((child) => child.name === name)
  if (own) return own
  for (const { profiles } of node.element.types)
    for (const url of profiles) {
      const found = context.profile(url)?.root.children.find((child) => child.name === name)
      if (found) return found
    }
  return null
}

function extensionSlice(node: ProfileNode, url: string): ProfileNode | null {
  const extension = node.children.find((child) => child.name === 'extension')
  return extension?.slices.find((slice) => slice.element.types.some(({ profiles }) => profiles.includes(url))) ?? null
}

function targetOf(node: ProfileNode, context: DiscriminatorContext): ProfileNode | null {
  const [target] = node.element.types.flatMap(({ targets }) => targets)
  return target === undefined ? null : (context.profile(target)?.root ?? null)
}

function matchesType(slice: ProfileNode, defined: ProfileNode | null, path: string, values: Nodes): boolean | null {
  const { types } = (defined ?? slice).element
  const [node] = values
  if (node === undefined) return false
  const wanted = path.includes('resolve()') ? types.flatMap(({ targets }) => targets) : types.map(({ code }) => code)
  if (wanted.length === 0) return null
  return wanted.includes(node.shape.type) || node.shape.supers.some((name) => wanted.includes(name) && name !== 'Element')
}

function matchesProfile(
  slice: ProfileNode,
  defined: ProfileNode | null,
  path: string,
  values: Nodes,
  context: DiscriminatorContext,
): boolean | null {
  const { types } = (defined ?? slice).element
  const urls = path.includes('resolve()') ? types.flatMap(({ targets }) => targets) : types.flatMap(({ profiles }) => profiles)
  const [node] = values
  if (node === undefined) return false
  let unsure = urls.length === 0
  for (const url of urls) {
    const conforms = context.conforms(node, url)
    if (conforms === true) return true
    if (conforms === null) unsure = true
  }
  return unsure ? null : false
}

function matchesValue(
  slice: ProfileNode,
  defined: ProfileNode | null,
  path: string,
  values: Nodes,
  context: DiscriminatorContext,
): boolean | null {
  // The address of an extension is that of its definition, whether or not the profile repeats it.
  const byUrl = path === 'url' ? slice.element.types.flatMap(({ profiles }) => profiles) : []
  if (byUrl.length > 0 && defined?.element.fixed == null)
    return values.some(({ value }) => typeof value === 'string' && byUrl.some((url) => url.split('|')[0] === value))
  if (defined === null) return null
  const outcomes = values.map((node) => fitsDefinition(defined, node, context))
  if (outcomes.includes(true)) return true
  return outcomes.includes(null) || (values.length === 0 && saysNothing(defined)) ? null : false
}

/** Whether a value fits what a definition and its children fix; null where they fix nothing. */
function fitsDefinition(defined: ProfileNode, node: Node, context: DiscriminatorContext): boolean | null {
  const { fixed, pattern, binding } = defined.element
  if (fixed !== null) return isFixed(node.value, fixed.value)
  if (pattern !== null) return fitsPattern(node.value, pattern.value)
  let told: boolean | null = null
  for (const child of defined.children) {
    const candidates = isObject(node.value) ? valuesAt(node, child.name, context) : []
    const parts = child.slices.length > 0 ? child.slices.filter(({ element }) => element.min > 0) : [child]
    for (const part of parts) {
      if (saysNothing(part)) continue
      const outcomes = (candidates ?? []).map((candidate) => fitsDefinition(part, candidate, context))
      if (!outcomes.includes(true)) return false
      told = true
    }
  }
  if (told !== null) return told
  return binding?.strength === 'required' ? context.isMember(node.value, binding.valueSet) : null
}

function saysNothing({ element, children, slices }: ProfileNode): boolean {
  if (element.fixed !== null || element.pattern !== null || (element.touched && element.binding?.strength === 'required'))
    return false
  return children.every(saysNothing) && slices.every((slice) => slice.element.min === 0 || saysNothing(slice))
}
