/** A FHIR StructureDefinition snapshot lowered to element rules: data that a person can read, each with its origin (FHIR R4 §5.1 ElementDefinition). */

export interface TypeUse {
  readonly code: string
  readonly profiles: readonly string[]
  /** Resource types a Reference may point at; empty or `Resource` means any. */
  readonly targets: readonly string[]
}

export interface Binding {
  readonly strength: 'required' | 'extensible' | 'preferred'
  /** Canonical URL without version. */
  readonly valueSet: string
}

/** A FHIRPath constraint of the specification. */
export interface Invariant {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly human: string
  readonly expression: string
}

export interface ElementRule {
  /** Element id, e.g. `Patient.contact.name`; with the name of the definition it is the origin of every judgement made from this rule. */
  readonly id: string
  /** JSON name; without `[x]` for a choice. */
  readonly name: string
  readonly choice: boolean
  readonly min: number
  /** Infinity for `*`. */
  readonly max: number
  /** True where JSON writes an array: decided by the base definition, not by a narrowed maximum (FHIR R4 §2.6.2). */
  readonly repeats: boolean
  readonly types: readonly TypeUse[]
  /** Id of the element whose children are used here, or null. */
  readonly contentReference: string | null
  readonly binding: Binding | null
  readonly invariants: readonly Invariant[]
  readonly isModifier: boolean
  readonly children: readonly ElementRule[]
}

export interface TypeDefinition {
  readonly name: string
  readonly kind: 'resource' | 'complex-type' | 'primitive-type'
  readonly abstract: boolean
  readonly root: ElementRule
  readonly byId: ReadonlyMap<string, ElementRule>
}

/** One element before nesting. */
export type FlatElement = Omit<ElementRule, 'children' | 'name' | 'choice'>

/** Nests the elements of a snapshot, which stand in depth-first order, under their parents. */
export function nest(
  definition: Pick<TypeDefinition, 'name' | 'kind' | 'abstract'>,
  elements: readonly FlatElement[],
): TypeDefinition {
  const byId = new Map<string, ElementRule & { readonly children: ElementRule[] }>()
  let root: ElementRule | null = null
  for (const element of elements) {
    const dot = element.id.lastIndexOf('.')
    const last = element.id.slice(dot + 1)
    const choice = last.endsWith('[x]')
    const rule = { ...element, name: choice ? last.slice(0, -3) : last, choice, children: [] }
    byId.set(element.id, rule)
    if (dot < 0) root = rule
    else byId.get(element.id.slice(0, dot))?.children.push(rule)
  }
  if (root === null) throw new Error(`The definition of ${definition.name} has no root element`)
  return { ...definition, root, byId }
}

/** The child that a JSON name means, with its type: `valueQuantity` is the Quantity of `value[x]`. Null where there is none. */
export function elementNamed(parent: ElementRule, name: string): { readonly rule: ElementRule; readonly type: string } | null {
  for (const rule of parent.children) {
    if (!rule.choice && rule.name === name) return { rule, type: rule.types[0]?.code ?? '' }
    if (!rule.choice || !name.startsWith(rule.name)) continue
    const use = rule.types.find(({ code }) => `${rule.name}${code.charAt(0).toUpperCase()}${code.slice(1)}` === name)
    if (use !== undefined) return { rule, type: use.code }
  }
  return null
}
