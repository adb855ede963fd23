/** Whether the migration brings the data that a workflow needs: elements of its maps, by the fields of the crosswalk they were linked to. */
import { utf8 } from '../../canonical.ts'
import { counted } from '../../counted.ts'
import { type FieldLine, readMapping } from '../../data/crosswalk/mapping/mapping.ts'
import { inputChange } from '../../project/format/inputs-changed.ts'
import type { Project } from '../../project/format/project.ts'
import type { RunFinding, RunPairing, RunSummary } from '../../project/format/run.ts'
import { mappingDigest } from '../../project/runs/opened-inputs.ts'
import type { Element, Graph } from '../../workflow/map/workflow.ts'
import type { DataEvidence, DataState } from '../../workflow/rules/data-states.ts'
import { bagSimilarity, wordsOf } from '../../workflow/trace/words.ts'
import { isPairingCode } from '../model/pairing-codes.ts'
import { evidenceRun } from './evidence.ts'

/** What is known of one linked field, in a sentence that names its ground. */
export interface FieldState {
  /** `allergies.ALLERGEN`, as the element names it. */
  readonly name: string
  readonly state: DataState
  readonly why: string
  /** Findings of that run about it: each opens to its rows. */
  readonly findings: readonly RunFinding[]
}

type Looked = Pick<Project, 'mapping' | 'runs' | 'sources'>

/** `allergies.ALLERGEN`, `patients.ADDR + CITY`: how an element names a line of the crosswalk. */
export function crosswalkName({ source, fields }: Pick<FieldLine, 'source' | 'fields'>): string {
  return `${source}.${fields.join(' + ')}`
}

export function crosswalkLines({ mapping }: Pick<Project, 'mapping'>): readonly FieldLine[] {
  if (mapping.size === 0) return []
  return readMapping(new Map([...mapping].map(([path, text]) => [path, utf8(text)]))).mapping.fields
}

/** Elements of a map with linked fields; the weakest field decides. Elements without a link are left out: nobody said. */
export function dataEvidenceOf(project: Looked, graph: Graph): DataEvidence {
  const found = new Map<string, DataState>()
  const judge = fieldJudge(project)
  for (const element of graph.elements.values()) {
    const states = (element.fields ?? []).map((name) => judge(name).state)
    const worst = (['missing', 'mapped', 'carried'] as const).find((state) => states.includes(state))
    if (worst !== undefined) found.set(element.id, worst)
  }
  return found
}

/** Reads mapping and runs once; the function then says what is known of a field. */
export function fieldJudge(project: Looked): (name: string) => FieldState {
  const lines = new Map<string, FieldLine[]>()
  for (const line of crosswalkLines(project)) lines.set(crosswalkName(line), [...(lines.get(crosswalkName(line)) ?? []), line])
  const run = evidenceRun(project, (each) => each.pairing !== null)
  const current =
    run !== null && run.mapping === mappingDigest(project.mapping) && inputChange(project.sources, run) === null ? run : null
  return (name) => {
    const own = lines.get(name) ?? []
    // A column that no line speaks of, or whose line was not followed: the finding names the column.
    const findings = (current?.findings ?? []).filter(({ place }) => place === name || place.startsWith(`${name} → `))
    if (own.length === 0) return { name, state: 'missing', why: 'No line of the crosswalk speaks of it.', findings }
    const going = own.filter((line) => line.status === 'confirmed' && line.target !== '')
    if (going.length === 0) {
      const dropped = own.some((line) => line.status === 'not-carried')
      return {
        name,
        state: 'missing',
        why: dropped ? 'It is deliberately not carried.' : 'Nobody has confirmed where it goes.',
        findings,
      }
    }
    const targets = going.map((line) => line.target)
    const to = `It goes to ${targets.join(' and ')}`
    if (run === null) return { name, state: 'mapped', why: `${to}; no run has compared both sides yet.`, findings }
    if (current === null)
      return { name, state: 'mapped', why: `${to}; sources or mapping changed since run ${run.number}.`, findings }
    const gap = own.map((line) => gapOf(current, line)).find((why) => why !== null)
    if (gap !== undefined) return { name, state: 'mapped', why: `${to}; run ${current.number} ${gap}.`, findings }
    const there = current.findings.filter(
      (finding) =>
        findings.includes(finding) || (isPairingCode(finding.code) && targets.some((target) => touches(finding.place, target))),
    )
    const against = there.filter(speaksAgainst)
    const all = differences(there)
    if (against.length > 0)
      return { name, state: 'mapped', why: `${to}; run ${current.number} has ${all} there.`, findings: there }
    const rest = there.length === 0 ? 'found nothing against it' : `found ${all} there, none of them critical or an error`
    const n = own[0] === undefined ? 0 : heldOf(current.pairing, own[0].source)
    const how = n > 0 && current.pairing?.tables ? `compared ${counted(n, 'pair')} of ${own[0]?.source}` : 'compared both sides'
    return { name, state: 'carried', why: `${to}; run ${current.number} ${how} and ${rest}.`, findings: there }
  }
}

