/** What benchmarks compare with and what mutation testing needs: packages with a lock file of their own, installed on first use and never shipped. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

/** `name` is a folder of `tests` with a `package.json` and a lock file. */
export function installPeers(name) {
  const folder = join(root, 'tests', name)
  const marker = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs) return
  console.error(`Installing the packages of tests/${name} (once)…`)
  const npm = process.env.npm_execpath
  // Not `ci`: the lock file holds the bindings for Linux on x64 only, and from npm 11.19 on `ci` asks for those of every platform.
  const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: folder }
  const status = npm?.endsWith('.js')
    ? run(process.execPath, [npm, ...args], options)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, shell: process.platform === 'win32' })
  if (status !== 0) throw new Error(`The packages of tests/${name} could not be installed. Check the network, then run it again.`)
}
