/** Starts the server of a team, prints the first link, and runs until it is stopped. */
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { firstLinkMinutes } from '../../core/team/link-life.ts'
import { errorWords } from '../../core/values/error-words.ts'
import { isLoopback } from '../../io/server/asked-host.ts'
import type { ProviderSettings } from '../../team/people/provider.ts'
import { startTeamServer, type TeamServerSettings } from '../../team/server/team-server.ts'
import { printAside, printOut } from '../shell/print.ts'
import { InputError, UsageError } from '../shell/usage-error.ts'
import { throwWrongHost } from '../shell/wrong-host.ts'
import { runsOf } from './engine-runs.ts'
import { openDatabase } from './open-database.ts'

export interface ServeTeamOptions {
  readonly port: number
  readonly host: string
  readonly origin?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly behindProxy?: string
  readonly administratorLink?: boolean
  /** GiB. */
  readonly projectSize: number
  /** Days for which the log of access is kept. */
  readonly logDays: number
  readonly witness?: string
  readonly witnessKey?: string
  readonly inputs?: string
  readonly engine?: string
  readonly work?: string
}

export async function serveTeam(data: string, options: ServeTeamOptions): Promise<number> {
  refuseOpenDoor(options)
  const origin = originOf(options)
  const tls = await tlsOf(options)
  const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'app')
  if (!existsSync(join(folder, 'index.html')))
    throw new UsageError(`The app is not built: ${folder} has no index.html. Run npm start, or npm run build first.`)
  await mkdir(data, { recursive: true, mode: 0o700 })
  const say = (sentence: string): void => void printAside(`${new Date().toISOString()}  ${sentence}\n`)
  const database = await openDatabase(data, say)
  try {
    const { port, host, behindProxy = null } = options
    const settings: TeamServerSettings = {
      database,
      dataFolder: data,
      appFolder: folder,
      host,
      port,
      origin,
      tls,
      behindProxy,
      provider: providerOf(),
      mostProjectBytes: options.projectSize * 1024 ** 3,
      logDays: options.logDays,
      runs: await runsOf(options),
      witness: options.witness === undefined ? null : { place: options.witness, key: options.witnessKey ?? null },
      say,
    }
    const serving = await startTeamServer(settings).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
        throw new InputError(`Port ${port} is in use. Name another one with --port.`)
      return throwWrongHost(error, host)
    })
    const kind = database.kind === 'embedded' ? 'the embedded database' : 'PostgreSQL'
    printOut(`Carryover for teams is at ${serving.origin}/\nIt stores in ${kind} (${database.version}); files lie in ${data}.\n`)
    const { invites, checkpoints } = serving.state
    if (checkpoints.witnessKey !== null) printOut(`Checkpoints are cosigned by ${checkpoints.witnessKey}\n`)
    const link = options.administratorLink ? await invites.administratorLink() : await invites.firstLink()
    if (link !== null)
      printOut(
        `First link, once, within ${firstLinkMinutes} minutes: ${serving.origin}/#/team/join/${link}\nWho opens it makes a passkey and administers the server.\n`,
      )
    printOut('Stop with Ctrl C.\n')
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    })
    await serving.close()
  } finally {
    await database.close()
  }
  return 0
}

async function tlsOf({ tlsCert, tlsKey }: ServeTeamOptions): Promise<TeamServerSettings['tls']> {
  if (tlsCert === undefined && tlsKey === undefined) return null
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError('--tls-cert and --tls-key go together; one of them is missing.')
  return { cert: await bytesOf('--tls-cert', tlsCert), key: await bytesOf('--tls-key', tlsKey) }
}

async function bytesOf(flag: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new InputError(`${flag} names ${path}, which can not be read: ${errorWords(error)}`)
  }
}

/** Without TLS a page has no keys and a session can be read on the way: nobody but this machine may reach such a server. */
function refuseOpenDoor({ host, behindProxy, tlsCert, tlsKey }: ServeTeamOptions): void {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new UsageError('--tls-cert and --tls-key go together; one of them is missing.')
  if (tlsCert !== undefined || behindProxy !== undefined || isLoopback(host.toLowerCase())) return
  throw new UsageError(
    `--host got "${host}", which others can reach, and there is no TLS. Name --tls-cert and --tls-key, or --behind-proxy with the address of the proxy that has the certificate.`,
  )
}

function originOf({ origin, behindProxy, host, tlsCert }: ServeTeamOptions): string | null {
  const beyond = tlsCert !== undefined || behindProxy !== undefined || !isLoopback(host.toLowerCase())
  if (origin === undefined) {
    if (beyond)
      throw new UsageError(
        '--origin is missing; it takes the address that people type, for example https://carryover.clinic.example.',
      )
    return null
  }
  let url: URL
  try {
    url = new URL(origin)
  } catch {
    throw new UsageError(`--origin got "${origin}"; it takes an address such as https://carryover.clinic.example.`)
  }
  if (url.origin !== origin.replace(/\/$/, ''))
    throw new UsageError(`--origin got "${origin}"; it takes scheme, host and port alone.`)
  if (url.protocol !== 'https:' && url.hostname !== 'localhost')
    throw new UsageError(`--origin got "${origin}"; beyond http://localhost:<port> it has to begin with https://.`)
  return url.origin
}

function providerOf(): ProviderSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = process.env
  if (issuer === undefined && clientId === undefined) return null
  if (issuer === undefined || clientId === undefined)
    throw new UsageError('OIDC_ISSUER and OIDC_CLIENT_ID go together; one of them is missing.')
  return { issuer, clientId, clientSecret: clientSecret ?? null, name: name ?? new URL(issuer).hostname }
}
