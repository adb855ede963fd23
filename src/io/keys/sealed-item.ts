/** An item of a sealed stream: private files in today's sealed format, with the epoch in place of the wraps. */
import { canonicalJson, utf8 } from '../../core/canonical.ts'
import type { ProjectFiles } from '../../core/project/format/project.ts'
import { type ItemHeader, readItemHeader } from '../../core/team/sealed/item-header.ts'
import { type Bytes, hex, random } from './bytes.ts'
import { fileKey, openChunks, packed, sealChunks, unpacked } from './sealed-chunks.ts'

/** Where an item belongs; it opens nowhere else. */
export type ItemPlace = Omit<ItemHeader, 'format' | 'file'>

async function baseOf(teamKey: Bytes) {
  return await crypto.subtle.importKey('raw', teamKey, 'HKDF', false, ['deriveKey'])
}

export async function sealItem({ project, stream, epoch, key }: ItemPlace, teamKey: Bytes, files: ProjectFiles): Promise<Bytes> {
  const file = hex(random(16))
  const header: ItemHeader = { format: 'carryover-sealed-item/1', project, stream, epoch, key, file }
  return await sealChunks(utf8(`${canonicalJson(header)}\n`), await fileKey(await baseOf(teamKey), file), packed(files))
}

export type OpenedItem =
  | { readonly kind: 'opened'; readonly files: ProjectFiles }
  /** Sealed under a key that is not here. */
  | { readonly kind: 'closed'; readonly epoch: number; readonly key: string }
  /** Not sealed for this project and stream, or changed. */
  | { readonly kind: 'broken' }

/** @param keyFor the key of an epoch by its commitment; null where it is not here */
export async function openItem(
  body: Bytes,
  { project, stream }: Pick<ItemPlace, 'project' | 'stream'>,
  keyFor: (epoch: number, key: string) => Bytes | null,
): Promise<OpenedItem> {
  const read = readItemHeader(body)
  if (!read || read.header.project !== project || read.header.stream !== stream) return { kind: 'broken' }
  const { epoch, key, file } = read.header
  const teamKey = keyFor(epoch, key)
  if (!teamKey) return { kind: 'closed', epoch, key }
  try {
    const files = unpacked(await openChunks(body, read.end, await fileKey(await baseOf(teamKey), file)))
    return files ? { kind: 'opened', files } : { kind: 'broken' }
  } catch {
    // WebCrypto says no more than that it does not fit.
    return { kind: 'broken' }
  }
}
