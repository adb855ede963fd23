/** Judges FHIR R4 resources across all inputs of a run: structure, required codes, references. One judge per run. */
import type { Spill } from '../keys/spill.ts'
import type { JsonObject, ResourceRecord } from '../record.ts'
import type { SourceFormat } from '../source.ts'
import type { ResourceJudge } from '../validation.ts'
import { BeyondMemory } from './beyond-memory.ts'
import { type BundleScope, bundleScope } from './bundle-scope.ts'
import { fhirWordings } from './codes.ts'
import { Compiler } from './compile.ts'
import { Coverage } from './coverage.ts'
import { LocalTerminology } from './packages/terminology.ts'
import { type Definitions, loadDefinitions, loadProfilePack } from './packs.ts'
import { Places } from './places.ts'
import { ProfileRegistry } from './profiles/registry.ts'
import { ReferenceGraph } from './reference-graph.ts'
import { resourceJudge } from './resource-judge.ts'
import { SeenResources } from './seen-resources.ts'
import { defaultSettings, type FhirSettings } from './settings.ts'
import { type Owner, type PlacedSighting, Visit } from './visit.ts'

export interface FhirContext {
  /** Format by input number. Absence of a record can be told only from an export: NDJSON, a manifest, or a file of several records. */
  readonly formats?: readonly (SourceFormat | null)[]
  /** Bytes for the index of ids and open references; beyond it they go to `spill`, without which existence is told as not evaluated. 36 bytes per resource at most. */
  readonly referenceBudget?: number
  /** Definitions of packages that a person loaded: StructureDefinition, ValueSet, CodeSystem. */
  readonly loaded?: readonly JsonObject[]
  /** Canonical addresses of profiles that every resource of their type has to fit. */
  readonly chosenProfiles?: readonly string[]
  /** The same for one input, by its number. */
  readonly profilesByInput?: readonly (readonly string[])[]
  /** What `today()` is in expressions, YYYY-MM-DD; left out, what depends on it is not evaluated. */
  readonly asOf?: string
  /** Temporary file for ids and references beyond the budget; closed by whoever opened it. */
  readonly spill?: Spill | null
  /** What this run takes offence at; by default `defaultSettings`. */
  readonly settings?: FhirSettings
}

/** About 4 million resources, and 1.7 million targets that are referred to before they are read; reserved only as needed. */
const defaultBudget = 192 * 1024 * 1024

/** Loads the definitions (three lazy chunks) and gives a judge for one run. */
export async function createFhirJudge(context: FhirContext = {}): Promise<ResourceJudge> {
  const [definitions, ownProfiles] = await Promise.all([loadDefinitions(), loadProfilePack()])
  return judgeWith(definitions, ownProfiles, context)
}

function judgeWith(builtIn: Definitions, ownProfiles: readonly JsonObject[], context: FhirContext): ResourceJudge {
  const coverage = new Coverage()
  const loaded = context.loaded ?? []
  const definitions = withTerminology(builtIn, loaded)
  const registry = new ProfileRegistry(definitions)
  for (const profile of [...ownProfiles, ...loaded]) registry.add(profile)
  const settings = context.settings ?? defaultSettings
  const everywhere = context.chosenProfiles ?? []
  const own = (context.profilesByInput ?? []).map((urls) => [...everywhere, ...urls])
  const judge = resourceJudge(
    () => compiler,
    (input) => own[input] ?? everywhere,
  )
  const compiler: Compiler = new Compiler(definitions, coverage, registry, settings, loaded, judge)
  compiler.invariants.now = context.asOf ?? null
  const budget = context.referenceBudget ?? defaultBudget
  const beyond = context.spill ? new BeyondMemory(context.spill, budget / 16) : null
  const seen = new SeenResources((budget * 5) / 8, beyond)
  const graph = new ReferenceGraph(definitions, coverage, seen, settings, (budget * 3) / 8, beyond)
  const inputs = new Map<number, { readonly places: Places; records: number }>()
  let isExport = false
  /** The Bundle whose entries are being read: they are judged with all of it in sight, as if it were read whole. */
  let framed: { readonly input: number; readonly scope: BundleScope } | null = null

  function inputAt(input: number): { readonly places: Places; records: number } {
    const known = inputs.get(input) ?? { places: new Places(), records: 0 }
    inputs.set(input, known)
    return known
  }

  function frame(bundle: ResourceRecord, recordOf: readonly number[], input: number): readonly PlacedSighting[] {
    const known = inputAt(input)
    framed = { input, scope: bundleScope(bundle.value) }
    const visit = new Visit(bundle, input, known.places, nobody(bundle))
    visit.isFrame = true
    visit.path.push(bundle.type)
    judge(bundle.value, known.places.root(bundle.type), visit)
    seen.enter(visit)
    graph.judge(visit)
    return visit.found.map((sighting) => ({ ...sighting, at: placeInFrame(sighting.at, recordOf) }))
  }

  function see(record: ResourceRecord, input: number): readonly PlacedSighting[] {
    // Told by the reader already (data/resource-type-missing), and it need not be FHIR at all.
    if (record.type === '') return []
    const known = inputAt(input)
    known.records++
    if (framed?.input !== input) framed = null
    if (record.within !== null && framed === null) coverage.leaveOut('bundleShell', '')
    const format = context.formats?.[input] ?? null
    isExport ||= format === 'ndjson' || format === 'manifest' || (record.within === null && known.records > 1)
    const visit = new Visit(record, input, known.places, nobody(record))
    visit.fullUrl = record.fullUrl ?? null
    if (record.within !== null) visit.bundle = framed?.scope ?? null
    const root = known.places.root(record.type)
    visit.path.push(record.within ?? record.type)
    judge(record.value, root, visit)
    seen.enter(visit)
    graph.judge(visit)
    return visit.found
  }

  return {
    see,
    frame,
    tellExport: (fact) => graph.tellExport(fact),
    finish: () => graph.finish(isExport),
    *denominators() {
      for (const [input, { places }] of inputs)
        for (const place of places.all())
          for (const [code, against] of place.sighted) yield { code, place: place.path, input, of: Math.max(against.count, 0) }
    },
    notEvaluated: () => [...coverage.list(), ...registry.notEvaluated()],
    unknownProfiles: () => [...new Set([...everywhere, ...own.flat()])].flatMap((url) => registry.whyNot(url) ?? []),
    get rulesRun() {
      // What holds for every resource, and the constraints, value sets and profiles that met a value.
      return fhirWordings.length + coverage.rulesRun
    },
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

/** What is wrong with an entry is told at its record; what is wrong with the frame itself, at the file. */
function placeInFrame(at: PlacedSighting['at'], recordOf: readonly number[]): PlacedSighting['at'] {
  if (at.kind !== 'cell') return at
  const record = recordOf[Number(/^Bundle\.entry\[(\d+)\]/.exec(at.path ?? '')?.[1] ?? -1)] ?? 0
  return record > 0 ? { ...at, record } : { kind: 'input', input: at.input, line: at.line, byte: at.byte }
}

const nothing: ReadonlyMap<string, string> = new Map()

/** Owner of findings about a record that turns out to be no resource. */
function nobody(record: ResourceRecord): Owner {
  return { type: record.type, id: record.id, fullUrl: null, contained: nothing, locals: null, patient: null, bundle: null }
}
