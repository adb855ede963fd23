/** `carryover serve`: the app on the loopback, with its security headers. */
import type { Command } from 'commander'
import { exposureOf } from '../../io/server/asked-host.ts'
import { checkHeaders } from '../../io/server/host-check.ts'
import { startServer } from '../../io/server/static-server.ts'
import { printAside, printOut } from '../shell/print.ts'
import { UsageError } from '../shell/usage-error.ts'
import { throwWrongHost } from '../shell/wrong-host.ts'
import { appFolder } from './app-folder.ts'
import { connectOrigin } from './connect-origin.ts'
import { openBrowser } from './open-browser.ts'

interface ServeOptions {
  readonly port: number
  readonly host: string
  readonly open: boolean
  readonly sample?: boolean
  readonly connect: readonly string[]
  readonly check?: string
}

export function addServe(command: Command): void {
  command
    .argument('[project]', 'a project folder or .carryover file to open')
    .option('--port <number>', 'port; 0 takes a free one', portOf, 4173)
    .option('--host <name>', 'address to listen on', '127.0.0.1')
    .option('--no-open', 'do not open the browser')
    .option('--sample', 'open the sample clinic at once')
    .option('--connect <origin...>', 'FHIR servers the page may reach, for example https://fhir.example.org', [])
    .option('--check <url>', 'print which security headers a host sends, and serve nothing')
    .addHelpText('after', '\nExample:\n  carryover serve --sample\n')
    .action(async (project: string | undefined, options: ServeOptions) => {
      process.exitCode = options.check === undefined ? await serveApp(project, options) : await checkHost(options.check)
    })
}

async function serveApp(project: string | undefined, options: ServeOptions): Promise<number> {
  const folder = appFolder()
  const connect = options.connect.map(connectOrigin)
  const opened = project === undefined ? null : await (await import('./opened-project.ts')).readOpenedProject(project)
  const { port } = options
  const serving = await startServer({ folder, host: options.host, port, connect, sample: options.sample === true, opened }).catch(
    async (error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return throwWrongHost(error, options.host)
      printAside(`Port ${port} is in use; another one is taken.\n`)
      return startServer({ folder, host: options.host, port: 0, connect, sample: options.sample === true, opened })
    },
  )
  printOut(
    `Carryover is at ${serving.link}\n${project === undefined ? '' : `Only a browser that opened this link reads ${project}. Keep it to yourself.\n`}Files are read in the browser. Nothing is uploaded. Stop with Ctrl C.\n`,
  )
  const exposure = exposureOf(options.host, project)
  if (exposure !== null) printAside(`${exposure}\n`)
  if (connect.length > 0) printOut(`The page may reach ${connect.join(', ')} and no other server.\n`)
  const page = options.open && !process.env.CI ? await openBrowser(serving.link) : null
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  await serving.close()
  await page?.remove()
  return 0
}

function portOf(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new UsageError(`--port got "${text}"; it takes a whole number from 0 to 65535.`)
  return port
}

async function checkHost(address: string): Promise<number> {
  let base: URL
  try {
    base = new URL(address)
  } catch {
    throw new UsageError(`--check got "${address}"; it takes an address such as http://127.0.0.1:4173/.`)
  }
  const checks = await checkHeaders(base)
  for (const { path, header, wrong } of checks)
    printOut(wrong === null ? `sent     ${path}  ${header}\n` : `WRONG    ${path}  ${header}: ${wrong}\n`)
  const wrong = checks.filter((check) => check.wrong !== null).length
  printOut(
    wrong === 0
      ? 'All headers are sent.\n'
      : `${wrong} of ${checks.length} are missing or too weak: keep patient data away from there.\n`,
  )
  return wrong === 0 ? 0 : 1
}
