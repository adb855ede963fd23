/** Offline verification of a project: the same checks in the app and on the command line; the first broken entry is named. */

import { settlementFault } from '../copies/fork-settlement.ts'
import { quarantinedIn } from '../copies/quarantine.ts'
import { paths } from '../format/documents.ts'
import { openProject } from '../format/open.ts'
import type { Project, ProjectFiles } from '../format/project.ts'
import { type BrokenPlace, checkChains, checkHashes, nowhere, type Place, type Verdict } from '../ledger/chain.ts'
import type { TextDigest } from '../ledger/entry-hash.ts'
import { statesGivenUp } from '../ledger/given-up.ts'
import { headOf } from '../ledger/head.ts'
import type { LedgerEntry } from '../ledger/ledger.ts'
import { type LedgerReading, readingOfEntries, readLedger } from '../ledger/ledger-file.ts'
import { entriesAside, settlementsOf } from '../sample/settlements.ts'
import { checkSignatures, type SignedIn } from '../signing/check-signatures.ts'
import { payloadOf, type Verifier } from '../signing/signature.ts'
import { checkHeadsSigned } from '../signing/signed-heads.ts'
import { checkDocuments } from './check-documents.ts'
import { checkDraw } from './check-draw.ts'
import { checkFiles } from './check-files.ts'
import { checkHeads } from './check-heads.ts'
import { checkResults } from './check-results.ts'
import { checkRoles } from './check-roles.ts'
import { checkTimes } from './check-times.ts'
import { judgedOtherwise, judgedSignature, type SignatureState } from './coverage.ts'
import { checkRedacted, isRedacted, redactedLimits } from './redacted.ts'
import { checkSealed } from './sealed-part.ts'
import { type SignedMeaning, signedMeanings } from './signed-meanings.ts'
import { nothingWhole, type SignedPart, unsignedSentence } from './signed-part.ts'

export interface VerifyCheck {
  readonly id: 'V1' | 'V2' | 'V3' | 'V4' | 'V5' | 'V6' | 'V7' | 'V8' | 'V9' | 'V10' | 'V11' | 'V12'
  readonly title: string
  readonly ok: boolean
  readonly first: BrokenPlace | null
  /** What is wrong, or what was checked. */
  readonly why: string
  /** Why an `ok` says little: there was nothing to look at, or something lies outside of what was looked at. Absent otherwise. */
  readonly unjudged?: 'nothing' | 'outside'
}

export interface VerifyReport {
  readonly ok: boolean
  readonly checks: readonly VerifyCheck[]
  readonly head: string
  readonly entries: number
  readonly signatures: number
  /** `none` where nothing is signed, or the ledger lies alone. */
  readonly covers: 'current' | 'earlier' | 'none'
  /** `partly`: what is here verifies, and parts of the project are not here to be judged, or only a part of it is signed. */
  readonly standing: 'verified' | 'partly' | 'refused'
  /** Where all verifies, and the last signature is of a part that was read on from and holds; absent otherwise. */
  readonly part?: SignedPart
  /** What nobody can read off these files, or has signed of them, as sentences; empty for a whole project that is covered. */
  readonly cannotProve: readonly string[]
  /** Each person's last word of each kind, refusals first. */
  readonly signed: readonly SignedMeaning[]
  /** Heads that signatures stand on, in the order of the ledger. */
  readonly signedHeads: readonly string[]
}

export interface VerifyOptions {
  /** A head that was printed or sent earlier, out of reach of an editor of the file: the ledger must still lead to it. */
  readonly expectedHead?: string
  /** RFC 3339: nothing is dated later. Left out, nothing is said about the future. */
  readonly now?: string
  /** The platform's own digest where it has a quicker one than core; the result is the same. */
  readonly digest?: TextDigest
}

