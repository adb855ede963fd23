/** `carryover verify`: chain, Merkle root, signatures, draw, numbers and staleness of a project, offline. */

import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { openProject } from '../../core/project/format/open.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import type { LedgerEntry } from '../../core/project/ledger/ledger.ts'
import { readLedger } from '../../core/project/ledger/ledger-file.ts'
import { witnessIn } from '../../core/project/ledger/witness.ts'
import { timeStampRequest } from '../../core/project/time-stamp/time-stamp.ts'
import { meaningsSentence } from '../../core/project/verify/signed-meanings.ts'
import { heldSentence, nothingWhole } from '../../core/project/verify/signed-part.ts'
import {
  brokenIn,
  type VerifyOptions,
  type VerifyReport,
  verifyLedgerAlone,
  verifyProject,
} from '../../core/project/verify/verify.ts'
import { type Recheck, recheckPages, recheckPairing } from '../../core/readiness/reports/recheck.ts'
import { type CheckpointVerdict, heldUnder, readCheckpointFile } from '../../core/team/checkpoint-file.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { writeWhole } from '../../io/files/whole-file.ts'
import { webVerifier } from '../../io/keys/signature-web.ts'
import { noteFault, witnessFault } from '../../io/keys/signed-note-web.ts'
import { checkTimeStamp, type StampVerdict } from '../../io/keys/time-stamp-web.ts'
import { readProject } from '../../io/store/store-node.ts'
import { exitCode } from '../shell/exit-codes.ts'
import { refuseUnwritable } from '../shell/out-files.ts'
import { printOut } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'

/** In part: files that verify and are not the whole project, such as the committee's file or a ledger alone, and a signed part that was read on from. */
const codes = { verified: exitCode.passed, refused: exitCode.findings, partly: exitCode.verifiedInPart } as const

interface Options {
  readonly head?: string
  readonly timestampRequest?: string
  readonly timestamp?: string
  readonly checkpoint?: string
  readonly checkpointKey?: string
  readonly witnessKey?: string
  readonly recheck?: boolean
  readonly format?: 'text' | 'json'
}

export function addVerify(command: Command): void {
  command
    .argument('<path>', 'a project folder, a .carryover file or a ledger.jsonl')
    .option('--head <digest>', 'the head that was printed or sent earlier: the ledger must still lead to it')
    .option('--timestamp-request <file>', 'write a request (RFC 3161) to have the head stamped; send it to an authority yourself')
    .option(
      '--timestamp <file>',
      'the answer of the authority: check that it stamps this head, or one that a signature stands on',
    )
    .option('--checkpoint <file>', 'a checkpoint of a team server: everything that it had stored then must be here')
    .option('--checkpoint-key <key>', 'the key of that server as you noted it; without it the one in the file is taken, and said')
    .option('--witness-key <key>', 'the witness that must have signed the checkpoint; without it the one that the ledger names')
    .option(
      '--recheck',
      'compare both sides again where the source files lie in the project, and make pages for the committee beside it again',
    )
    .addOption(
      new Option('--format <format>', 'text or json; json where the result goes to another program').choices(['text', 'json']),
    )
    .addHelpText('after', '\nExample:\n  carryover verify riverside\n(carryover example --out riverside writes that project)\n')
    .action(async (path: string, options: Options) => {
      if (options.head !== undefined && !/^sha256:[0-9a-f]{64}$/.test(options.head))
        throw new UsageError(`--head got "${options.head}"; it takes sha256: and 64 hexadecimal digits.`)
      await refuseUnwritable('--timestamp-request', [options.timestampRequest])
      const now = new Date().toISOString()
      const report = await verified(path, { digest, now, ...(options.head === undefined ? {} : { expectedHead: options.head }) })
      const format = options.format ?? (process.stdout.isTTY ? 'text' : 'json')
      if (options.timestampRequest !== undefined) await writeWhole(options.timestampRequest, timeStampRequest(report.head), false)
      const stamp = options.timestamp === undefined ? null : await checkTimeStamp(bytesOf(options.timestamp), headsOf(report))
      const checkpoint =
        options.checkpoint === undefined
          ? null
          : await checkCheckpoint(path, readText(options.checkpoint), options.checkpoint, options)
      const again = options.recheck ? await recheck(path, report) : null
      const said = {
        ...report,
        ...(stamp ? { timestamp: stamp } : {}),
        ...(checkpoint ? { checkpoint } : {}),
        ...(again ? { recheck: again } : {}),
      }
      printOut(format === 'json' ? `${JSON.stringify(said, null, 2)}\n` : reportText(report, stamp, checkpoint, again ?? []))
      const isOther = (stamp && !stamp.ok) || (checkpoint && !checkpoint.ok) || again?.some(({ ok }) => ok === false)
      process.exitCode = isOther ? codes.refused : codes[report.standing]
    })
}

/** Node has SHA-256 in machine code. */
const digest = (text: string): string => hash('sha256', text, 'hex')

