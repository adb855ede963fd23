/** An element of a profile: what a base element has, and what profiles add (FHIR R4 §5.1 ElementDefinition, §5.1.0.7 slicing). */
import type { JsonValue } from '../../model/record.ts'
import type { FlatElement, Invariant, TypeUse } from '../../schema/structure-definition.ts'

export type DiscriminatorType = 'value' | 'exists' | 'pattern' | 'type' | 'profile'

export interface Slicing {
  readonly discriminators: readonly { readonly type: DiscriminatorType; readonly path: string }[]
  readonly ordered: boolean
  readonly rules: 'closed' | 'open' | 'openAtEnd'
}

/** A value with the name of its type, as in `fixedCode` or `patternCodeableConcept`. */
export interface TypedValue {
  readonly type: string
  readonly value: JsonValue
}

export interface ProfileElement extends FlatElement {
  /** Path without slice names: `Observation.component.code`. */
  readonly path: string
  readonly sliceName: string | null
  readonly slicing: Slicing | null
  readonly fixed: TypedValue | null
  readonly pattern: TypedValue | null
  readonly minValue: TypedValue | null
  readonly maxValue: TypedValue | null
  readonly maxLength: number | null
  /** What the base definition asks already, and judges. */
  readonly base: { readonly min: number; readonly max: number; readonly binding: FlatElement['binding'] }
  /** True where a profile says something about it; the rest is judged with the base definition. */
  readonly touched: boolean
  /** Keys of constraints that the base definition has, too: they are judged there. */
  readonly inherited: ReadonlySet<string>
}

/** The elements of one StructureDefinition in the order of its snapshot. */
export interface Snapshot {
  readonly url: string
  readonly version: string | null
  readonly name: string
  /** The type that is constrained. */
  readonly type: string
  readonly elements: readonly ProfileElement[]
  /** Where an extension may stand; empty for other profiles. */
  readonly contexts: readonly { readonly type: string; readonly expression: string }[]
  /** Profiles that whatever claims this one has to fit as well. */
  readonly imposes: readonly string[]
}

/** One statement of a differential: only what it says. */
export interface Statement {
  readonly id: string
  readonly path: string
  readonly sliceName: string | null
  readonly min: number | null
  readonly max: number | null
  readonly types: readonly TypeUse[] | null
  readonly binding: FlatElement['binding']
  readonly invariants: readonly Invariant[]
  readonly slicing: Slicing | null
  readonly fixed: TypedValue | null
  readonly pattern: TypedValue | null
  readonly minValue: TypedValue | null
  readonly maxValue: TypedValue | null
  readonly maxLength: number | null
  readonly isModifier: boolean | null
}

/** A base element seen as one of a profile that adds nothing. */
export function unprofiled(element: FlatElement): ProfileElement {
  return {
    ...element,
    path: element.id,
    sliceName: null,
    slicing: null,
    fixed: null,
    pattern: null,
    minValue: null,
    maxValue: null,
    maxLength: null,
    base: { min: element.min, max: element.max, binding: element.binding },
    touched: false,
    inherited: new Set(element.invariants.map(({ key }) => key)),
  }
}
