/** Starts `child-server.ts` as a process: bundled once, then run, killed and run again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import packageJson from '../../package.json' with { type: 'json' }
import type { TestPlace } from './databases.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Path of the bundle; it lies in the checkout, for packages are found from there. */
export async function bundleServer(): Promise<{ readonly path: string; remove(): void }> {
  const folder = mkdtempSync(join(root, 'node_modules', '.carryover-team-'))
  await build({
    configFile: false,
    root,
    logLevel: 'silent',
    build: {
      ssr: join(root, 'tests/team/child-server.ts'),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'server.mjs' } },
    },
    ssr: { external: [...Object.keys(packageJson.optionalDependencies), ...Object.keys(packageJson.devDependencies)] },
  })
  return { path: join(folder, 'server.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface ChildServer {
  readonly origin: string
  readonly cookies: readonly string[]
  readonly said: readonly string[]
  /** Resident bytes, now. */
  memory(): number
  /** CPU seconds since its start. */
  cpu(): number
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

export async function startChild(bundle: string, place: TestPlace, people: number): Promise<ChildServer> {
  const child: ChildProcess = spawn(process.execPath, [bundle, place.folder, place.url ?? '', place.schema, String(people)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk)
  })
  const line = await new Promise<string>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk) => {
      text += String(chunk)
      if (text.includes('\n')) resolve(text)
    })
    child.once('exit', () => reject(new Error(`The server ended: ${errors}`)))
  })
  const { origin, cookies, said } = JSON.parse(line) as { origin: string; cookies: string[]; said: string[] }
  return {
    origin,
    cookies,
    said,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024,
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return (Number(fields[11]) + Number(fields[12])) / 100
    },
    kill: async (signal) => {
      child.kill(signal)
      await ended
    },
  }
}
