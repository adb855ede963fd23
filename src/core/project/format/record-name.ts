/** Names of records and persons outside `private/`: HMAC-SHA-256 of the key under the project's salt, which stays in `private/`. */
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as v from 'valibot'
import { utf8 } from '../../canonical.ts'
import { keptIn, object } from '../../values/document.ts'
import { paths } from './documents.ts'
import type { Project } from './project.ts'

/** @param salt hexadecimal, as `saltOf` gives it */
export function recordName(salt: string, key: string): string {
  return bytesToHex(hmac(sha256, hexToBytes(salt), utf8(key)))
}

export const saltDocument = object({ salt: v.pipe(v.string(), v.regex(/^(?:[0-9a-f]{2})+$/)) })

/** The salt of a project; null before one was set or where `private/` was left out of the file. */
export function saltOf(project: Pick<Project, 'private'>): string | null {
  const bytes = project.private.get(paths.salt)
  return (bytes && keptIn(bytes, saltDocument)?.salt) ?? null
}
