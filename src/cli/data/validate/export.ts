/** `validate URL --export`: fetches a FHIR bulk export into a folder, then the files there are checked like any others. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import { bulkExport, type ExportOutcome, forgetExport } from '../../../io/bulk-export/bulk-export.ts'
import { ExportFolder, manifestFile } from '../../../io/bulk-export/export-node.ts'
import { type ExportJob, type ExportRequest, isSameRequest, newJob, resumed } from '../../../io/bulk-export/job.ts'
import type { ExportPorts } from '../../../io/bulk-export/ports.ts'
import { sleep } from '../../../io/bulk-export/waiting.ts'
import { ExportError } from '../../../io/bulk-export/wire.ts'
import { printAside } from '../../shell/print.ts'
import { progressLine } from '../../shell/progress-line.ts'
import { InputError, UsageError } from '../../shell/usage-error.ts'

export interface ExportOptions {
  /** Level of the export; true where `--export` stands alone. */
  readonly export?: string | true
  readonly out: readonly string[]
  readonly tokenEnv?: string
  readonly since?: string
  readonly type: readonly string[]
  readonly typeFilter: readonly string[]
  readonly alsoFrom: readonly string[]
  readonly deleteAfter?: boolean
  readonly quiet?: boolean
}

/** What the rest of the verb goes on with. */
export interface FetchedExport {
  readonly names: readonly string[]
  readonly out: readonly string[]
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value]

/** Adds the choices of a bulk export to `validate`. */
export function exportOptions(command: Command): Command {
  return command
    .option('--export [level]', 'fetch a bulk export from the FHIR server named as input: Patient (default), system or Group/id')
    .option('--token-env <name>', 'environment variable that holds the bearer token for --export')
    .option('--since <instant>', 'of --export: only what changed since, such as 2026-01-31T00:00:00Z')
    .option('--type <name>', 'of --export: only this resource type; can be repeated', collect, [])
    .option('--type-filter <query>', 'of --export: only what a search finds, such as Condition?recorded-date=gt2020', collect, [])
    .option('--also-from <origin>', 'of --export: another origin that files may come from; it never gets the token', collect, [])
    .option('--delete-after', 'of --export: tell the server to delete its files once all are here')
    .addHelpText(
      'after',
      `
A bulk export of a FHIR server, into the folder of the first --out; run again, it goes on where it stopped, Ctrl-C ends it at the server too:
  FHIR_TOKEN=… carryover validate https://fhir.example.org/r4 --export Patient --out export --token-env FHIR_TOKEN --type Patient --type AllergyIntolerance
`,
    )
}

/** Null where the export was interrupted. */
export async function fetchExport(names: readonly string[], options: ExportOptions): Promise<FetchedExport | null> {
  const request = requestOf(names, options)
  const [path, ...out] = options.out
  if (path === undefined)
    throw new UsageError('--export needs --out with the folder to write to; later --out are those of --format.')
  const folder = new ExportFolder(path)
  const begun = await jobIn(folder, request)
  const ports = portsOf(options, folder)
  const tell = (line: string): void => void (options.quiet === true ? null : printAside(`${line}\n`))
  let job = begun
  if (begun.state === 'done') tell(`The export in ${path} is complete; nothing was fetched.`)
  else {
    await folder.make()
    const outcome = await interruptible(begun, ports, options.quiet === true)
    job = outcome.job
    if (job.state === 'cancelled') {
      printAside(`Interrupted; the server was told to stop. Whole files are in ${path}, the export is not complete.\n`)
      return null
    }
    if (job.state === 'failed')
      throw new InputError([job.why, outcome.said].filter((text) => text !== null).join('\nThe server says: '))
  }
  if (options.deleteAfter === true)
    tell(
      (await forgetExport(job, ports))
        ? 'The server was told to delete its files.'
        : 'The server did not confirm that it deletes its files.',
    )
  return { names: [manifestFile, ...job.files.map(({ name }) => name)].map((name) => join(path, name)), out }
}

async function jobIn(folder: ExportFolder, request: ExportRequest): Promise<ExportJob> {
  const found = await folder.job().catch((error: unknown) => {
    throw error instanceof ExportError ? new InputError(error.message) : error
  })
  if (found === null) return newJob(request)
  if (!isSameRequest(found.request, request))
    throw new UsageError(`--out names ${folder.path}, which holds an export that was asked for otherwise; choose another folder.`)
  if (found.state !== 'done') return resumed(found)
  const here = await Promise.all(found.files.map(({ name, bytes }) => folder.has(name, bytes)))
  return here.every((is) => is) ? found : { ...found, state: 'downloading' }
}

function portsOf({ tokenEnv, alsoFrom }: ExportOptions, folder: ExportFolder): ExportPorts {
  const token = tokenEnv === undefined ? null : (process.env[tokenEnv] ?? '').trim()
  if (token === '') throw new UsageError(`--token-env names ${tokenEnv}, which is not set in this environment.`)
  return {
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    sleep,
    token,
    otherOrigins: alsoFrom.map(originOf),
    jobs: folder,
    files: folder,
    seed: randomBytes(8).toString('hex'),
    isPage: false,
  }
}

/** Ctrl-C stops it, tells the server and leaves what is whole; a second one ends the program at once. */
async function interruptible(job: ExportJob, ports: ExportPorts, quiet: boolean): Promise<ExportOutcome> {
  const controller = new AbortController()
  const interrupt = (): void => controller.abort()
  process.once('SIGINT', interrupt)
  const progress = progressLine(quiet)
  let outcome: ExportOutcome = { job, said: null, origin: null }
  try {
    for await (const update of bulkExport(job, ports, controller.signal)) {
      progress.show(update)
      if (update.kind === 'result') outcome = update.value
    }
    return outcome
  } finally {
    progress.end()
    process.removeListener('SIGINT', interrupt)
  }
}

function requestOf(names: readonly string[], options: ExportOptions): ExportRequest {
  const [base, ...more] = names
  if (base === undefined || more.length > 0) throw new UsageError('--export takes one input, the base address of a FHIR server.')
  const url = URL.canParse(base) ? new URL(base) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new UsageError(
      '--export takes the base address of a FHIR server as input, such as https://fhir.example.org/r4, without a query.',
    )
  if (url.username !== '' || url.password !== '')
    throw new UsageError('--export takes no password in the address: others can read it there. Use --token-env.')
  const level = options.export === true || options.export === undefined ? 'Patient' : options.export
  if (!/^(system|Patient|Group\/[A-Za-z0-9\-.]{1,64})$/.test(level))
    throw new UsageError(`--export got "${level}"; it takes system, Patient or Group/ and the id of a group.`)
  const since = options.since ?? null
  if (since !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(since))
    throw new UsageError(`--since got "${since}"; it takes an instant with its zone, such as 2026-01-31T00:00:00Z.`)
  const types = options.type.flatMap((type) => type.split(','))
  for (const type of types)
    if (!/^[A-Z][A-Za-z]{1,63}$/.test(type))
      throw new UsageError(`--type got "${type}"; it takes a resource type such as Patient.`)
  return { base: url.href, level, since, types, typeFilters: options.typeFilter }
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--also-from got "${text}"; it takes an origin such as https://files.example.org.`)
  return url.origin
}
