/** `npm run docs`: builds the pages of docs/ as a site with search and serves it on this machine alone; `-- --build` stops after the build, `-- --port N` takes another port. */
import { join } from 'node:path'
import { checkNode, install, root } from './setup.mjs'

checkNode()
install()
const words = process.argv.slice(2)
const at = words.indexOf('--port')
const port = at === -1 ? 4174 : Number(words[at + 1])
const unknown = words.find((word, place) => word !== '--build' && word !== '--port' && (at === -1 || place !== at + 1))
if (unknown !== undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  console.error('npm run docs takes --build, and --port with a number from 0 to 65535. Example: npm run docs -- --port 8080')
  process.exit(2)
}
const { build } = await import('vitepress')
await build(join(root, 'docs'))
if (!words.includes('--build')) {
  const { preview } = await import('vite')
  // The loopback alone, and no page in place of one that is not there.
  const server = await preview({
    configFile: false,
    appType: 'mpa',
    logLevel: 'error',
    root: join(root, 'docs'),
    build: { outDir: join(root, 'dist', 'docs') },
    preview: { host: '127.0.0.1', port, strictPort: at !== -1 },
  })
  console.log(`The documentation is at ${server.resolvedUrls?.local[0]}. Ctrl-C ends it.`)
}
