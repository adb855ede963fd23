/** Every place of one finding, in the order they are met, without a limit: the file is read for them, nothing is kept. */
import type { Severity, Sighting } from '../../finding.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { SightingWatch } from '../blast-radius/report-sink.ts'
import { factsOf } from './document.ts'
import { shownId } from './report-finding.ts'

/** Which finding: a code, at one place or at all of them. */
export interface WantedRows {
  readonly code: string
  readonly place: string | null
}

/** `data/type@born`, or a code alone for all its places. */
export function wantedRows(text: string): WantedRows {
  const at = text.indexOf('@')
  return at < 0 ? { code: text, place: null } : { code: text.slice(0, at), place: text.slice(at + 1) }
}

export const rowColumns = ['input', 'place', 'severity', 'record', 'line', 'byte', 'id', 'path', 'facts', 'value']

/** Collects the lines of a finding as a run meets them; the caller takes them away between the steps of the run. */
export class AllRows implements SightingWatch {
  count = 0
  private lines: string[] = []
  private readonly wanted: WantedRows
  private readonly paths: readonly string[]
  private readonly reveal: boolean

  constructor(wanted: WantedRows, paths: readonly string[], reveal: boolean) {
    this.wanted = wanted
    this.paths = paths
    this.reveal = reveal
  }

  see({ code, at, evidence }: Sighting, place: string, severity: Severity): void {
    if (code !== this.wanted.code || (this.wanted.place !== null && place !== this.wanted.place)) return
    this.count++
    const cell = at.kind === 'cell' ? at : null
    const input = at.kind === 'cell' || at.kind === 'input' ? at : null
    this.lines.push(
      csvLine(
        [
          input === null ? null : (this.paths[input.input] ?? null),
          place,
          severity,
          cell?.record ?? null,
          input?.line ?? null,
          input?.byte ?? null,
          shownId(cell?.id ?? null, this.reveal),
          cell?.path ?? null,
          factsOf(evidence.facts),
          this.reveal ? (evidence.excerpt ?? null) : null,
        ],
        'spreadsheet',
      ),
    )
  }

  /** Lines since the last time, each ended by CR LF. */
  take(): string {
    const text = this.lines.map((line) => `${line}\r\n`).join('')
    this.lines = []
    return text
  }
}

/** Several watchers as one. */
export function together(watchers: readonly SightingWatch[]): SightingWatch {
  return {
    see(sighting, place, severity) {
      for (const watcher of watchers) watcher.see(sighting, place, severity)
    },
  }
}
