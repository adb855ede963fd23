/** What a record looks like from its first bytes: empty, a total, or the header again. Cheap enough to ask of every record. */
import { ESCAPED, RecordView } from '../text/record-view.ts'

/** No cell holds anything. */
export function isEmpty(view: RecordView): boolean {
  for (let cell = 0; cell < view.count; cell++) if (view.ends[cell] !== view.starts[cell]) return false
  return true
}

/** "Total" or "Grand total" in a first cell. */
export function isTotal(text: string): boolean {
  return /^\s*(grand\s+|sub)?totals?\s*:?\s*$/i.test(text)
}

/** Cheap enough for every record: the first cell begins with the same character as its label, or the bytes do not tell. */
export function mayRepeatHeader(view: RecordView, label: string): boolean {
  const code = label.length === 0 ? 0 : label.charCodeAt(0)
  const byte = view.bytes[view.starts[0] ?? 0] ?? 0
  return byte === code || byte <= 32 || byte >= 128 || code >= 128 || label.length === 0 || ((view.flags[0] ?? 0) & ESCAPED) !== 0
}

/** Cheap enough for every record: the first cell starts like "Total", "Grand", "Sub" or a blank and is short. */
export function mayBeTotal(view: RecordView): boolean {
  const start = view.starts[0] ?? 0
  const length = (view.ends[0] ?? 0) - start
  if (length < 5 || length > 14) return false
  const byte = (view.bytes[start] ?? 0) | 0x20
  return byte === 0x74 || byte === 0x67 || byte === 0x73 || byte === 0x20
}

/** By first byte of a record: 0 where it neither begins the header again nor a total, whatever follows. */
export function leadsOf(label: string): Uint8Array {
  const view = new RecordView()
  view.add(0, 5, 0)
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    view.bytes = Uint8Array.of(byte)
    return mayRepeatHeader(view, label) || mayBeTotal(view) ? 1 : 0
  })
}