const titles = {
  V1: 'Every line of the ledger parses and is canonical',
  V2: 'Every entry has the hash of its content',
  V3: 'The chains are unbroken',
  V4: 'Signatures stand on the head of the ledger',
  V5: 'Signatures are valid and their keys were enrolled',
  V6: 'Everybody had the role for what they did, and duties are kept apart',
  V7: 'The sample follows from frame and seed, as the ledger names them',
  V8: 'Counts and bounds follow from the verdicts',
  V9: 'The last signature covers what is here now',
  V10: 'The end of every chain is signed with the key of its device',
  V11: 'Times are possible',
  V12: 'Every file is one that the ledger names',
} as const

/** Verifies files; null where `carryover.json` itself can not be read, which is no verdict. */
export async function verifyProject(
  files: ProjectFiles,
  verifier: Verifier,
  options: VerifyOptions = {},
): Promise<VerifyReport | null> {
  const { project } = openProject(files)
  if (!project) return null
  // A ledger that is no UTF-8 was opened as empty; here its broken line is named.
  const held = project.ledger.length > 0 ? readingOfEntries(project.ledger) : null
  const reading = held ?? readLedger(new TextDecoder().decode(files.get(paths.ledger) ?? new Uint8Array()))
  const { entries, place, verdicts } = await ledgerVerdicts(
    reading,
    { id: project.manifest.id, keys: project.keys },
    verifier,
    options,
    [...entriesAside(project), ...quarantinedIn(project)],
  )
  const last = judgedSignature(project)
  // Counts and coverage can be judged only beside verdicts, data and mapping; a committee's file has none of them.
  const redacted = isRedacted(project)
  return reportOf(
    entries,
    [
      ...verdicts.map(
        ([id, verdict]): NamedVerdict => [
          id,
          id === 'V3' && verdict.ok ? checkForks(project, entries, place, verdict.why) : verdict,
        ],
      ),
      ['V6', await checkRoles(project, entries, place, verifier)],
      ['V7', checkDraw(project, entries, place)],
      [
        'V8',
        redacted
          ? checkRedacted(project, files, entries)
          : (checkSealed(files, entries) ?? checkDocuments(project, entries, place) ?? checkResults(project, entries, place)),
      ],
      ['V9', redacted ? { ok: true, why: `Not judged. ${redactedLimits[1]}` } : checkCoverage(project)],
      ['V10', await checkHeadsSigned(project, entries, place, verifier)],
      ['V11', checkTimes(entries, place, options.now)],
      ['V12', checkFiles(project, entries, place)],
    ],
    redacted ? 'none' : (last?.coverage.covers ?? 'none'),
    {
      cannotProve: redacted ? redactedLimits : [],
      ...(redacted || !last ? {} : partOf(last)),
      signed: signedMeanings(project).map((each) => (redacted ? { ...each, covers: 'unknown' as const } : each)),
    },
  )
}

/** What a part leaves unsigned. A part never stands for the whole, whether or not anybody read on from it. */
function partOf({ payload, coverage: { part } }: SignatureState): Pick<Said, 'part' | 'unsigned'> {
  if (!payload.part) return {}
  return part ? { part, unsigned: unsignedSentence } : { unsigned: nothingWhole }
}

/** What does not stand in a report, in words; that the data moved on since a signature breaks nothing. */
export function brokenIn(report: Pick<VerifyReport, 'checks'>): string | null {
  return report.checks.find((check) => !check.ok && check.id !== 'V9')?.why ?? null
}

/** Verifies a ledger that lies alone: V1 to V5. What its signatures cover can not be seen without the project. */
export async function verifyLedgerAlone(text: string, verifier: Verifier, options: VerifyOptions = {}): Promise<VerifyReport> {
  const { entries, verdicts } = await ledgerVerdicts(readLedger(text), null, verifier, options)
  const cannotProve = ['A ledger alone holds no verdicts, runs and documents: what its signatures cover is not judged.']
  return reportOf(entries, verdicts, 'none', { cannotProve, signed: [] })
}

type NamedVerdict = readonly [VerifyCheck['id'], Verdict]

