/** What verifying can run again where the files are there: the comparison of both sides behind the last run, and pages for the committee. */
import { canonicalJson, digestOf, type Json } from '../../canonical.ts'
import { readMapping } from '../../data/crosswalk/mapping/mapping.ts'
import { bytesSource, finish } from '../../operation.ts'
import { changeWords, inputChange } from '../../project/format/inputs-changed.ts'
import type { Project, ProjectFiles } from '../../project/format/project.ts'
import type { RunSummary } from '../../project/format/run.ts'
import { jsonOf, saveProject } from '../../project/format/save.ts'
import { mappingDigest } from '../../project/runs/opened-inputs.ts'
import { pairingPart } from '../../project/runs/run-summary.ts'
import { currentRun } from '../../project/signing/signature.ts'
import { pairAll } from '../../review/pair/pair.ts'
import type { Verification } from '../evidence/evidence.ts'
import { isPairingCode } from '../model/pairing-codes.ts'
import { formatsOf, makeReport, writeReport } from './index.ts'

export interface Recheck {
  readonly what: string
  /** Null where it could not be run again. */
  readonly ok: boolean | null
  readonly why: string
}

type Bytes = Uint8Array<ArrayBuffer>

/** @param digest SHA-256 of bytes in hexadecimal, by the platform where it has a quick one */
export async function recheckPairing(
  project: Project,
  files: ProjectFiles,
  digest: (bytes: Bytes) => string,
  signal: AbortSignal,
): Promise<Recheck> {
  const run = currentRun(project)
  if (!run?.pairing) return { what: 'Comparison of both sides', ok: null, why: 'No complete run has compared both sides.' }
  const what = `Comparison of both sides in run #${run.number}`
  const change = changeSince(project, run)
  if (change !== null) return { what, ok: null, why: `Not run again: ${change} since. Run all checks, then verify that run.` }
  const found = sourcesIn(project, run, files, digest)
  const missing = project.sources.filter(({ id }) => !found.has(id)).map(({ name }) => name)
  if (missing.length > 0)
    return {
      what,
      ok: null,
      why: `Not run again: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not in this project as it was read.`,
    }
  const inputs = project.sources.flatMap(({ id, name, side, format, table, reading }) => {
    const bytes = found.get(id)
    return bytes ? [{ source: bytesSource(name, bytes), side, format, table, reading }] : []
  })
  // The day decides only whose records can be drawn, which a run does not keep: no day of the project can differ from that of the run.
  const asOf = run.started.slice(0, 10)
  const input = { inputs, mapping: readMapping(saveProject(project)).mapping, asOf, seed: run.seed }
  const now = pairingPart(await finish(pairAll(input, signal)))
  const then = { pairing: run.pairing, findings: run.findings.filter(({ code }) => isPairingCode(code)) }
  const [a, b] = [digestOf(jsonOf(now)), digestOf(jsonOf(then))]
  if (a === b)
    return {
      what,
      ok: true,
      why: `Run again on ${inputs.length} files: the same counts and findings, ${a}. Data checks and simulations were not run again.`,
    }
  const other = then.findings.find(
    (each) => !now.findings.some((one) => canonicalJson(jsonOf(one)) === canonicalJson(jsonOf(each))),
  )
  return {
    what,
    ok: false,
    why: `Run again on the same files, it is not what the run says${other ? `: ${other.code} at ${other.place} was ${other.count} there` : ''}.`,
  }
}

/** What of the project is no longer as the run compared it, in words; null where all is. */
function changeSince(project: Project, run: RunSummary): string | null {
  const input = inputChange(project.sources, run)
  if (input !== null) return changeWords(input)
  return run.mapping === mappingDigest(project.mapping) ? null : 'the mapping changed'
}

/** Bytes of each source, by its id: a file of the project that is, byte for byte, what the run says it read. */
function sourcesIn(
  { sources }: Project,
  run: RunSummary,
  files: ProjectFiles,
  digest: (bytes: Bytes) => string,
): ReadonlyMap<string, Bytes> {
  const found = new Map<string, Bytes>()
  const left = [...run.inputs]
  for (const { id, side, name } of sources) {
    // Files of one name on one side are told apart by their order, as where the run was compared with the sources.
    const at = left.findIndex((input) => input.side === side && input.name === name)
    const [read] = at < 0 ? [] : left.splice(at, 1)
    // A file that was not read to its end has no digest: nothing can be known to be it.
    if (!read?.sha256) continue
    for (const [path, held] of files) {
      if (path.slice(path.lastIndexOf('/') + 1) !== name || held.length !== read.bytes) continue
      if (digest(held) === read.sha256.replace('sha256:', '')) found.set(id, held)
    }
  }
  return found
}

const page = /--kind go-no-go --as-of (\d{4}-\d{2}-\d{2})/

/** Go or no-go pages that lie beside the project: each must be what the project gives for its day. */
export function recheckPages(project: Project, files: ProjectFiles, broken: string | null): readonly Recheck[] {
  return [...files].flatMap(([path, bytes]): readonly Recheck[] => {
    if (!/\.(?:html|md|txt|json)$/.test(path) || path.startsWith('private/')) return []
    const text = new TextDecoder().decode(bytes)
    const asOf = page.exec(text)?.[1] ?? dayOfJson(text)
    if (asOf === undefined) return []
    const what = `Page ${path}`
    const reports = verifications(project, broken).map((verification) => makeReport('go-no-go', project, asOf, verification))
    if (reports.some((report) => formatsOf(report).some((format) => writeReport(report, format) === text)))
      return [{ what, ok: true, why: `It is what the project gives for ${asOf}.` }]
    // The digest of the board covers the ledger with every act, so the same digest means the same state.
    if (reports.some(({ data }) => text.includes(boardOf(data))))
      return [{ what, ok: false, why: `It names the board of ${asOf} as it is now, and says something else: it was changed.` }]
    return [
      {
        what,
        ok: null,
        why: `It names another board than that of ${asOf} now: the project moved on, or the page was changed. Make it again.`,
      },
    ]
  })
}

/** The digest of the board that a page stands on, as the page writes it. */
function boardOf(data: Json): string {
  const { board } = data as { readonly board: string }
  return board
}

function dayOfJson(text: string): string | undefined {
  if (!text.includes('"go-no-go"')) return undefined
  try {
    const { kind, asOf } = JSON.parse(text) as { kind?: unknown; asOf?: unknown }
    return kind === 'go-no-go' && typeof asOf === 'string' ? asOf : undefined
  } catch {
    return undefined
  }
}

/** Pages say of runs what the device knew that made them: one that ran them, or any other. */
function verifications(project: Project, broken: string | null): readonly Verification[] {
  const runs = project.runs.map((run) => digestOf(jsonOf(run)))
  return [{ broken }, { broken, witness: { runs, devices: [] } }]
}
