/** How a refusal is written down. */
import type { Refusal, RefusalCode } from '../../core/team/refusal.ts'

export function refusal(code: RefusalCode, why: string, detail = ''): Refusal {
  return { code, why, detail }
}

export function unknownStream(stream: string): Refusal {
  return refusal('unknown-stream', `“${stream.slice(0, 80)}” is no stream: there are ledger, files, map/<id> and sealed/<kind>.`)
}
