/** Judges FHIR R4 resources across all inputs of a run: structure, required codes, references. One judge per run. */
import type { ResourceRecord } from '../record.ts'
import type { SourceFormat } from '../source.ts'
import type { ResourceJudge } from '../validation.ts'
import { fhirWordings } from './codes.ts'
import { Compiler } from './compile.ts'
import { Coverage } from './coverage.ts'
import { type Definitions, loadDefinitions } from './packs.ts'
import { Places } from './places.ts'
import { ReferenceGraph } from './reference-graph.ts'
import { resourceJudge } from './resource-judge.ts'
import { SeenResources } from './seen-resources.ts'
import { type Owner, type PlacedSighting, Visit } from './visit.ts'

export interface FhirContext {
  /** Format by input number. Absence of a record can be told only from an export: NDJSON, a manifest, or a file of several records. */
  readonly formats?: readonly (SourceFormat | null)[]
  /** Bytes for the index of ids and open references; beyond it existence is told as not evaluated. 36 bytes per resource at most. */
  readonly referenceBudget?: number
}

/** About 4 million resources, and 1.7 million targets that are referred to before they are read; reserved only as needed. */
const defaultBudget = 192 * 1024 * 1024

/** Loads the definitions (three lazy chunks) and gives a judge for one run. */
export async function createFhirJudge(context: FhirContext = {}): Promise<ResourceJudge> {
  return judgeWith(await loadDefinitions(), context)
}

function judgeWith(definitions: Definitions, context: FhirContext): ResourceJudge {
  const coverage = new Coverage()
  const judge = resourceJudge(() => compiler)
  const compiler: Compiler = new Compiler(definitions, coverage, judge)
  const budget = context.referenceBudget ?? defaultBudget
  const seen = new SeenResources((budget * 5) / 8)
  const graph = new ReferenceGraph(definitions, coverage, seen, (budget * 3) / 8)
  const inputs = new Map<number, { readonly places: Places; records: number }>()
  let isExport = false

  function see(record: ResourceRecord, input: number): readonly PlacedSighting[] {
    // Told by the reader already (data/resource-type-missing), and it need not be FHIR at all.
    if (record.type === '') return []
    let known = inputs.get(input)
    if (!known) {
      known = { places: new Places(), records: 0 }
      inputs.set(input, known)
    }
    known.records++
    if (record.within !== null) coverage.skip('bundleShell', '')
    const format = context.formats?.[input] ?? null
    isExport ||= format === 'ndjson' || format === 'manifest' || (record.within === null && known.records > 1)
    const visit = new Visit(record, input, known.places, nobody(record))
    visit.fullUrl = record.fullUrl ?? null
    const root = known.places.root(record.type)
    visit.path.push(record.within ?? record.type)
    judge(record.value, root, visit)
    seen.enter(visit)
    graph.judge(visit)
    return visit.found
  }

  return {
    see,
    finish: () => graph.finish(isExport),
    *denominators() {
      for (const [input, { places }] of inputs)
        for (const place of places.all())
          for (const [code, against] of place.sighted) yield { code, place: place.path, input, of: Math.max(against.count, 0) }
    },
    notEvaluated: () => coverage.list(),
    rulesRun: fhirWordings.length,
  }
}

/** Owner of findings about a record that turns out to be no resource. */
function nobody(record: ResourceRecord): Owner {
  return { type: record.type, id: record.id, fullUrl: null, contained: new Map(), locals: new Set(), patient: null, bundle: null }
}
