/** Which slice a value belongs to: all discriminators of the slicing have to match (FHIR R4 §5.1.0.7). */
import { isMembers } from '../../../values/json.ts'
import type { JsonValue } from '../../model/record.ts'
import type { Expansion } from '../definitions/packs.ts'
import { compileFhirPath } from '../fhirpath/compile.ts'
import type { Compiled, Environment } from '../fhirpath/nodes/environment.ts'
import { type Node, type Nodes, NotEvaluable } from '../fhirpath/nodes/node.ts'
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
  if (!isMembers(value)) return false
  const codings = Array.isArray(value.coding) ? value.coding.filter(isMembers) : [value]
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
  switch (type) {
    case 'type':
      return matchesType(slice, path, node, context)
    case 'exists': {
      const values = valuesAt(node, path, context)
      const { defined } = wayTo(slice, path, context)
      if (values === null || defined.length === 0) return null
      return defined.some(({ element }) => element.max === 0) ? values.length === 0 : values.length > 0
    }
    case 'profile':
      return matchesProfile(slice, path, node, context)
    case 'value':
    case 'pattern':
      return matchesValue(slice, path, node, context)
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

/** Where a path leads in the definition of a slice. */
interface Way {
  /** The element it leads to, and those of its slices that have to be there: a value has to fit each that says something. */
  readonly defined: readonly ProfileNode[]
  /** The last element on the way that gives a whole value, with the path to it: what it fixes below itself stands in that value. */
  readonly above: { readonly node: ProfileNode; readonly path: string } | null
}

/** Ways that were followed, by the slice they begin at; a profile does not change once it is expanded. */
const ways = new WeakMap<ProfileNode, Map<string, Way>>()

function wayTo(slice: ProfileNode, path: string, context: DiscriminatorContext): Way {
  const known = ways.get(slice)
  const met = known?.get(path)
  if (met !== undefined) return met
  const found = wayFrom(slice, path, context)
  if (known) known.set(path, found)
  else ways.set(slice, new Map([[path, found]]))
  return found
}

function wayFrom(slice: ProfileNode, path: string, context: DiscriminatorContext): Way {
  let defined: readonly ProfileNode[] = [slice]
  let above = givesWhole(slice) ? { node: slice, path: '$this' } : null
  const walked: string[] = []
  for (const step of path.match(/[A-Za-z]+\('[^']*'\)|[A-Za-z]+\([A-Za-z]*\)|[A-Za-z]+/g) ?? []) {
    // The dollar of `$this` is no part of a step.
    if (step === 'this') continue
    walked.push(step)
    defined = defined.flatMap((node) => below(node, step, context))
    const whole = defined.find(givesWhole)
    if (whole !== undefined) above = { node: whole, path: walked.join('.') }
  }
  return { defined, above }
}

function givesWhole({ element }: ProfileNode): boolean {
  return element.fixed !== null || element.pattern !== null
}

function below(node: ProfileNode, step: string, context: DiscriminatorContext): readonly ProfileNode[] {
  const call: RegExpExecArray | null = /^([A-Za-z]+)\('?([^')]*)'?\)$/.exec(step)
  const [, name = step, argument = ''] = call ?? []
  if (call === null) {
    const child = childOf(node, name, context)
    return child === null ? [] : [child, ...child.slices.filter(({ element }) => element.min > 0)]
  }
  const one = name === 'extension' ? extensionSlice(node, argument) : name === 'resolve' ? targetOf(node, context) : null
  if (one !== null) return [one]
  if (name !== 'ofType') return []
  const ofType = node.slices.filter(({ element }) => element.types.every(({ code }) => code === argument))
  return ofType.length > 0 ? ofType : [node]
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

const lastResolve = /\.?resolve\(\)$/

function matchesType(slice: ProfileNode, path: string, node: Node, context: DiscriminatorContext): boolean | null {
  if (lastResolve.test(path)) return matchesTarget(slice, path.replace(lastResolve, '') || '$this', node, context)
  const [value] = valuesAt(node, path, context) ?? none
  const types = (wayTo(slice, path, context).defined.at(-1) ?? slice).element.types.map(({ code }) => code)
  if (value === undefined) return false
  if (types.length === 0) return null
  return isOneOf(value, types)
}

const none: Nodes = []

function isOneOf({ shape }: Node, types: readonly string[]): boolean {
  return types.includes(shape.type) || shape.supers.some((name) => types.includes(name) && name !== 'Element')
}

/** The type of what a reference points at: that of the target where it is here, else the one its text names. */
function matchesTarget(slice: ProfileNode, path: string, node: Node, context: DiscriminatorContext): boolean | null {
  const targets = (wayTo(slice, path, context).defined.at(-1) ?? slice).element.types.flatMap((type) => type.targets)
  const types = targets.map((url) => (url.includes(':') ? context.profile(url)?.snapshot.type : url))
  if (types.length === 0 || types.includes(undefined) || types.includes('Resource')) return null
  const wanted = types.filter((type) => type !== undefined)
  const [target] = valuesAt(node, `${path}.resolve()`, context) ?? none
  if (target !== undefined) return isOneOf(target, wanted)
  const [reference] = valuesAt(node, path, context) ?? none
  const text = isMembers(reference?.value) ? reference.value.reference : undefined
  const named = typeof text === 'string' ? /^(?:.*\/)?([A-Z][A-Za-z]+)\/[^/]+$/.exec(text)?.[1] : undefined
  return named === undefined ? null : wanted.includes(named)
}

function matchesProfile(slice: ProfileNode, path: string, node: Node, context: DiscriminatorContext): boolean | null {
  const isTarget = lastResolve.test(path)
  const from = isTarget ? path.replace(lastResolve, '') || '$this' : path
  const { types } = (wayTo(slice, from, context).defined.at(-1) ?? slice).element
  const urls = types.flatMap(({ targets, profiles }) => (isTarget ? targets : profiles))
  const values = valuesAt(node, path, context)
  if (values === null) return null
  const [value] = values
  if (value === undefined) return false
  let unsure = urls.length === 0
  for (const url of urls) {
    const conforms = url.includes(':') ? context.conforms(value, url) : isOneOf(value, [url])
    if (conforms === true) return true
    if (conforms === null) unsure = true
  }
  return unsure ? null : false
}

function matchesValue(slice: ProfileNode, path: string, node: Node, context: DiscriminatorContext): boolean | null {
  const values = valuesAt(node, path, context)
  if (values === null) return null
  const { defined, above } = wayTo(slice, path, context)
  // The address of an extension is that of its definition, whether or not the profile repeats it.
  const byUrl = path === 'url' ? slice.element.types.flatMap(({ profiles }) => profiles) : []
  if (byUrl.length > 0 && !defined.some(({ element }) => element.fixed !== null))
    return values.some(({ value }) => typeof value === 'string' && byUrl.some((url) => url.split('|')[0] === value))
  const saying = defined.filter((one) => !saysNothing(one))
  if (saying.length === 0) {
    if (above === null) return null
    const { fixed, pattern } = above.node.element
    const wholes = valuesAt(node, above.path, context)
    return wholes?.some(({ value }) => (fixed ? isFixed(value, fixed.value) : fitsPattern(value, pattern?.value ?? null))) ?? null
  }
  let unsure = false
  for (const one of saying) {
    const outcomes = values.map((value) => fitsDefinition(one, value, context))
    if (outcomes.includes(true)) continue
    if (!outcomes.includes(null)) return false
    unsure = true
  }
  return unsure ? null : true
}

/** Whether a value fits what a definition and its children fix; null where they fix nothing. */
function fitsDefinition(defined: ProfileNode, node: Node, context: DiscriminatorContext): boolean | null {
  const { fixed, pattern, binding } = defined.element
  if (fixed !== null) return isFixed(node.value, fixed.value)
  if (pattern !== null) return fitsPattern(node.value, pattern.value)
  let told: boolean | null = null
  for (const child of defined.children) {
    const candidates = isMembers(node.value) ? valuesAt(node, child.name, context) : []
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
