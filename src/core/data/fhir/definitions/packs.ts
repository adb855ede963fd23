/** The FHIR R4 definitions that ship with Carryover, decoded from the packs that `npm run packs` writes; loaded on first use as separate chunks. */
import type { JsonObject } from '../../model/record.ts'
import {
  type Binding,
  type FlatElement,
  type Invariant,
  nest,
  type TypeDefinition,
  type TypeUse,
} from '../../schema/structure-definition.ts'

interface StructurePack {
  readonly constraints: readonly string[]
  readonly definitions: Readonly<
    Record<string, { readonly kind: string; readonly abstract: boolean; readonly elements: readonly string[] }>
  >
}

interface ValueSetPack {
  readonly codeSystems: Readonly<Record<string, string>>
  /** `*` is the whole code system. */
  readonly expansions: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly unexpanded: Readonly<Record<string, string>>
}

/** Codes of a value set that could be listed without a terminology server. */
export interface Expansion {
  readonly codes: ReadonlySet<string>
  /** `system|code`. */
  readonly codings: ReadonlySet<string>
}

/** A code system of which all codes are known here. */
export interface CodeSystemCodes {
  readonly codes: ReadonlySet<string>
  /** Displays by code, where they are known. */
  readonly displays: ReadonlyMap<string, readonly string[]> | null
  /** It adds to another one, and is no code system to code with. */
  readonly isSupplement: boolean
  /** Belongs to the text of FHIR R4, so that no later version can add codes. */
  readonly isFinal: boolean
  /** Version of the list that is known here; null where it says none. */
  readonly version: string | null
  /** False where codes that differ in case only are one code. */
  readonly caseSensitive: boolean
}

export interface Definitions {
  /** Null where FHIR R4 has no such type. */
  type(name: string): TypeDefinition | null
  /** Null where the value set can not be expanded locally. */
  expansion(valueSet: string): Expansion | null
  /** Null where its codes are not known here. */
  codeSystem(url: string): CodeSystemCodes | null
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

/** R4's own profiles and extensions as pruned StructureDefinitions; a chunk of its own, loaded when profiles are asked for. */
export async function loadProfilePack(): Promise<readonly JsonObject[]> {
  const pack = await import('../packs/profiles.pack.json')
  return pack.default as readonly JsonObject[]
}

async function readPacks(): Promise<Definitions> {
  const [core, more, valueSets] = await Promise.all([
    import('../packs/core.pack.json'),
    import('../packs/more.pack.json'),
    import('../packs/value-sets.pack.json'),
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
  const systemTexts = new Map(Object.entries(valueSets.codeSystems))
  const codeSystems = new Map<string, CodeSystemCodes>()
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
      const codesOf = (system: string, codes: string): string[] =>
        (codes === '*' ? (systemTexts.get(system) ?? '') : codes).split(' ')
      const rows = Object.entries(systems).map(([system, codes]) => ({ system, codes: codesOf(system, codes) }))
      const codings = rows.flatMap(({ system, codes }) => codes.map((code) => `${system}|${code}`))
      const made = { codings: new Set(codings), codes: new Set(rows.flatMap(({ codes }) => codes)) }
      expansions.set(valueSet, made)
      return made
    },
    codeSystem(url) {
      const known = codeSystems.get(url)
      if (known) return known
      const text = systemTexts.get(url)
      if (text === undefined) return null
      const isFinal = url.startsWith('http://hl7.org/fhir/')
      const made = {
        codes: new Set(text.split(' ')),
        displays: null,
        isSupplement: false,
        isFinal,
        version: null,
        caseSensitive: true,
      }
      codeSystems.set(url, made)
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
