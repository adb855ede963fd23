/** `npm run test:node24`: the whole of `npm test` on Node 24, by the platform's binary package of Node, which runs no script at installation. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { checkNode, root } from './setup.mjs'

const version = '24.21.0'
const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

checkNode()
const node = installed()
// Programs that tests start by name find the same Node.
const PATH = `${join(node, '..')}${delimiter}${process.env.PATH}`
const folders = process.argv.slice(2)
const args = folders.length > 0 ? [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...folders] : ['scripts/test.mjs']
process.exit(spawnSync(node, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH } }).status ?? 1)

/** The path of the binary; asks the package registry once. */
function installed() {
  const folder = join(root, '.cache', `node-${version}`)
  const name = `node-${platform}`
  const path = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(path)) return path
  console.error(`Installing Node ${version} for ${platform} beside the checkout (once)…`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const npm = process.env.npm_execpath
  const [program, ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm']
  const options = {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: program === 'npm' && process.platform === 'win32',
  }
  const asked = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `${name}@${version}`]
  const { status } = spawnSync(program, [...before, ...asked], options)
  if (status === 0 && existsSync(path)) return path
  console.error(
    `The package ${name}@${version} could not be installed. Check the network, or run npm test with a Node 24 of your own.`,
  )
  process.exit(2)
}
