/** Whole processes of the command line, measured from outside: CPU seconds, wall time, peak memory, and what single threads did. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../setup.mjs'

export const cli = join(root, 'dist', 'cli', 'carryover.js')

/** Reported by the process itself as it ends: user and system time of all its threads, since it was started. */
const told =
  'data:text/javascript,process.on("exit",()=>{const{userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write("cpu "+(u+s)+"\\n")})'

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const cpuIn = (stderr) => Number(/cpu (\d+)/.exec(stderr)?.[1]) / 1e6

/** CPU seconds of a whole process, median of five. */
export function cpuOf(words) {
  return median(Array.from({ length: 5 }, () => run(words).cpu))
}

/** CPU and wall seconds of a whole process, and what it printed. */
export function timed(words) {
  const done = run(words)
  if (done.status !== 0) throw new Error(done.stderr.slice(-1000))
  return done
}

function run(words) {
  const started = performance.now()
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', told, ...words], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { stdout, stderr, status, wall: (performance.now() - started) / 1000, cpu: cpuIn(stderr) }
}

/** CPU seconds, peak memory in MB and output of one command as a whole process. */
export function measured(words) {
  const done = run([join(root, 'scripts', 'peak-memory.mjs'), cli, ...words])
  return { ...done, peak: Number(/peak (\d+)/.exec(done.stderr)?.[1]) / 1e6 }
}

/** As `timed`, with the CPU seconds of the thread that worked most (Linux): threads are looked at while they run, for the last look stays. */
export async function threaded(words) {
  const child = spawn(process.execPath, ['--import', told, ...words], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, errors] = [[], []]
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => errors.push(chunk))
  const threads = new Map()
  const watch = setInterval(() => look(child.pid, threads), 10)
  try {
    const status = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
    const stderr = Buffer.concat(errors).toString()
    if (status !== 0) throw new Error(stderr.slice(-1000))
    return { stdout: Buffer.concat(out).toString(), cpu: cpuIn(stderr), longest: Math.max(0, ...threads.values()) }
  } finally {
    clearInterval(watch)
  }
}

function look(pid, threads) {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`))
      threads.set(thread, Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e9)
  } catch {
    // A thread or the process ended between the listing and the look.
  }
}

/** What a command printed as JSON, without the times of the run. */
export const reportOf = ({ stdout }) => JSON.stringify({ ...JSON.parse(stdout), run: null })

export const extractBytes = Number(process.env.EXTRACT_BYTES ?? 250e6)

export function cached(name) {
  const folder = join(root, '.cache', 'bench')
  mkdirSync(folder, { recursive: true })
  return join(folder, name)
}

/** The extract of this name (`realistic`, or `crlf` with its line ends), written once and kept in the cache. */
export function extractFile(name) {
  const path = cached(`${name}-${extractBytes}.csv`)
  const words = ['--extract', String(extractBytes), '--realistic', ...(name === 'crlf' ? ['--crlf'] : []), '--out', path]
  if (!existsSync(path)) spawnSync(process.execPath, [join(root, 'dist', 'cli', 'carryover.js'), 'example', ...words])
  return path
}
