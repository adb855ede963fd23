/** Judges FHIR R4 resources across all inputs of a run: structure, required codes, references. One judge per run. */

import type { ByteSource } from '../../operation.ts'
import type { ResourceRecord } from '../model/record.ts'
import type { SourceFormat } from '../model/source.ts'
import type { Spill } from '../model/spill.ts'
import { endOfLines, readJudged } from '../read/json/ndjson.ts'
import { BlockJudge } from './block-judge.ts'
import { type JudgedBlock, moved, readOpen, rowAt, rowCount } from './block-message.ts'
import { fhirWordings } from './definitions/codes.ts'
import { loadDefinitions, loadProfilePack } from './definitions/packs.ts'
import { BeyondMemory } from './references/beyond-memory.ts'
import { ReferenceGraph } from './references/far-references.ts'
import { NearReferences } from './references/near-references.ts'
import { SeenResources } from './references/seen-resources.ts'
import { LineShapes } from './shapes/line-shapes.ts'
import { type OpenHelpers, SpreadLines } from './spread-lines.ts'
import { takeToldLines } from './told-lines.ts'
import { bundleScope } from './visit/bundle-scope.ts'
import type { LinesEvent, ResourceJudge } from './visit/run-contract.ts'
import type { BundleScope, PlacedSighting, Visit } from './visit/visit.ts'
import { FhirWalk, type WalkContext } from './walk.ts'

export interface FhirContext extends WalkContext {
  /** Format by input number. Absence of a record can be told only from an export: NDJSON, a manifest, or a file of several records. */
  readonly formats?: readonly (SourceFormat | null)[]
  /** Bytes for the index of ids and open references; beyond it they go to `spill`, without which existence is told as not evaluated. 36 bytes per resource at most. */
  readonly referenceBudget?: number
  /** Temporary file for ids and references beyond the budget; closed by whoever opened it. */
  readonly spill?: Spill | null
  /** Other threads that judge blocks of long NDJSON files; left out, this one judges all. */
  readonly helpers?: OpenHelpers
}

/** About 4 million resources, and 1.7 million targets that are referred to before they are read; reserved only as needed. */
const defaultBudget = 192 * 1024 * 1024

/** Loads the definitions (three lazy chunks) and gives a judge for one run. */
export async function createFhirJudge(context: FhirContext = {}): Promise<ResourceJudge> {
  const [definitions, ownProfiles] = await Promise.all([loadDefinitions(), loadProfilePack()])
  return judgeWith(new FhirWalk(definitions, ownProfiles, context), context)
}

