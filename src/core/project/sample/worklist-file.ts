/**
 * The worklist of a project: what readers of the present sample called wrong, and what was kept of earlier samples in
 * `review/worklist.json`, with every later look. The ledger names each finding and each look, so none can be dropped or added unseen.
 */
import { digestOf, utf8 } from '../../canonical.ts'
import { decisionsOf } from '../../review/decision/decision.ts'
import { commentsBehind } from '../../review/decision/own-verdicts.ts'
import type { RecordDecision } from '../../review/model/review-event.ts'
import { doubleReadingOf, readingDue } from '../../review/result/double-reading.ts'
import {
  itemJudged,
  type WorklistFinding,
  type WorklistLook,
  type WorklistState,
  worklistDocument,
  worklistFindings,
  worklistState,
  worstFirst,
} from '../../review/result/worklist.ts'
import { type Kept, keptIn } from '../../values/document.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import type { EntryDraft } from '../ledger/ledger.ts'
import { currentRun } from '../signing/signature.ts'
import { eventsOfDraw, nameOfSample } from './draw-events.ts'
import { baseRun } from './since-draw.ts'

type WorklistFile = Kept<typeof worklistDocument>

const empty: WorklistFile = { findings: [], looks: [] }

type Act = Pick<EntryDraft, 'action' | 'object' | 'digest'>

/** What is kept of earlier samples; null where the file can not be read as it should be. */
export function keptWorklist({ other }: Pick<Project, 'other'>): WorklistFile | null {
  const bytes = other.get(paths.worklist)
  if (!bytes) return empty
  return keptIn(bytes, worklistDocument)
}

export interface WorklistRow {
  readonly finding: WorklistFinding
  readonly state: WorklistState
  readonly looks: readonly WorklistLook[]
  /** Digests of the comments of its readers; their texts are in `private/`. */
  readonly comments: readonly string[]
}

export interface Worklist {
  /** Worst first. */
  readonly rows: readonly WorklistRow[]
  /** Records called harmful or wrong that wait for another reader: they are told when that one has read. */
  readonly waiting: number
  /** Number of the last complete run; 0 before any. */
  readonly lastRun: number
}

export function worklistOf(project: Project): Worklist {
  const lastRun = currentRun(project)?.number ?? 0
  const kept = keptWorklist(project) ?? empty
  const { live, decisions, waiting } = liveFindings(project)
  const liveIds = new Set(live.map(({ id }) => id))
  const draw = nameOfSample(project)
  const looks = [...kept.looks, ...looksOfReaders(project, kept, decisions)]
  const undone = undoneIn(project)
  const all = [...live, ...kept.findings.filter(({ id }) => !liveIds.has(id))].sort(worstFirst)
  const rows = all.map((finding): WorklistRow => {
    const own = looks.filter((look) => look.finding === finding.id)
    // A finding of the present sample that no verdict says any more was taken back.
    const gone = finding.draw === draw ? !liveIds.has(finding.id) : finding.verdicts.every((id) => undone.has(id))
    const comments = commentsBehind(finding, project.review.events)
    return { finding, looks: own, comments, state: gone ? 'withdrawn' : worklistState(finding, own, lastRun) }
  })
  return { rows, waiting, lastRun }
}

interface Live {
  readonly live: readonly WorklistFinding[]
  readonly decisions: ReadonlyMap<string, RecordDecision>
  readonly waiting: number
}

function liveFindings(project: Project): Live {
  const { draw, plan } = project.review
  const name = nameOfSample(project)
  if (!draw || name === null) return { live: [], decisions: new Map(), waiting: 0 }
  const decisions = decisionsOf(eventsOfDraw(project))
  const double = doubleReadingOf(draw, plan)
  const run = baseRun(project.ledger, project.runs)?.number ?? 0
  const waiting = draw.records.filter(({ id }) => {
    const decision = decisions.get(id)
    const wrong = decision?.verdict === 'harmful' || decision?.verdict === 'wrong'
    return decision?.state === 'judged' && wrong && readingDue(id, decision, double) !== null
  }).length
  return { live: worklistFindings({ name, records: draw.records }, decisions, double, run), decisions, waiting }
}

/** What readers of a later sample said of records that an earlier one had found wrong. */
function looksOfReaders(
  project: Project,
  kept: WorklistFile,
  decisions: ReadonlyMap<string, RecordDecision>,
): readonly WorklistLook[] {
  const { draw, plan } = project.review
  const run = draw ? baseRun(project.ledger, project.runs)?.number : undefined
  if (!draw || run === undefined) return []
  const double = doubleReadingOf(draw, plan)
  const drawn = new Set(draw.records.map(({ id }) => id))
  const name = nameOfSample(project)
  return kept.findings.flatMap(({ id, draw: found, run: before, record, domain }): WorklistLook[] => {
    const decision = decisions.get(record)
    const settled = decision?.state === 'judged' && readingDue(record, decision, double) === null
    if (found === name || run <= before || !drawn.has(record) || !settled || decision.verdict === 'cannot-tell') return []
    const said = decision.domains.get(domain)
    return [{ finding: id, run, by: 'reader', there: said !== undefined && said !== 'acceptable' }]
  })
}

function undoneIn({ review }: Project): ReadonlySet<string> {
  const owners = new Map(review.events.map(({ id, by }) => [id, by]))
  return new Set(
    review.events.flatMap((event) => (event.kind === 'undo' && owners.get(event.undoes) === event.by ? [event.undoes] : [])),
  )
}