/** Fields whose names are like that of an element, best first; an offer, never a link. */
export function suggestedFields(element: Pick<Element, 'id' | 'label'>, lines: readonly FieldLine[]): readonly string[] {
  const words = wordsOf(element.label || element.id)
  const scored = lines.map((line) => {
    const names = [line.source, ...line.fields, lastPart(line.target)].map((name) => wordsOf(spaced(name)))
    return { name: crosswalkName(line), score: Math.max(...names.map((name) => bagSimilarity(words, name))) }
  })
  const best = scored.filter(({ score }) => score >= leastAlike).sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
  return [...new Set(best.map(({ name }) => name))].slice(0, 3)
}

/** Below this, names share a letter or two by chance. */
const leastAlike = 0.75

function speaksAgainst({ severity }: RunFinding): boolean {
  return severity === 'critical' || severity === 'error'
}

function differences(findings: readonly RunFinding[]): string {
  return counted(
    findings.reduce((sum, { count }) => sum + count, 0),
    'difference',
  )
}

/** Pairs of records of one legacy table that a run held side by side; of all tables where the run did not count them apart. */
function heldOf(pairing: RunPairing | null, source: string): number {
  const counts = pairing?.tables ? pairing.tables[source] : pairing
  return counts ? counts.same + counts.sameAfterRule + counts.changed : 0
}

/** Why a run says nothing about a field although it found nothing against it; null where both sides were compared. */
function gapOf({ pairing, inputs, notEvaluated }: RunSummary, { source, fields, target }: FieldLine): string | null {
  const held = heldOf(pairing, source)
  const person = target.startsWith('Patient.') || target === 'Patient'
  if (held === 0 && (!person || (pairing?.patients ?? 0) === 0))
    return pairing?.tables ? `compared no pair of records of ${source}` : 'found no pairs of records to compare'
  if (inputs.some((input) => input.name === source && input.records === 0)) return `read no records of ${source}`
  const names = new Set([source, target, crosswalkName({ source, fields }), ...fields.map((field) => `${source}.${field}`)])
  const left = notEvaluated.find(({ what }) => names.has(what) || what.startsWith(`${source} (`))
  return left === undefined ? null : `did not judge ${left.what}: ${left.why.replace(/\.$/, '')}`
}

/** A finding about a resource speaks about all its elements; one about an element also about what is inside it. */
function touches(place: string, target: string): boolean {
  const plain = target.replace(/\.where\([^)]*\)/g, '')
  return plain === place || plain.startsWith(`${place}.`) || place.startsWith(`${plain}.`)
}

function lastPart(target: string): string {
  return target.split('.').at(-1) ?? ''
}

/** `DOSE_TEXT`, `birthDate` → words. */
function spaced(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[_.]+/g, ' ')
    .toLowerCase()
}
