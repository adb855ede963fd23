/** `carryover verify`: chain, Merkle root, signatures, draw, numbers and staleness of a project, offline. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { meaningsSentence } from '../core/project/signed-meanings.ts'
import { StoreProblem } from '../core/project/store.ts'
import { timeStampRequest } from '../core/project/time-stamp/time-stamp.ts'
import { type VerifyOptions, type VerifyReport, verifyLedgerAlone, verifyProject } from '../core/project/verify.ts'
import { webVerifier } from '../io/signature-web.ts'
import { readProject } from '../io/store-node.ts'
import { checkTimeStamp, type StampVerdict } from '../io/time-stamp-web.ts'
import { refuseUnwritable } from './out-files.ts'
import { InputError, UsageError } from './usage-error.ts'

/** 5 is the code of files that verify and are not the whole project: the committee's file, a ledger alone. */
const exitCodes = { verified: 0, refused: 1, partly: 5 } as const

interface Options {
  readonly head?: string
  readonly timestampRequest?: string
  readonly timestamp?: string
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
    .addOption(
      new Option('--format <format>', 'text or json; json where the result goes to another program').choices(['text', 'json']),
    )
    .addHelpText('after', '\nExample:\n  carryover verify riverside\n(npm run sample -- --out riverside writes that project)\n')
    .action(async (path: string, options: Options) => {
      if (options.head !== undefined && !/^sha256:[0-9a-f]{64}$/.test(options.head))
        throw new UsageError(`--head got "${options.head}"; it takes sha256: and 64 hexadecimal digits.`)
      await refuseUnwritable('--timestamp-request', [options.timestampRequest])
      const now = new Date().toISOString()
      const report = await verified(path, { digest, now, ...(options.head === undefined ? {} : { expectedHead: options.head }) })
      const format = options.format ?? (process.stdout.isTTY ? 'text' : 'json')
      if (options.timestampRequest !== undefined) await writeFile(options.timestampRequest, timeStampRequest(report.head))
      const stamp = options.timestamp === undefined ? null : await checkTimeStamp(bytesOf(options.timestamp), headsOf(report))
      const said = stamp ? { ...report, timestamp: stamp } : report
      process.stdout.write(format === 'json' ? `${JSON.stringify(said, null, 2)}\n` : reportText(report, stamp))
      process.exitCode = stamp && !stamp.ok ? exitCodes.refused : exitCodes[report.standing]
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

/** Heads that a stamp may be of. */
function headsOf({ head, signedHeads }: VerifyReport): readonly string[] {
  return [head, ...signedHeads]
}

function bytesOf(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path))
  } catch (error) {
    throw new InputError(`${path} can not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${path} can not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function reportText(report: VerifyReport, stamp: StampVerdict | null): string {
  const lines = report.checks.map(
    (check) => `${check.ok ? 'ok     ' : 'FAILED '} ${check.id}  ${check.title}: ${check.why}${whereText(check.first)}`,
  )
  const covers = {
    current: 'The last signature covers what is here now.',
    earlier: 'The last signature covers an earlier version.',
    none: 'No signature was judged against the data.',
  }
  return [
    ...lines,
    covers[report.covers],
    `Head ${report.head}`,
    ...stampLines(stamp),
    ...report.cannotProve,
    standingText(report),
    '',
  ].join('\n')
}

function stampLines(stamp: StampVerdict | null): readonly string[] {
  return stamp ? [`${stamp.ok ? 'ok     ' : 'FAILED '} time stamp: ${stamp.why}`] : []
}

function standingText(report: VerifyReport): string {
  const words = { verified: 'Verified.', partly: 'Verified as far as these files go.', refused: 'Not verified.' }
  const meaning = report.ok ? meaningsSentence(report.signed) : 'Nothing in it is to be relied on as signed.'
  return [words[report.standing], meaning].filter((part) => part !== null).join(' ')
}

function whereText(place: VerifyReport['checks'][number]['first']): string {
  if (!place || (place.device === null && place.line === null)) return ''
  const entry = place.device === null ? '' : `${place.device}/${place.seq}`
  return ` (${[entry, place.line === null ? '' : `line ${place.line}`].filter((part) => part !== '').join(', ')})`
}
