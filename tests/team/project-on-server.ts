/** A project folder put on a server as a browser moves it there: every document but the private part. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { encodeFilesItem } from '../../src/core/team/files-item.ts'
import type { TeamServing } from '../../src/team/server/team-server.ts'
import { ask, makeProject, TestClient } from './client.ts'

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export async function putProject(
  serving: TeamServing,
  id: string,
  folder: string,
  headers: Record<string, string>,
): Promise<void> {
  await makeProject(serving, id, headers)
  const files: Record<string, Uint8Array<ArrayBuffer>> = {}
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name))
    if (entry.isFile() && !path.startsWith('private/')) files[path] = new Uint8Array(readFileSync(join(folder, path)))
  }
  await putFiles(serving, id, files, headers)
}

/** Sends these files as they are, whatever stood there. */
export async function putFiles(
  serving: TeamServing,
  id: string,
  files: Readonly<Record<string, Uint8Array<ArrayBuffer>>>,
  headers: Record<string, string>,
): Promise<void> {
  const digests: Record<string, string> = {}
  for (const [path, bytes] of Object.entries(files)) {
    digests[path] = digestOf(bytes)
    const sent = await ask(serving, 'PUT', `/team/${id}/blob/${digests[path]}`, headers, bytes)
    if (sent.status !== 201) throw new Error(`${path}: ${await sent.text()}`)
  }
  const standing = (await (await serving.state.room(id))?.files()) ?? new Map()
  const base = Object.fromEntries(Object.keys(files).map((path) => [path, standing.get(path)?.digest ?? null]))
  const client = await TestClient.open(serving, id, headers)
  const answer = await client.append(
    'files',
    encodeFilesItem({ entries: [], files: digests, base, id: digestOf(Buffer.from(JSON.stringify(digests))).slice(0, 32) }),
  )
  client.close()
  if (answer.kind !== 'saved') throw new Error(answer.why)
}
