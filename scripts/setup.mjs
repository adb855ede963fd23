/** Set-up that runs before anything is installed: Node's own modules only. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Runs a program of the project, its output shown; gives the exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: false, ...options })
  if (result.error) throw result.error
  return result.status ?? 1
}

/** A package's program by its script file, so that no shell and no platform-specific wrapper is involved. */
export function runPackage(script, args, options = {}) {
  return run(process.execPath, [join(root, 'node_modules', script), ...args], options)
}

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  console.error(
    `Carryover needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and run the command again.`,
  )
  process.exit(2)
}

/** Installs when `node_modules` is missing or older than the lock file. */
export function install() {
  const marker = join(root, 'node_modules', '.package-lock.json')
  const lock = join(root, 'package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(lock).mtimeMs) return
  console.error('Installing packages (once, about a minute)…')
  const npm = process.env.npm_execpath
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const status = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args])
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error('The packages could not be installed. Check the network and the free disk space, then run the command again.')
    process.exit(status)
  }
}

/** Builds app and command line when a source is newer than the last build. */
export function build() {
  const stamp = join(root, 'dist', '.built')
  const settings = ['vite.config.ts', 'package.json', 'package-lock.json']
  const sources = ['src', 'workers', 'samples', 'public', 'index.html', 'scripts/release', ...settings].map((name) =>
    newest(join(root, name)),
  )
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= Math.max(...sources)) return
  console.error('Building…')
  for (const mode of ['production', 'library', 'cli']) {
    const status = runPackage('vite/bin/vite.js', ['build', '--mode', mode, '--logLevel', 'error'])
    if (status !== 0) {
      console.error(`The build failed in mode "${mode}"; the lines above say where.`)
      process.exit(status)
    }
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
}

function newest(path) {
  const status = statSync(path)
  if (!status.isDirectory()) return status.mtimeMs
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), status.mtimeMs)
}

const browserNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome']
const browserPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Path of a Chromium or Chrome: `$CHROMIUM`, an installed one, or one just installed through the system's package manager; null where none can be had. */
export function findBrowser() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  return installedBrowser() ?? installBrowser()
}

function installedBrowser() {
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of browserNames) {
      const path = join(folder, name)
      if (existsSync(path)) return path
    }
  return browserPlaces.find((path) => existsSync(path)) ?? null
}

const packageManagers = [
  {
    program: 'apt-get',
    steps: [
      ['update', '-qq'],
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
    ],
  },
  { program: 'dnf', steps: [['install', '-y', '-q', 'chromium']] },
  { program: 'apk', steps: [['add', '--quiet', 'chromium']] },
  { program: 'pacman', steps: [['-Sy', '--noconfirm', 'chromium']] },
]

function installBrowser() {
  // Installing system packages needs root; a person's machine is not changed behind their back with sudo.
  if (process.getuid?.() !== 0) return null
  for (const { program, steps } of packageManagers) {
    if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error) continue
    console.error(`No browser found: installing Chromium with ${program}…`)
    for (const step of steps)
      if (
        run(program, step, {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        }) !== 0
      )
        return null
    return installedBrowser()
  }
  return null
}
