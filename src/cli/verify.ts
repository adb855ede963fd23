/** `carryover verify`: chain, Merkle root, signatures, draw, numbers and staleness of a project, offline. */
import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { StoreProblem } from '../core/project/store.ts'
import { type VerifyOptions, type VerifyReport, verifyLedgerAlone, verifyProject } from '../core/project/verify.ts'
import { webVerifier } from '../io/signature-web.ts'
import { readProject } from '../io/store-node.ts'
import { InputError, UsageError } from './usage-error.ts'

interface Options {
  readonly head?: string
  readonly format?: 'text' | 'json'
}

export function addVerify(program: Command): void {
  program
    .command('verify')
    .argument('<path>', 'a project folder, a .carryover file or a ledger.jsonl')
    .description('check ledger, signatures, draw and numbers of a project, offline')
    .option('--head <digest>', 'the head that was printed or sent earlier: the ledger must still end there')
    .addOption(
      new Option('--format <format>', 'text or json; json where the result goes to another program').choices(['text', 'json']),
    )
    .addHelpText('after', '\nExample:\n  carryover verify riverside\n(npm run sample -- --out riverside writes that project)\n')
    .action(async (path: string, options: Options) => {
      if (options.head !== undefined && !/^sha256:[0-9a-f]{64}$/.test(options.head))
        throw new UsageError(`--head got "${options.head}"; it takes sha256: and 64 hexadecimal digits.`)
      const report = await verified(path, { digest, ...(options.head === undefined ? {} : { expectedHead: options.head }) })
      const format = options.format ?? (process.stdout.isTTY ? 'text' : 'json')
      process.stdout.write(format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : reportText(report))
      process.exitCode = report.ok ? 0 : 1
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

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${path} can not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function reportText(report: VerifyReport): string {
  const lines = report.checks.map(
    (check) => `${check.ok ? 'ok     ' : 'FAILED '} ${check.id}  ${check.title}: ${check.why}${whereText(check.first)}`,
  )
  const covers = {
    current: 'The last signature covers what is here now.',
    earlier: 'The last signature covers an earlier version.',
    none: 'No signature was judged against the data.',
  }
  return [...lines, covers[report.covers], `Head ${report.head}`, report.ok ? 'Verified.' : 'Not verified.', ''].join('\n')
}

function whereText(place: VerifyReport['checks'][number]['first']): string {
  if (!place || (place.device === null && place.line === null)) return ''
  const entry = place.device === null ? '' : `${place.device}/${place.seq}`
  return ` (${[entry, place.line === null ? '' : `line ${place.line}`].filter((part) => part !== '').join(', ')})`
}
