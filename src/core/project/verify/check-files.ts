/**
 * V12: what lies in the project beside what other checks recompute: files of the board, their history, statements, thresholds, and what
 * nobody knows. What no entry of the ledger names is named here; where roles are in force it fails, since a gate could rest on it.
 */
import { digestOf, digestOfBytes } from '../../canonical.ts'
import { inputKindNames, inputPath } from '../../readiness/input-files/files.ts'
import { examplesPath } from '../../readiness/kept-files/examples.ts'
import { isOtherDay } from '../../readiness/kept-files/go-live-moves.ts'
import { inputRemoved, lastPut } from '../../readiness/kept-files/input-acts.ts'
import { boardLogPath, unnamedEvents } from '../../readiness/log/board-log.ts'
import { paths } from '../format/documents.ts'
import type { Project } from '../format/project.ts'
import { jsonOf } from '../format/save.ts'
import { nameOf, nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { isRedacted, pageFault } from './redacted.ts'

/** Files that V3, V7, V8 and V10 recompute, and those that say nothing about a gate. */
const judgedElsewhere: ReadonlySet<string> = new Set([
  paths.worklist,
  paths.chartAudits,
  paths.hazards,
  paths.forks,
  paths.givenUp,
  paths.givenUpVerdicts,
  paths.givenUpCalibration,
  paths.quarantined,
  paths.redacted,
  boardLogPath,
  examplesPath,
  'private.sealed',
  '.gitignore',
])

/** Printed pages, and the last simulation as its page shows it: a run computes its own, so that no gate rests on it. */
const shownAlone = /^certificates\/|^workflows\/[^/]+\/simulated\.json$/

export interface Outside {
  readonly path: string
  /** As the rest of a sentence. */
  readonly why: string
  /** Whether a gate of the board can rest on it. */
  readonly gate: boolean
}

/** Everything that no entry names, in the order of paths. */
export function outsideFiles(project: Pick<Project, 'other' | 'board' | 'ledger'>): readonly Outside[] {
  const { other, ledger } = project
  const inputs = new Set<string>(inputKindNames.map(inputPath))
  const found: Outside[] = []
  for (const [path, bytes] of other) {
    if (judgedElsewhere.has(path) || shownAlone.test(path) || isNamed(ledger, path, bytes)) continue
    found.push({ path, why: 'is named by no entry of the ledger', gate: inputs.has(path) || path.startsWith('readiness/') })
  }
  if (isOtherDay(project))
    found.push({ path: inputPath('milestones'), why: 'holds another day of go-live than the ledger names', gate: true })
  for (const text of unnamedEvents(project)) found.push({ path: boardLogPath, why: text, gate: true })
  return [...found, ...outsideBoard(project)].toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** Whether an entry names the path with what it holds, or is about its text in another way that V8 judges. */
function isNamed(ledger: readonly LedgerEntry[], path: string, bytes: Uint8Array): boolean {
  const named = ledger.filter(({ object, digest }) => object === path && digest !== null)
  if (named.length === 0) return false
  const digests = [digestOf(new TextDecoder().decode(bytes)), digestOfBytes(bytes)]
  // What was put there otherwise is named by V8, with the day.
  return named.some(({ action, digest }) => digests.includes(digest ?? '') || action.startsWith('input-')) || isJson(named, bytes)
}

function isJson(named: readonly LedgerEntry[], bytes: Uint8Array): boolean {
  try {
    const digest = digestOf(JSON.parse(new TextDecoder().decode(bytes)))
    return named.some((entry) => entry.digest === digest)
  } catch {
    return false
  }
}

/** Statements, thresholds, day of go-live and owners of `board.json` that are not what their acts name. */
function outsideBoard({ board, ledger }: Pick<Project, 'board' | 'ledger'>): readonly Outside[] {
  const digestsOf = (action: string): ReadonlySet<string> =>
    new Set(
      ledger.flatMap((entry) => (entry.action === action && entry.digest !== null ? [`${entry.object} ${entry.digest}`] : [])),
    )
  const [said, set] = [digestsOf('statement'), digestsOf('threshold-set')]
  const statements = board.statements
    .filter((each) => !said.has(`${each.criterion} ${digestOf(jsonOf(each))}`))
    .map(({ criterion, by }) => ({
      path: paths.board,
      why: `holds a statement on ${criterion} in the name of ${by} that nobody made`,
      gate: true,
    }))
  const last = new Map(ledger.flatMap((entry) => (entry.action === 'threshold-set' ? [[entry.object, entry.digest]] : [])))
  const thresholds = Object.entries(board.thresholds)
    .filter(([criterion, values]) => {
      const digest = digestOf(jsonOf(values))
      // Since reasons are kept, an act names the limits with who set them and why.
      const acts = (board.limits ?? []).filter((each) => each.criterion === criterion && digestOf(jsonOf(each.to)) === digest)
      const digests = [digest, ...acts.map((each) => digestOf(jsonOf(each)))]
      const named = last.get(criterion)
      return named ? !digests.includes(named) : !digests.some((each) => set.has(`${criterion} ${each}`))
    })
    .map(([criterion]) => ({ path: paths.board, why: `holds a threshold of ${criterion} that nobody set so`, gate: true }))
  const reset = [...last.keys()]
    .filter((criterion) => !Object.hasOwn(board.thresholds, criterion))
    .map((criterion) => ({ path: paths.board, why: `lacks the threshold of ${criterion} that was set`, gate: true }))
  // No act of the product writes either: who answers for a day or for a name says so in the milestones, or in the ledger.
  const goLive =
    board.goLive === null
      ? []
      : [
          {
            path: paths.board,
            why: `holds a day of go-live (${board.goLive}) that no act names: the milestones say it`,
            gate: true,
          },
        ]
  const owners = Object.entries(board.owners).map(([criterion, owner]) => {
    return { path: paths.board, why: `holds ${owner} as owner of ${criterion}, which no act names`, gate: true }
  })
  return [...statements, ...thresholds, ...reset, ...goLive, ...owners]
}

export function checkFiles(project: Project, entries: readonly LedgerEntry[], place: Place): Verdict {
  // The files of the board are not in a committee's file, and named in its note.
  const gone = isRedacted(project) ? null : missingInput(project, entries)
  if (gone)
    return {
      ok: false,
      first: place(entries.indexOf(gone)),
      why: `${gone.object} is missing: entry ${nameOf(gone)} put it there, and nobody removed it.`,
    }
  const page = pageFault(project)
  if (page !== null) return { ok: false, first: nowhere, why: page }
  const outside = isRedacted(project) ? [] : outsideFiles(project)
  const inForce = entries.some(({ action }) => action === 'role-granted')
  const first = outside.find(({ gate }) => gate)
  if (inForce && first) {
    const more = outside.filter(({ gate }) => gate).length - 1
    const others = more > 0 ? ` ${more} more like it.` : ''
    return { ok: false, first: nowhere, why: `${first.path} ${first.why}, and a gate can rest on it.${others}` }
  }
  if (outside.length === 0) return { ok: true, why: 'Nothing lies beside it.' }
  const list = [...new Set(outside.map(({ path }) => path))]
  const shown = list.slice(0, 5).join(', ')
  const rest = list.length > 5 ? ` and ${list.length - 5} more` : ''
  return { ok: true, outside: first ? 'gate' : 'file', why: `Not in the ledger, so nobody answers for it: ${shown}${rest}.` }
}

/** A file of the board that the ledger has, and the project has not. */
function missingInput({ other }: Pick<Project, 'other'>, entries: readonly LedgerEntry[]): LedgerEntry | null {
  for (const [path, acts] of lastPut(entries)) {
    if (path.includes('#') || other.has(path) || acts.some(({ action }) => action === inputRemoved)) continue
    const last = acts.at(-1)
    if (last) return last
  }
  return null
}
