/** The FHIR R4 definitions that ship with Carryover, decoded from the packs that `npm run packs` writes; loaded on first use as separate chunks. */
import {
  type Binding,
  type FlatElement,
  type Invariant,
  nest,
  type TypeDefinition,
  type TypeUse,
} from '../schema/structure-definition.ts'

interface StructurePack {
  readonly constraints: readonly string[]
  readonly definitions: Readonly<
    Record<string, { readonly kind: string; readonly abstract: boolean; readonly elements: readonly string[] }>
  >
}

interface ValueSetPack {
  readonly expansions: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly unexpanded: Readonly<Record<string, string>>
}

/** Codes of a value set that could be listed without a terminology server. */
export interface Expansion {
  readonly codes: ReadonlySet<string>
  /** `system|code`. */
  readonly codings: ReadonlySet<string>
}

export interface Definitions {
  /** Null where FHIR R4 has no such type. */
  type(name: string): TypeDefinition | null
  /** Null where the value set can not be expanded locally. */
  expansion(valueSet: string): Expansion | null
  /** Why a value set has no local expansion. */
  whyUnexpanded(valueSet: string): string
}

const valueSetBase = 'http://hl7.org/fhir/ValueSet/'

let loading: Promise<Definitions> | null = null

/** Loads the packs once per page, worker or process. Nothing is fetched as data: each pack is a script chunk of the build. */
export function loadDefinitions(): Promise<Definitions> {
  loading ??= readPacks()
  return loading
}

async function readPacks(): Promise<Definitions> {
  const [core, more, valueSets] = await Promise.all([
    import('./packs/core.pack.json'),
    import('./packs/more.pack.json'),
    import('./packs/value-sets.pack.json'),
  ])
  return definitionsOf([core.default, more.default], valueSets.default)
}

function definitionsOf(packs: readonly StructurePack[], valueSets: ValueSetPack): Definitions {
  const packed = new Map(
    packs.flatMap((pack) => Object.entries(pack.definitions).map(([name, entry]) => [name, { entry, pack }] as const)),
  )
  const types = new Map<string, TypeDefinition>()
  const lists = new Map(Object.entries(valueSets.expansions))
  const reasons = new Map(Object.entries(valueSets.unexpanded))
  const expansions = new Map<string, Expansion>()
  return {
    type(name) {
      const known = types.get(name)
      if (known) return known
      const found = packed.get(name)
      if (!found) return null
      const { kind, abstract, elements } = found.entry
      const definition = nest(
        { name, kind: kindOf(kind), abstract },
        elements.map((line) => decode(line, found.pack.constraints)),
      )
      types.set(name, definition)
      return definition
    },
    expansion(valueSet) {
      const known = expansions.get(valueSet)
      if (known) return known
      const systems = lists.get(shortName(valueSet))
      if (!systems) return null
      const codings = Object.entries(systems).flatMap(([system, codes]) => codes.split(' ').map((code) => `${system}|${code}`))
      const made = { codings: new Set(codings), codes: new Set(Object.values(systems).flatMap((codes) => codes.split(' '))) }
      expansions.set(valueSet, made)
      return made
    },
    whyUnexpanded: (valueSet) => reasons.get(shortName(valueSet)) ?? 'its codes are not part of the built-in definitions',
  }
}

function shortName(valueSet: string): string {
  return valueSet.startsWith(valueSetBase) ? valueSet.slice(valueSetBase.length) : valueSet
}

function kindOf(kind: string): TypeDefinition['kind'] {
  return kind === 'resource' || kind === 'primitive-type' ? kind : 'complex-type'
}

/** One line of a pack: path, min..max[/base max], types or #reference, binding, constraint numbers, flags. */
function decode(line: string, constraints: readonly string[]): FlatElement {
  const [id = '', range = '0..1', types = '', binding = '', invariants = '', flags = ''] = line.split('\t')
  const [cardinality = '', baseMax] = range.split('/')
  const [min = '0', max = '1'] = cardinality.split('..')
  return {
    id,
    min: Number(min),
    max: max === '*' ? Number.POSITIVE_INFINITY : Number(max),
    repeats: (baseMax ?? max) !== '1' && (baseMax ?? max) !== '0',
    types: types === '' || types.startsWith('#') ? [] : types.split(',').map(typeOf),
    contentReference: types.startsWith('#') ? types.slice(1) : null,
    binding: bindingOf(binding),
    invariants: invariants === '' ? [] : invariants.split(',').map((index) => invariantOf(constraints[Number(index)] ?? '')),
    isModifier: flags.includes('"isModifier":true'),
  }
}

function typeOf(text: string): TypeUse {
  const [left = '', targets] = text.split('>')
  const [code = '', profiles] = left.split('^')
  return { code, profiles: profiles?.split('|') ?? [], targets: targets?.split('|') ?? [] }
}

function bindingOf(text: string): Binding | null {
  const strength = { '!': 'required', '+': 'extensible', '~': 'preferred' } as const
  const mark = text[0]
  if (mark !== '!' && mark !== '+' && mark !== '~') return null
  const name = text.slice(1)
  return { strength: strength[mark], valueSet: name.includes(':') ? name : `${valueSetBase}${name}` }
}

function invariantOf(text: string): Invariant {
  const [key = '', severity, human = '', expression = ''] = text.split('\t')
  return { key, severity: severity === 'warning' ? 'warning' : 'error', human, expression }
}
