/**
 * Loaded before the command line (`node --import`): counts what it does to files below FAULT_FOLDER, and at step FAULT_AT ends the process as
 * a power cut would (FAULT=kill) or has no room left (FAULT=full). Half of a text is written first.
 */
import { promises as fs, writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { resolve } from 'node:path'

const { FAULT_FOLDER = '', FAULT = 'count', FAULT_AT = '0', FAULT_COUNT } = process.env
let steps = 0

async function step(half) {
  steps++
  if (FAULT === 'count' || steps !== Number(FAULT_AT)) return
  await half?.()
  if (FAULT === 'kill') process.kill(process.pid, 'SIGKILL')
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
}

const isBelow = (path) => resolve(String(path)).startsWith(FAULT_FOLDER)
const { open, rename } = fs

fs.open = async (path, flags, ...rest) => {
  if (!isBelow(path) || !/[wa+]/.test(String(flags))) return open(path, flags, ...rest)
  await step()
  const handle = await open(path, flags, ...rest)
  for (const name of ['writeFile', 'write']) {
    const write = handle[name].bind(handle)
    handle[name] = async (content, ...more) => {
      await step(() => write(content.slice(0, content.length / 2)))
      return write(content, ...more)
    }
  }
  const sync = handle.sync.bind(handle)
  handle.sync = async () => {
    await step()
    return sync()
  }
  return handle
}
fs.rename = async (from, to) => {
  if (isBelow(to)) await step()
  return rename(from, to)
}
syncBuiltinESMExports()
if (FAULT_COUNT) process.on('exit', () => writeFileSync(FAULT_COUNT, String(steps)))
