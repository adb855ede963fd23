/** What `npm pack` gives, installed in an empty folder as a user does it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

export interface InstalledRelease {
  readonly folder: string
  /** Of the package in it. */
  readonly home: string
  run(...words: readonly string[]): { readonly code: number | null; readonly out: string; readonly err: string }
  remove(): void
}

/** Packs what is built (a release is built anew before it) and installs it with nothing else at hand: no network, no scripts. */
export function installRelease(): InstalledRelease {
  const folder = mkdtempSync(join(tmpdir(), 'carryover-release-'))
  const packed = npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder)
  const [{ filename }] = JSON.parse(packed) as readonly [{ readonly filename: string }]
  const user = join(folder, 'user')
  npm(
    folder,
    'install',
    '--prefix',
    user,
    '--offline',
    '--omit=optional',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    join(folder, filename),
  )
  const home = join(user, 'node_modules', 'carryover')
  return {
    folder: user,
    home,
    run(...words) {
      const program = join(home, 'bin', 'carryover.mjs')
      const env = { ...process.env, NO_COLOR: '1', XDG_STATE_HOME: join(folder, 'state') }
      const done = spawnSync(process.execPath, [program, ...words], { cwd: user, encoding: 'utf8', env, maxBuffer: 1 << 28 })
      return { code: done.status, out: done.stdout, err: done.stderr }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function npm(cwd: string, ...words: readonly string[]): string {
  const done = spawnSync('npm', words, { cwd, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`npm ${words[0]}: ${done.stderr}`)
  return done.stdout
}

/** Paths below a folder, and their bytes in all. */
export function filesBelow(folder: string): { readonly names: readonly string[]; readonly bytes: number } {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => statSync(join(folder, name)).isFile())
  return { names, bytes: names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0) }
}