/** Keeps the findings and second looks of the present sample, so that a new plan or draw loses none; with the entries the ledger gets. */
export function keepWorklist(project: Project): { readonly project: Project; readonly acts: readonly Act[] } {
  const kept = keptWorklist(project)
  // A file that can not be read is not written over; verification names it.
  if (!kept) return { project, acts: [] }
  const { live, decisions } = liveFindings(project)
  return withWorklist(project, kept, live, looksOfReaders(project, kept, decisions))
}

/** Adds looks of a comparison after a later run; findings that are not kept yet are kept with them. */
export function addLooks(
  project: Project,
  looks: readonly WorklistLook[],
): { readonly project: Project; readonly acts: readonly Act[] } {
  const kept = keptWorklist(project)
  return kept ? withWorklist(project, kept, liveFindings(project).live, looks) : { project, acts: [] }
}

function withWorklist(
  project: Project,
  kept: WorklistFile,
  findings: readonly WorklistFinding[],
  looks: readonly WorklistLook[],
): { readonly project: Project; readonly acts: readonly Act[] } {
  const known = new Set([...kept.findings.map(({ id }) => id), ...kept.looks.map(lookName)])
  const newFindings = findings.filter(({ id }) => !known.has(id))
  const newLooks = looks.filter((look) => !known.has(lookName(look)))
  if (newFindings.length + newLooks.length === 0) return { project, acts: [] }
  const file = sortedFile({ findings: [...kept.findings, ...newFindings], looks: [...kept.looks, ...newLooks] })
  const acts = [...newFindings.map(findingAct), ...newLooks.map(lookAct)]
  return { project: { ...project, other: new Map(project.other).set(paths.worklist, fileBytes(file)) }, acts }
}

function findingAct(finding: WorklistFinding): Act {
  return { action: 'finding-kept', object: `${paths.worklist}#${finding.id}`, digest: digestOf(jsonOf(finding)) }
}

function lookAct(look: WorklistLook): Act {
  return { action: 'finding-looked-at', object: `${paths.worklist}#${lookName(look)}`, digest: digestOf(jsonOf(look)) }
}

function lookName({ finding, run, by }: WorklistLook): string {
  return `${finding}@${run}-${by}`
}

function sortedFile({ findings, looks }: WorklistFile): WorklistFile {
  return {
    findings: findings.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    looks: looks.toSorted((a, b) => a.run - b.run || (lookName(a) < lookName(b) ? -1 : 1)),
  }
}

/** Files with this worklist and no other. */
export function withKeptWorklist(files: Project['other'], file: WorklistFile): Project['other'] {
  return new Map(files).set(paths.worklist, fileBytes(file))
}

function fileBytes(file: WorklistFile): Uint8Array<ArrayBuffer> {
  return utf8(`${JSON.stringify(file, null, 2)}\n`)
}

/** Two states of the file as one: findings and looks are named by their content, so a union loses none. */
export function joinedWorklist(here: Pick<Project, 'other'>, other: Pick<Project, 'other'>): Uint8Array<ArrayBuffer> | null {
  const [mine, theirs] = [keptWorklist(here), keptWorklist(other)]
  if (!mine || !theirs || !other.other.has(paths.worklist)) return null
  const findings = new Map([...theirs.findings, ...mine.findings].map((each) => [each.id, each]))
  const looks = new Map([...theirs.looks, ...mine.looks].map((each) => [lookName(each), each]))
  return fileBytes(sortedFile({ findings: [...findings.values()], looks: [...looks.values()] }))
}

/** Files with those findings and looks alone that `isNamed` knows; a file that can not be read stays as it is. */
export function withNamedWork(files: Project['other'], isNamed: (object: string, digest: string) => boolean): Project['other'] {
  const kept = keptWorklist({ other: files })
  if (!kept || !files.has(paths.worklist)) return files
  const holds = ({ object, digest }: Act): boolean => digest !== null && isNamed(object, digest)
  const findings = kept.findings.filter((each) => holds(findingAct(each)))
  const looks = kept.looks.filter((each) => holds(lookAct(each)))
  return new Map(files).set(paths.worklist, fileBytes({ findings, looks }))
}

/** What does not stand in the kept worklist, in words, with the object that the ledger names; null where everything does. */
export function worklistFault(project: Project): { readonly why: string; readonly object: string | null } | null {
  const kept = keptWorklist(project)
  if (!kept) return { why: `${paths.worklist} can not be read.`, object: null }
  const named = new Map<string, string | null>()
  for (const entry of project.ledger) if (entry.object.startsWith(`${paths.worklist}#`)) named.set(entry.object, entry.digest)
  for (const { object: at, digest } of [...kept.findings.map(findingAct), ...kept.looks.map(lookAct)]) {
    if (named.get(at) !== digest)
      return { why: `${at} is not what the ledger names: it was changed or added outside.`, object: at }
    named.delete(at)
  }
  const [lost] = named.keys()
  if (lost !== undefined) return { why: `${lost} is missing from its file.`, object: lost }
  const said = new Map(project.review.events.map((event) => [event.id, event]))
  for (const { id, record, item, verdicts, verdict } of kept.findings) {
    const rests = verdicts.map((name) => said.get(name))
    const holds = rests.some((event) => event?.kind === 'difference' && event.verdict === verdict)
    const same = rests.every((event) => event?.kind === 'difference' && event.record === record && itemJudged(event) === item)
    if (!holds || !same)
      return { why: `${paths.worklist}#${id} rests on no verdict that says so.`, object: `${paths.worklist}#${id}` }
  }
  return null
}