async function verified(path: string, options: VerifyOptions): Promise<VerifyReport> {
  if (path.endsWith('.jsonl')) return await verifyLedgerAlone(readText(path), webVerifier, options)
  const files = await readProject(path).catch((error: unknown) => {
    throw error instanceof StoreProblem ? new InputError(error.message) : error
  })
  const report = await verifyProject(files, webVerifier, options)
  if (!report) throw new InputError(`${path} holds no carryover.json that can be read: it is not a Carryover project.`)
  return report
}

/** A ledger alone has nothing that could be run again. */
async function recheck(path: string, report: VerifyReport): Promise<readonly Recheck[]> {
  if (path.endsWith('.jsonl')) return [{ what: 'Recheck', ok: null, why: 'A ledger alone has nothing that could be run again.' }]
  const files = await readProject(path)
  const { project } = openProject(files)
  if (!project) return []
  const bytesDigest = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')
  const pairing = await recheckPairing(project, files, bytesDigest, new AbortController().signal)
  return [pairing, ...recheckPages(project, files, brokenIn(report))]
}

/** Heads that a stamp may be of. */
function headsOf({ head, signedHeads }: VerifyReport): readonly string[] {
  return [head, ...signedHeads]
}

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    throw new InputError(`${path} can not be read: ${errorWords(error)}`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${path} can not be read: ${errorWords(error)}`)
  }
}

/** The signature of the server, then what it signed for against the entries here. */
async function checkCheckpoint(
  path: string,
  text: string,
  name: string,
  { checkpointKey: key, witnessKey }: Pick<Options, 'checkpointKey' | 'witnessKey'>,
): Promise<CheckpointVerdict> {
  const file = readCheckpointFile(text)
  if (!file) throw new InputError(`${name} is no checkpoint of a team server.`)
  const fault = await noteFault(file.note, key ?? file.key)
  if (fault !== null) return { ok: false, why: fault }
  const entries = await entriesOf(path)
  const { ok, why } = heldUnder({ ...file, key: key ?? file.key }, entries)
  if (!ok) return { ok, why }
  const witness = witnessKey ?? witnessIn(entries)
  const unwitnessed = witness === null ? null : await witnessFault(file.note, witness)
  if (unwitnessed !== null) return { ok: false, why: unwitnessed }
  const said = witness === null ? why : `${why} The witness ${witness} signed it, too.`
  return { ok, why: key === undefined ? `${said} The key was taken from the file itself: ${file.key}` : said }
}

async function entriesOf(path: string): Promise<readonly LedgerEntry[]> {
  if (path.endsWith('.jsonl')) return readLedger(readText(path)).entries
  return openProject(await readProject(path)).project?.ledger ?? []
}

function reportText(
  report: VerifyReport,
  stamp: StampVerdict | null,
  checkpoint: CheckpointVerdict | null,
  again: readonly Recheck[],
): string {
  const lines = report.checks.map(
    (check) => `${markOf(check)} ${check.id}  ${check.title}: ${check.why}${whereText(check.first)}`,
  )
  const covers = {
    current: currentText(report),
    earlier: report.part ? heldSentence(report.part) : 'The last signature covers an earlier version.',
    none: 'No signature was judged against the data.',
  }
  return [
    ...lines,
    covers[report.covers],
    `Head ${report.head}`,
    ...stampLines(stamp),
    ...(checkpoint ? [`${checkpoint.ok ? 'ok     ' : 'FAILED '} checkpoint: ${checkpoint.why}`] : []),
    ...again.map(({ what, ok, why }) => `${ok === null ? 'not run' : ok ? 'ok     ' : 'FAILED '} ${what}: ${why}`),
    ...report.cannotProve,
    standingText(report),
    '',
  ].join('\n')
}

/** "ok" stands only before what was looked at. */
function markOf({ ok, unjudged }: VerifyReport['checks'][number]): string {
  return (ok ? (unjudged ?? 'ok') : 'FAILED').padEnd(7)
}

function currentText({ ok, cannotProve }: VerifyReport): string {
  if (!ok) return 'The last signature names what is here now, and does not count while a check fails.'
  return cannotProve.includes(nothingWhole)
    ? 'The part that was signed covers what is here now.'
    : 'The last signature covers what is here now.'
}

function stampLines(stamp: StampVerdict | null): readonly string[] {
  return stamp ? [`${stamp.ok ? 'ok     ' : 'FAILED '} time stamp: ${stamp.why}`] : []
}

function standingText(report: VerifyReport): string {
  const isPart = report.part !== undefined || report.cannotProve.includes(nothingWhole)
  const partly = isPart ? 'Verified as far as it is signed.' : 'Verified as far as these files go.'
  // The sentence stands among the limits already.
  if (report.ok && report.entries === 0) return 'Nothing was verified.'
  const words = { verified: 'Verified.', partly, refused: 'Not verified.' }
  const meaning = report.ok ? meaningsSentence(report.signed) : 'Nothing in it is to be relied on as signed.'
  return [words[report.standing], meaning].filter((part) => part !== null).join(' ')
}

function whereText(place: VerifyReport['checks'][number]['first']): string {
  if (!place || (place.device === null && place.line === null)) return ''
  const entry = place.device === null ? '' : `${place.device}/${place.seq}`
  return ` (${[entry, place.line === null ? '' : `line ${place.line}`].filter((part) => part !== '').join(', ')})`
}
