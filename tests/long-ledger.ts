/** A ledger of three devices, written by other means than the product's own: members in order, SHA-256 of Node. */
import { createHash } from 'node:crypto'

export function longLedger(entries: number): string {
  const last = new Map<string, { readonly seq: number; readonly hash: string }>()
  const lines: string[] = []
  for (let n = 0; n < entries; n++) {
    const device = `d-${n % 3}`
    const { seq, hash } = last.get(device) ?? { seq: 0, hash: '0'.repeat(64) }
    const before = `{"action":"record-opened","actor":"a-reader","device":"${device}","digest":"sha256:${'0'.repeat(64)}",`
    const after = `"object":"review/records.jsonl#${device}-${seq}","prev":"${hash}","seq":${seq + 1},"time":{"counter":${n},"wall":"2026-03-02T09:00:00+01:00"}}`
    const own = createHash('sha256')
      .update(before + after)
      .digest('hex')
    lines.push(`${before}"hash":"${own}",${after}\n`)
    last.set(device, { seq: seq + 1, hash: own })
  }
  return lines.join('')
}
