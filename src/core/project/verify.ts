/** Offline verification of a project: the same checks in the app and on the command line; the first broken entry is named. */
import { type BrokenPlace, checkChains, checkHashes, checkHeads, type Place, type Verdict } from './chain.ts'
import { checkDraw } from './check-draw.ts'
import { checkResults } from './check-results.ts'
import { checkSignatures } from './check-signatures.ts'
import { signaturesOf } from './coverage.ts'
import { paths } from './documents.ts'
import { headOf } from './head.ts'
import type { LedgerEntry } from './ledger.ts'
import { readLedger } from './ledger-file.ts'
import { openProject } from './open.ts'
import type { Project, ProjectFiles } from './project.ts'
import type { Verifier } from './signature.ts'

export interface VerifyCheck {
  readonly id: 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V7' | 'V8' | 'V9'
  readonly title: string
  readonly ok: boolean
  readonly first: BrokenPlace | null
  /** What is wrong, or what was checked. */
  readonly why: string
}

export interface VerifyReport {
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  readonly head: string
  readonly entries: number
  readonly signatures: number
  /** `none` where nothing is signed, or the ledger lies alone. */
  readonly covers: 'current' | 'earlier' | 'none'
}

export interface VerifyOptions {
  /** A head that was printed or sent earlier, out of reach of an editor of the file: the ledger must still lead to it. */
  readonly expectedHead?: string
}

const titles = {
  V1: 'Every line of the ledger parses and is canonical',
  V2: 'Every entry has the hash of its content',
  V3: 'The chains are unbroken',
  V4: 'Signatures stand on the head of the ledger',
  V5: 'Signatures are valid and their keys were enrolled',
  V7: 'The sample follows from frame and seed, as the ledger names them',
  V8: 'Counts and bounds follow from the verdicts',
  V9: 'The last signature covers what is here now',
} as const

/** Verifies files; null where `carryover.json` itself can not be read, which is no verdict. */
export async function verifyProject(
  files: ProjectFiles,
  verifier: Verifier,
  options: VerifyOptions = {},
): Promise<VerifyReport | null> {
  const { project } = openProject(files)
  if (!project) return null
  const text = new TextDecoder().decode(files.get(paths.ledger) ?? new Uint8Array())
  const { entries, place, verdicts } = await ledgerVerdicts(text, project.manifest.id, verifier, options)
  const signed = signaturesOf(project)
  return reportOf(
    entries,
    [
      ...verdicts,
      ['V7', checkDraw(project, entries, place)],
      ['V8', checkResults(project, entries, place)],
      ['V9', checkCoverage(project)],
    ],
    signed.at(-1)?.coverage.covers ?? 'none',
  )
}

/** What does not stand in a report, in words; that the data moved on since a signature breaks nothing. */
export function brokenIn(report: VerifyReport): string | null {
  return report.checks.find((check) => !check.ok && check.id !== 'V9')?.why ?? null
}

/** Verifies a ledger that lies alone: V1 to V5. What its signatures cover can not be seen without the project. */
export async function verifyLedgerAlone(text: string, verifier: Verifier, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { entries, verdicts } = await ledgerVerdicts(text, null, verifier, options)
  return reportOf(entries, verdicts, 'none')
}

type NamedVerdict = readonly [VerifyCheck['id'], Verdict]

async function ledgerVerdicts(
  text: string,
  projectId: string | null,
  verifier: Verifier,
  options: VerifyOptions,
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly place: Place; readonly verdicts: readonly NamedVerdict[] }> {
  const { entries, lines, problems } = readLedger(text)
  const place: Place = (index) => ({
    device: entries[index]?.device ?? null,
    seq: entries[index]?.seq ?? null,
    line: lines[index] ?? null,
  })
  const [problem] = problems
  const parsed: Verdict = problem
    ? { ok: false, first: { device: problem.device, seq: problem.seq, line: problem.line }, why: problem.why }
    : { ok: true, why: `${entries.length} entries.` }
  const verdicts: readonly NamedVerdict[] = [
    ['V1', parsed],
    ['V2', checkHashes(entries, place)],
    ['V3', checkChains(entries, place)],
    ['V4', checkHeads(entries, place, options.expectedHead)],
    ['V5', await checkSignatures(projectId, entries, place, verifier)],
  ]
  return { entries, place, verdicts }
}

function reportOf(
  entries: readonly LedgerEntry[],
  verdicts: readonly NamedVerdict[],
  covers: VerifyReport['covers'],
): VerifyReport {
  const checks = verdicts.map(([id, verdict]) => ({
    id,
    title: titles[id],
    ok: verdict.ok,
    first: verdict.ok ? null : verdict.first,
    why: verdict.why,
  }))
  return {
    ok: checks.every((check) => check.ok),
    checks,
    head: headOf(entries).digest,
    entries: entries.length,
    signatures: entries.filter((entry) => entry.action === 'signed').length,
    covers,
  }
}

function checkCoverage(project: Project): Verdict {
  const last = signaturesOf(project).at(-1)
  if (!last) return { ok: true, why: 'Nothing is signed yet.' }
  const [changed] = last.coverage.changed
  if (!changed)
    return { ok: true, why: 'It covers plan, sample, verdicts, run, mapping, sources and accepted findings as they are.' }
  return { ok: false, first: { device: last.entry.device, seq: last.entry.seq, line: null }, why: changed.sentence }
}
