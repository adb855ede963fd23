/** One suite from the archive of its publisher: its files are known by their SHA-256, wherever they lie in the archive. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createTarDecoder } from 'modern-tar'

/** The largest file of a suite has 2 MB; a larger one is not looked at. */
const largestFile = 16 * 2 ** 20

/**
 * Fetches what is missing of a suite into `folder`, all of it or nothing.
 * @param suite `{ name, files, repository and commit | package }`; `files` maps local paths to SHA-256 in hex
 * @param places `{ folder, from, pack }`: where it goes, where archives of repositories are served, and how a package is packed into a folder (returns the path of its archive)
 * @returns `{ state: 'there' | 'fetched' }` or `{ state: 'absent', why }` where its publisher cannot be reached; throws where what was sent is not the suite
 */
export async function fetchSuite(suite, places) {
  const target = join(places.folder, suite.name)
  if (await isWhole(suite, target)) return { state: 'there' }
  const opened = await openArchive(suite, places)
  if ('why' in opened) return { state: 'absent', why: opened.why }
  await mkdir(dirname(target), { recursive: true })
  const part = await mkdtemp(`${target}.part-`)
  try {
    const missing = await collect(suite, opened.archive, part)
    if (missing.length > 0)
      throw new Error(
        `${missing.length} of ${Object.keys(suite.files).length} files are not in ${nameOf(suite)} with the contents they had: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}. Nothing was kept.`,
      )
    await rm(target, { recursive: true, force: true })
    await rename(part, target)
    return { state: 'fetched' }
  } finally {
    await rm(part, { recursive: true, force: true })
    await opened.close()
  }
}

async function isWhole({ files }, target) {
  for (const [path, digest] of Object.entries(files)) {
    const bytes = await readFile(join(target, path)).catch(() => null)
    if (bytes === null || sha256(bytes) !== digest) return false
  }
  return true
}

async function openArchive(suite, { from, pack }) {
  if (suite.package) {
    const folder = await mkdtemp(join(tmpdir(), 'suite-'))
    const close = () => rm(folder, { recursive: true, force: true })
    try {
      return { archive: Readable.toWeb(createReadStream(await pack(suite.package, folder))), close }
    } catch (error) {
      await close()
      return { why: error.message }
    }
  }
  const url = `${from}/${suite.repository}/tar.gz/${suite.commit}`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(600_000) })
    if (response.ok) return { archive: response.body, close: async () => {} }
    await response.body?.cancel()
    return { why: `${url} answered ${response.status}` }
  } catch (error) {
    return { why: `${url} can not be reached (${error.cause?.code ?? error.message})` }
  }
}

/** Writes the wanted files of an archive into a folder and gives the paths that it did not hold. */
async function collect(suite, archive, folder) {
  const wanted = new Map()
  for (const [path, digest] of Object.entries(suite.files)) wanted.set(digest, [...(wanted.get(digest) ?? []), path])
  try {
    const entries = archive.pipeThrough(new DecompressionStream('gzip')).pipeThrough(createTarDecoder({ strict: true }))
    for await (const { header, body } of entries) {
      if (header.type !== 'file' || header.size > largestFile) {
        await body.cancel()
        continue
      }
      const bytes = new Uint8Array(await new Response(body).arrayBuffer())
      const digest = sha256(bytes)
      for (const path of wanted.get(digest) ?? []) {
        await mkdir(dirname(join(folder, path)), { recursive: true })
        await writeFile(join(folder, path), bytes)
      }
      wanted.delete(digest)
    }
  } catch (error) {
    throw new Error(
      `The archive of ${nameOf(suite)} is torn or no tar.gz (${error.message}). Nothing was kept; run the command again.`,
    )
  }
  return [...wanted.values()].flat().sort()
}

const nameOf = ({ repository, commit, package: name }) => name ?? `${repository}@${commit}`
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')
