/** `carryover team`: the server of a clinic, and what its keeper does with its data. */
import { Argument, type Command } from 'commander'
import { StorageProblem } from '../../team/store/database.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { type Act, acts, keepTeam } from './keep-team.ts'
import { type ServeTeamOptions, serveTeam } from './serve-team.ts'

interface Options extends ServeTeamOptions {
  readonly data?: string
}

export function addTeam(command: Command): void {
  command
    .addArgument(new Argument('[act]', 'what to do with the data in place of serving it').choices(acts))
    .argument('[folder]', 'where a backup goes to or comes from')
    .option('--data <folder>', 'folder of the server: database or its journal, files, keys')
    .option('--port <number>', 'port; 0 takes a free one', portOf, 4180)
    .option('--host <name>', 'address to listen on; beyond this machine only with TLS or --behind-proxy', '127.0.0.1')
    .option('--origin <url>', 'the address that people type, for example https://carryover.clinic.example')
    .option('--tls-cert <file>', 'certificate chain (PEM)')
    .option('--tls-key <file>', 'its private key (PEM)')
    .option('--behind-proxy <address>', 'address of the proxy that ends TLS; nobody else may connect')
    .option('--project-size <GiB>', 'most that the files of one project take', sizeOf, 20)
    .option('--log-days <number>', 'days for which the log of access is kept; six years', daysOf, 2190)
    .option('--witness <url|file>', 'who cosigns checkpoints: the address of a witness (C2SP tlog-witness), or a private key')
    .option('--witness-key <key>', 'the key of a witness at an address, as name+id+base64')
    .option('--inputs <place>', 'runs on this server: folder or s3:// address with PROJECT/legacy/NAME and PROJECT/target/NAME')
    .option('--engine <name>', 'engine of these runs: local:N, postgres://…, redis://…, slurm[:partition]')
    .option('--work <dir>', 'folder of these runs; every worker needs it')
    .option('--administrator-link', 'print a link that makes whoever opens it first an administrator of the server')
    .addHelpText(
      'after',
      `
Acts:
  backup FOLDER   copies the data while the server runs, and reads the copy back
  restore FOLDER  makes the data from a backup; nothing is overwritten
  move            copies the embedded database to the PostgreSQL of DATABASE_URL and compares every row
  doctor          says what is well and what is not

Environment: DATABASE_URL (PostgreSQL 13 or newer in place of the embedded database), DATABASE_SCHEMA,
CARRYOVER_ENGINE (in place of --engine, where its address holds a password),
OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME (sign-in by a provider).

Example:
  carryover team --data team-data
`,
    )
    .action(async (act: Act | undefined, place: string | undefined, options: Options) => {
      const { data } = options
      if (data === undefined) throw new UsageError('--data is missing; it takes the folder of the server.')
      try {
        process.exitCode = act === undefined ? await serveTeam(data, options) : await keepTeam(act, data, place)
      } catch (error) {
        throw error instanceof StorageProblem ? new InputError(error.message) : error
      }
    })
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError(`--port got "${text}"; it takes a whole number from 0 to 65535.`)
  return port
}

function daysOf(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 100_000)
    throw new UsageError(`--log-days got "${text}"; it takes a whole number of days from 1.`)
  return days
}

function sizeOf(text: string): number {
  const size = Number(text)
  if (!(size > 0 && size <= 100_000)) throw new UsageError(`--project-size got "${text}"; it takes a number of GiB above 0.`)
  return size
}