async function ledgerVerdicts(
  { entries, lines, problems }: LedgerReading,
  signedIn: SignedIn | null,
  verifier: Verifier,
  options: VerifyOptions,
  aside: readonly LedgerEntry[] = [],
): Promise<{ readonly entries: readonly LedgerEntry[]; readonly place: Place; readonly verdicts: readonly NamedVerdict[] }> {
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
    ['V2', checkHashes(entries, place, options.digest)],
    ['V3', checkChains(entries, place)],
    ['V4', checkHeads(entries, place, options.expectedHead, aside)],
    ['V5', await checkSignatures(signedIn, entries, place, verifier)],
  ]
  return { entries, place, verdicts }
}

/** What a report says beside its checks; of a part it says nothing where a check fails. */
interface Said extends Pick<VerifyReport, 'cannotProve' | 'signed' | 'part'> {
  /** What is here and signed by nobody, where a part is signed. */
  readonly unsigned?: string
}

function reportOf(
  entries: readonly LedgerEntry[],
  verdicts: readonly NamedVerdict[],
  covers: VerifyReport['covers'],
  { cannotProve, signed, part, unsigned }: Said,
): VerifyReport {
  const checks = verdicts.map(([id, verdict]) => ({
    id,
    title: titles[id],
    ok: verdict.ok,
    first: verdict.ok ? null : verdict.first,
    why: verdict.why,
    ...unjudgedOf(entries, verdict),
  }))
  const ok = checks.every((check) => check.ok)
  const limits = ok
    ? [
        ...(entries.length === 0 ? [nothingToVerify] : []),
        ...cannotProve,
        ...(unsigned === undefined ? [] : [unsigned]),
        ...verdicts.flatMap(([, verdict]) => (verdict.ok && verdict.outside === 'gate' ? [verdict.why] : [])),
      ]
    : cannotProve
  return {
    ok,
    standing: !ok ? 'refused' : limits.length > 0 ? 'partly' : 'verified',
    ...(ok && part ? { part } : {}),
    cannotProve: limits,
    signed: ok ? signed : signed.map((each) => ({ ...each, holds: false })),
    checks,
    head: headOf(entries).digest,
    signedHeads: entries.flatMap((entry) => (entry.action === 'signed' ? (payloadOf(entry)?.head.digest ?? []) : [])),
    entries: entries.length,
    signatures: entries.filter((entry) => entry.action === 'signed').length,
    covers,
  }
}

/** What an empty ledger proves. */
export const nothingToVerify = 'Nothing to verify: the ledger holds no entry.'

function unjudgedOf(entries: readonly LedgerEntry[], verdict: Verdict): Pick<VerifyCheck, 'unjudged'> {
  if (!verdict.ok) return {}
  if (verdict.outside) return { unjudged: 'outside' }
  return entries.length === 0 ? { unjudged: 'nothing' } : {}
}

/** How forks were settled is part of what the chains say. */
function checkForks(project: Project, entries: readonly LedgerEntry[], place: Place, chains: string): Verdict {
  const fault = settlementFault(project)
  if (fault) {
    const at = entries.findIndex((entry) => entry.object === fault.object)
    return { ok: false, first: at < 0 ? nowhere : place(at), why: fault.why }
  }
  const settled = settlementsOf(project).map(
    ({ device, seq, by, givenUp }) =>
      `the fork of ${device} at entry ${seq} was settled by ${by}, ${givenUp.length} entries put aside`,
  )
  const gone = statesGivenUp(entries).map(({ by, at }) => `${by} replaced another state of this project on ${at.slice(0, 10)}`)
  const said = [...settled, ...gone]
  return { ok: true, why: said.length === 0 ? chains : `${chains.replace(/\.$/, '')}; ${said.join('; ')}.` }
}

function checkCoverage(project: Project): Verdict {
  const last = judgedSignature(project)
  if (!last) return { ok: true, why: 'Nothing is signed yet.' }
  const { changed, part } = last.coverage
  const [moved] = judgedOtherwise(project)
  const why = changed[0]?.sentence ?? 'It covers plan, sample, verdicts, run, mapping, sources and accepted findings as they are.'
  const at = { device: last.entry.device, seq: last.entry.seq, line: null }
  if (changed.length > 0 && !part) return { ok: false, first: at, why }
  return moved === undefined ? { ok: true, why } : { ok: false, first: at, why: moved }
}