function judgeWith(walk: FhirWalk, context: FhirContext): ResourceJudge {
  const { coverage, registry } = walk
  const budget = context.referenceBudget ?? defaultBudget
  const beyond = context.spill ? new BeyondMemory(context.spill, budget / 16) : null
  const seen = new SeenResources((budget * 5) / 8, beyond)
  const graph = new ReferenceGraph(coverage, seen, (budget * 3) / 8, beyond)
  const near = new NearReferences(walk.definitions, coverage, walk.settings, graph)
  const shapes = new LineShapes(walk)
  const records = new Map<number, number>()
  let isExport = false
  /** The Bundle whose entries are being read: they are judged with all of it in sight, as if it were read whole. */
  let framed: { readonly input: number; readonly scope: BundleScope } | null = null

  function frame(bundle: ResourceRecord, recordOf: readonly number[], input: number): readonly PlacedSighting[] {
    framed = { input, scope: bundleScope(bundle.value) }
    const visit = walk.visit(bundle, input)
    visit.isFrame = true
    visit.path.push(bundle.type)
    walk.judge(bundle.value, visit.places.root(bundle.type), visit)
    seen.enter(visit)
    near.judge(visit)
    return visit.found.map((sighting) => ({ ...sighting, at: placeInFrame(sighting.at, recordOf) }))
  }

  /** Counts a record of an input; with several, or from an export, absence can be told. */
  function note(input: number, within: string | null, read = 1): void {
    const known = (records.get(input) ?? 0) + read
    records.set(input, known)
    const format = context.formats?.[input] ?? null
    isExport ||= format === 'ndjson' || format === 'manifest' || (within === null && known > 1)
  }

  function see(record: ResourceRecord, input: number, line: Uint8Array | null = null): readonly PlacedSighting[] {
    // Told by the reader already (data/resource-type-missing), and it need not be FHIR at all.
    if (record.type === '') return []
    if (framed?.input !== input) framed = null
    if (record.within !== null && framed === null) coverage.leaveOut('bundleShell', '')
    note(input, record.within)
    if (line !== null) return entered(shapes.walked(record, line, input))
    const visit = walk.visit(record, input)
    visit.fullUrl = record.fullUrl ?? null
    if (record.within !== null) visit.bundle = framed?.scope ?? null
    return entered(walk.walk(visit))
  }

  function entered(visit: Visit): readonly PlacedSighting[] {
    seen.enter(visit)
    near.judge(visit)
    return visit.found
  }

  /** Lines of a file that this thread judges alone. */
  async function* readHere(
    source: ByteSource,
    input: number,
    signal: AbortSignal,
    bytes: (chunk: Uint8Array) => void,
  ): AsyncGenerator<LinesEvent> {
    let sightings: PlacedSighting[] = []
    let types = new Map<string, number>()
    const told = (found: readonly PlacedSighting[]): void => {
      for (const one of found) sightings.push(one)
    }
    const count = (type: string): void => {
      types.set(type, (types.get(type) ?? 0) + 1)
    }
    const reading = readJudged(source, signal, input, bytes, {
      settle: (line, place) => {
        const visit = shapes.settle(line, place, input)
        if (visit === null) return false
        count(visit.record.type)
        note(input, null)
        told(entered(visit))
        return true
      },
      see: (record, line, isWhole) => {
        count(record.type)
        told(see(record, input, isWhole ? line : null))
      },
    })
    for (;;) {
      const step = await reading.next()
      if (step.done) {
        for (const event of endOfLines(step.value, input, step.value.bytes))
          if (event.kind !== 'resources' && event.kind !== 'frame') yield event
        return
      }
      for (const problem of step.value.problems) yield { kind: 'problem', problem }
      yield { kind: 'judged', sightings, types: [...types], done: step.value.done }
      sightings = []
      types = new Map()
    }
  }

  /** What a block of lines brings into the run, in the order of its lines; `before` records of its file stand above it. */
  function* take(block: JudgedBlock, input: number, before: number): Generator<PlacedSighting> {
    const places = walk.placesOf(input)
    for (let number = 0; number < rowCount(block); number++) {
      const whole = block.whole.get(number)
      if (whole !== undefined) {
        yield* see({ ...whole, record: whole.record + before }, input)
        continue
      }
      note(input, null)
      const told = block.found.get(number)
      if (told !== undefined) for (const sighting of told.walk) yield moved(sighting, before)
      const { type, id, patient, line, byte, length, hash, ...row } = rowAt(block, number)
      const record = row.record + before
      if (type !== null) {
        const found: PlacedSighting[] = []
        const at = { input, record, line, byte, length, place: places.root(type), type, id, patient, isEntry: false }
        seen.enterLine(hash, at, found)
        yield* found
        const name = id === null ? null : `${type}/${id}`
        readOpen(block, number, {
          record: (target, targetType, place, path, reference) => {
            if (seen.has(target)) return
            const words = { id: name, reference }
            const where = { place: places.at(place), input, record, line, byte, path, patient, words }
            graph.wait({ hash: target, type: targetType, ...where })
          },
          elsewhere: (target, base) => graph.elsewhere(target, base),
        })
      }
      if (told !== undefined) for (const sighting of told.references) yield moved(sighting, before)
    }
  }

  const spread = new SpreadLines({
    open: () => context.helpers?.({ ...contextOf(context), servers: [...near.servers] }) ?? [],
    own: () => new BlockJudge(walk, near.servers),
    take,
    add: (totals) => walk.add(totals),
  })

  return {
    see,
    frame,
    readLines: (source, input, signal, bytes) =>
      context.helpers === undefined ? readHere(source, input, signal, bytes) : spread.read(source, input, signal, bytes),
    takeLines: (told, input, signal) => takeToldLines(told, input, take, (totals) => walk.add(totals), signal),
    settle: (signal) => spread.settle(signal),
    close: () => spread.close(),
    tellExport: (fact) => {
      if (fact.kind === 'server') near.servers.add(fact.base)
      else graph.tellExport(fact)
    },
    finish: () => graph.finish(isExport),
    denominators: () => walk.denominators(),
    notEvaluated: () => [...coverage.list(), ...registry.notEvaluated()],
    unknownProfiles: () => walk.chosen.flatMap((url) => registry.whyNot(url) ?? []),
    get rulesRun() {
      // What holds for every resource, and the constraints, value sets and profiles that met a value.
      return fhirWordings.length + coverage.rulesRun
    },
  }
}

/** What another thread needs to judge as this one does. */
function contextOf({ loaded, chosenProfiles, profilesByInput, asOf, settings }: FhirContext): WalkContext {
  return {
    ...(loaded === undefined ? {} : { loaded }),
    ...(chosenProfiles === undefined ? {} : { chosenProfiles }),
    ...(profilesByInput === undefined ? {} : { profilesByInput }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(settings === undefined ? {} : { settings }),
  }
}

/** What is wrong with an entry is told at its record; what is wrong with the frame itself, at the file. */
function placeInFrame(at: PlacedSighting['at'], recordOf: readonly number[]): PlacedSighting['at'] {
  if (at.kind !== 'cell') return at
  const record = recordOf[Number(/^Bundle\.entry\[(\d+)\]/.exec(at.path ?? '')?.[1] ?? -1)] ?? 0
  return record > 0 ? { ...at, record } : { kind: 'input', input: at.input, line: at.line, byte: at.byte }
}
