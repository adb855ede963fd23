/** The number of a record on the clipboard, to open it in the old and the new system; it passes through no address, console or storage. */

import { record } from '../../../../core/project/acts/hand.ts'
import { voidTrap } from '../../../../core/project/review/void-trap.ts'
import { numberCopied } from '../../../../core/project/sample/trap-list.ts'
import type { RecordPair } from '../../../../core/review/model/pair-types.ts'
import { act } from '../../../session/act.ts'
/** Number in the old system, and the name that the new one gave the patient. */
export type NumberSide = 'legacy' | 'target'

/** What the new system calls the patient of this record; null where the files give it no name. */
export function targetName({ domains }: Pick<RecordPair, 'domains'>): string | null {
  const ids = domains.flatMap(({ items }) => items.flatMap(({ target }) => target?.id ?? []))
  return ids.find((id) => id.startsWith('Patient/')) ?? null
}

/** Copies and says so; a record with a seeded defect is told instead. */
export async function copyNumber(name: string, pair: RecordPair, side: NumberSide): Promise<string> {
  const text = side === 'legacy' ? pair.key : targetName(pair)
  if (text === null) return 'The new system gave this patient no number that the files name.'
  let seeded = false
  const refusal = await act((project, hand) => {
    const voided = voidTrap(project, name, hand)
    seeded = voided !== null
    // Looking a patient up elsewhere is reading, too.
    const looked = record(project, [{ action: numberCopied, object: name, digest: null }], hand)
    return { ok: true, project: voided ?? looked }
  })
  if (refusal !== null) return refusal
  if (seeded)
    return 'Nothing was copied: this is a copy of a record with a seeded defect, to measure what readers see. It is told because you wanted to look further: what you said of it before stands, and another takes its place if you said nothing. Go on with the next record.'
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    return 'This browser lets the page copy nothing. Select the number and copy it yourself.'
  }
  return side === 'legacy'
    ? 'Number copied: paste it into the search of the old or the new system. Clear the clipboard afterwards.'
    : `${text.split('/')[0] ?? ''} id of the new system copied. Clear the clipboard afterwards.`
}
