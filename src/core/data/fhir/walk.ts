/** One thread's share of the judging: definitions bound to closures, and what their walks over records counted. */
import type { JsonObject, ResourceRecord } from '../model/record.ts'
import { Compiler } from './compile.ts'
import type { Definitions } from './definitions/packs.ts'
import { defaultSettings, type FhirSettings } from './definitions/settings.ts'
import type { Judge } from './elements/element-judge.ts'
import { LocalTerminology } from './packages/terminology.ts'
import { ProfileRegistry } from './profiles/registry.ts'
import { resourceJudge } from './resource-judge.ts'
import { Coverage, type CoverageTotals } from './visit/coverage.ts'
import { Places, type PlaceTotals } from './visit/places.ts'
import { type Owner, Visit } from './visit/visit.ts'

/** What decides how a record is judged by itself; it can be sent to another thread. */
export interface WalkContext {
  /** Definitions of packages that a person loaded: StructureDefinition, ValueSet, CodeSystem. */
  readonly loaded?: readonly JsonObject[]
  /** Canonical addresses of profiles that every resource of their type has to fit. */
  readonly chosenProfiles?: readonly string[]
  /** The same for one input, by its number. */
  readonly profilesByInput?: readonly (readonly string[])[]
  /** What `today()` is in expressions, YYYY-MM-DD; left out, what depends on it is not evaluated. */
  readonly asOf?: string
  /** What this run takes offence at; by default `defaultSettings`. */
  readonly settings?: FhirSettings
}

/** Counts of one thread for the report of all. */
export interface WalkTotals extends CoverageTotals {
  /** By input, parents before children. */
  readonly places: readonly (readonly [input: number, places: readonly PlaceTotals[]])[]
  /** Profiles that were expanded. */
  readonly profiles: readonly string[]
}

export class FhirWalk {
  readonly coverage = new Coverage()
  readonly definitions: Definitions
  readonly registry: ProfileRegistry
  readonly settings: FhirSettings
  /** Profiles that were asked for in this run, each once. */
  readonly chosen: readonly string[]
  private readonly inputs = new Map<number, Places>()
  readonly judge: Judge
  readonly compiler: Compiler
  /** Profiles that every resource of an input has to fit. */
  readonly profilesOf: (input: number) => readonly string[]

  constructor(builtIn: Definitions, ownProfiles: readonly JsonObject[], context: WalkContext) {
    const loaded = context.loaded ?? []
    this.definitions = withTerminology(builtIn, loaded)
    this.registry = new ProfileRegistry(this.definitions)
    for (const profile of [...ownProfiles, ...loaded]) this.registry.add(profile)
    this.settings = context.settings ?? defaultSettings
    const everywhere = context.chosenProfiles ?? []
    const own = (context.profilesByInput ?? []).map((urls) => [...everywhere, ...urls])
    this.chosen = [...new Set([...everywhere, ...own.flat()])]
    this.profilesOf = (input) => own[input] ?? everywhere
    this.judge = resourceJudge(() => this.compiler, this.profilesOf)
    this.compiler = new Compiler(this.definitions, this.coverage, this.registry, this.settings, loaded, this.judge)
    this.compiler.invariants.now = context.asOf ?? null
  }

  placesOf(input: number): Places {
    const known = this.inputs.get(input)
    if (known) return known
    const made = new Places()
    this.inputs.set(input, made)
    return made
  }

  /** A visit that has not begun. */
  visit(record: ResourceRecord, input: number): Visit {
    return new Visit(record, input, this.placesOf(input), nobody(record))
  }

  /** Walks the resource of a visit; what is found and met stays in it. */
  walk(visit: Visit): Visit {
    const { record } = visit
    const root = visit.places.root(record.type)
    visit.path.push(record.within ?? record.type)
    this.judge(record.value, root, visit)
    return visit
  }

  *denominators(): Generator<{ readonly code: string; readonly place: string; readonly input: number; readonly of: number }> {
    for (const [input, places] of this.inputs)
      for (const place of places.all())
        for (const [code, against] of place.sighted) yield { code, place: place.path, input, of: Math.max(against.count, 0) }
  }

  /** What was counted here, to be added to another walk. */
  totals(): WalkTotals {
    return {
      places: [...this.inputs].map(([input, places]) => [input, places.totals()] as const),
      ...this.coverage.totals(),
      profiles: this.registry.expandedOnes,
    }
  }

  add({ places, leftOut, evaluated, profiles }: WalkTotals): void {
    for (const [input, counted] of places) this.placesOf(input).add(counted)
    this.coverage.add({ leftOut, evaluated })
    for (const url of profiles) this.registry.snapshot(url)
  }
}

/** The built-in value sets with those of loaded packages before them. */
function withTerminology(builtIn: Definitions, loaded: readonly JsonObject[]): Definitions {
  if (loaded.length === 0) return builtIn
  const terminology = new LocalTerminology((valueSet) => builtIn.expansion(valueSet))
  for (const resource of loaded) terminology.add(resource)
  return {
    type: (name) => builtIn.type(name),
    expansion: (valueSet) => terminology.expansion(valueSet),
    codeSystem: (url) => terminology.codeSystem(url) ?? builtIn.codeSystem(url),
    whyUnexpanded: (valueSet) => terminology.whyNot(valueSet) ?? builtIn.whyUnexpanded(valueSet),
  }
}

const nothing: ReadonlyMap<string, string> = new Map()

/** Owner of findings about a record that turns out to be no resource. */
function nobody(record: ResourceRecord): Owner {
  return { type: record.type, id: record.id, fullUrl: null, contained: nothing, locals: null, patient: null, bundle: null }
}
