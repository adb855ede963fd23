/** The resource behind a row of a finding, read again from its file. */
import { type OpenedResource, openResource } from '../../../../core/data/resource-view/open-resource.ts'
import type { Sighting } from '../../../../core/finding.ts'
import { blobSource } from '../../../../io/files/files.ts'
import { workspace } from '../../../session/state.ts'
import { fileOf } from '../findings/finding-rows.tsx'

/** What was read, or a sentence that says why it can not be. */
export async function openRow({ at }: Sighting, signal: AbortSignal): Promise<OpenedResource | string> {
  if (at.kind !== 'cell') return 'This row is not about a resource.'
  const { input, reading = {}, file, changed } = fileOf(workspace(), at.input) ?? {}
  if (!input || !file)
    return `The file ${input?.name ?? ''} is not open in this session. Open it on the Sources page to see the resource.`
  if (changed) return `${input.name} changed since it was read. Run all checks again to open its rows.`
  try {
    const opened = await openResource(blobSource(file, file.name), reading, input.format, at, signal)
    return opened ?? `${input.name} can not be unpacked any more. Open it again on the Sources page and run the checks again.`
  } catch {
    return `${file.name} has changed or moved since it was read. Open it again on the Sources page and run the checks again.`
  }
}
