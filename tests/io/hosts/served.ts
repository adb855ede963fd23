/** Real web servers on what `carryover static` wrote, each with its own file and no other setting than the port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export interface Started {
  readonly url: string
  /** What it wrote to its error log, for the message of a test. */
  readonly said: () => string
  end(): Promise<void>
}

export type ServerName = 'nginx' | 'Caddy' | 'Apache' | 'Apache with .htaccess'

/** Where Debian puts them; their folders are on the path of an administrator alone. */
const programs: Readonly<Record<ServerName, readonly string[]>> = {
  nginx: ['/usr/sbin/nginx'],
  Caddy: ['/usr/bin/caddy'],
  Apache: ['/usr/sbin/apache2'],
  'Apache with .htaccess': ['/usr/sbin/apache2'],
}

export const programOf = (name: ServerName): string | null => programs[name].find((path) => existsSync(path)) ?? null

/** Says which servers are missing here, so that nobody takes a skipped test for a passed one. */
export function sayMissing(names: readonly ServerName[]): void {
  for (const name of names)
    if (programOf(name) === null) console.log(`headers ${name}: not tried, it is not installed (Debian: apt-get install)`)
}

/** @param built folder that `carryover static` wrote; @param work an empty folder for logs and settings */
export async function startHost(name: ServerName, built: string, work: string): Promise<Started> {
  const program = programOf(name)
  if (program === null) throw new Error(`${name} is not installed`)
  const port = await freePort()
  mkdirSync(work, { recursive: true })
  const log = join(work, 'error.log')
  const words = wordsOf(name, built, work, port, log)
  let said = ''
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, HOME: work, XDG_DATA_HOME: work },
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const everything = (): string => said + (existsSync(log) ? readFileSync(log, 'utf8') : '')
  const url = `http://127.0.0.1:${port}/`
  await untilUp(url, child, everything)
  return {
    url,
    said: everything,
    end: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

function wordsOf(name: ServerName, built: string, work: string, port: number, log: string): readonly string[] {
  const written = (path: string): string => readFileSync(join(built, path), 'utf8')
  const put = (text: string): string => {
    const path = join(work, 'settings')
    writeFileSync(path, text)
    return path
  }
  switch (name) {
    case 'nginx': {
      const own = join(work, 'carryover.conf')
      writeFileSync(own, written('nginx.conf').replace('listen 80;', `listen 127.0.0.1:${port};`))
      const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path ${work}/${each};`)
      const user = process.getuid?.() === 0 ? 'user root;' : ''
      return [
        '-c',
        put(
          `daemon off; ${user} pid ${work}/pid; error_log ${log}; events {} http { access_log off; ${places.join(' ')} include ${own}; }`,
        ),
        '-p',
        work,
        '-e',
        log,
      ]
    }
    case 'Caddy':
      return [
        'run',
        '--adapter',
        'caddyfile',
        '--config',
        put(`{\n  admin off\n}\n${written('Caddyfile').replace(/^:80 /m, `http://127.0.0.1:${port} `)}`),
      ]
    case 'Apache':
    case 'Apache with .htaccess': {
      const modules = ['mpm_event', 'authz_core', 'dir', 'mime', 'headers', 'setenvif'].map(
        (each) => `LoadModule ${each}_module /usr/lib/apache2/modules/mod_${each}.so`,
      )
      const site = join(built, 'site')
      const own =
        name === 'Apache'
          ? written('apache.conf').replace('*:80', `127.0.0.1:${port}`)
          : `DocumentRoot "${site}"\n<Directory "${site}">\n  AllowOverride FileInfo Indexes\n  Require all granted\n</Directory>`
      const user = process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []
      const settings = ['ServerName localhost', `Listen 127.0.0.1:${port}`, `PidFile ${work}/pid`, `ErrorLog ${log}`]
      const places = [`ServerRoot ${work}`, `DefaultRuntimeDir ${work}`, 'TypesConfig /etc/mime.types']
      return ['-X', '-f', put([...modules, ...user, ...settings, ...places, own, ''].join('\n'))]
    }
  }
}

async function untilUp(url: string, child: ChildProcess, said: () => string): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${said()}`)
    if (await fetch(url).then(Boolean, () => false)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`It did not answer: ${said()}`)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Version as the program says it, for the figure. */
export function versionOf(name: ServerName): string {
  const program = programOf(name)
  if (program === null) return 'missing'
  const { stdout, stderr } = spawnSync(program, name === 'Caddy' ? ['version'] : ['-v'], { encoding: 'utf8' })
  return /\d+\.\d+(?:\.\d+)?/.exec(`${stdout}${stderr}`)?.[0] ?? 'unknown'
}
