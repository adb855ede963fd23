/** A work folder on a disk, one that several machines have mounted included. */
import { link, mkdir, open, readdir, readFile, rm, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { WorkFolder } from './work-folder.ts'

/** Files are readable for their owner alone: parts are to be guarded like the data. */
const mode = 0o600

/** After the name of a file: what a write leaves that was killed. */
const unfinishedEnd = /^\.\d+\.\d+\.partial$/

export function diskFolder(path: string): WorkFolder {
  let written = 0
  return {
    where: path,
    keepsKey: true,
    async read(name) {
      const bytes = await readFile(join(path, name)).catch(nullWhereMissing)
      // No Buffer: what slices it expects a copy.
      return bytes && new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)
    },
    async slice(name, from, to) {
      const file = await open(join(path, name))
      try {
        const bytes = new Uint8Array(to - from)
        for (let done = 0; done < bytes.length; ) {
          const { bytesRead } = await file.read(bytes, done, bytes.length - done, from + done)
          if (bytesRead === 0) throw new Error(`${name} is shorter than its index says`)
          done += bytesRead
        }
        return bytes
      } finally {
        await file.close()
      }
    },
    async write(name, bytes) {
      const to = join(path, name)
      const unfinished = `${to}.${process.pid}.${written++}.partial`
      await mkdir(dirname(to), { recursive: true, mode: 0o700 })
      try {
        const file = await open(unfinished, 'wx', mode)
        try {
          await file.writeFile(bytes)
          await file.sync()
        } finally {
          await file.close()
        }
        // A link fails where the name is taken, which a renaming would write over.
        await link(unfinished, to)
        return true
      } catch (error) {
        if (isCode(error, 'EEXIST')) return false
        throw error
      } finally {
        await unlink(unfinished).catch(() => undefined)
      }
    },
    async list(prefix) {
      return (await listed(path, prefix)).filter((name) => !name.endsWith('.partial')).sort()
    },
    async newest(prefix) {
      const times = (await listed(path, prefix)).map(
        async (name) => (await stat(join(path, name)).catch(nullWhereMissing))?.mtimeMs,
      )
      const found = (await Promise.all(times)).filter((time) => time !== undefined)
      return found.length === 0 ? null : found.reduce((latest, time) => Math.max(latest, time), 0)
    },
    async remove(name) {
      const isMeant = (found: string): boolean =>
        name.endsWith('/') || found === name || unfinishedEnd.test(found.slice(name.length))
      for (const found of (await listed(path, name)).filter(isMeant))
        await rm(join(path, found), { recursive: true, force: true })
    },
  }
}

/** Names in the folder of a prefix that begin with it, unfinished files included. */
async function listed(path: string, prefix: string): Promise<string[]> {
  const folder = prefix.includes('/') ? dirname(`${prefix}x`) : ''
  const names = await readdir(join(path, folder)).catch((error) => nullWhereMissing(error) ?? [])
  return names.map((name) => (folder === '' ? name : `${folder}/${name}`)).filter((name) => name.startsWith(prefix))
}

function nullWhereMissing(error: unknown): null {
  if (isCode(error, 'ENOENT')) return null
  throw error
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
