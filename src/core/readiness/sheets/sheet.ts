/** A report as a sheet of paper: title, verdict, sections of lines and tables. Screen, print, HTML, Markdown and text are made from the same sheet. */
import type { Json } from '../../canonical.ts'
import type { Gate } from '../model/phase.ts'

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table'
      readonly head: readonly string[]
      readonly rows: readonly (readonly string[])[]
      /** Columns of numbers, by index. */
      readonly numbers: readonly number[]
    }
  /** Empty lines to be filled in with a pen. */
  | { readonly kind: 'sign'; readonly choices: readonly string[]; readonly lines: readonly string[] }

export interface SheetSection {
  readonly title: string
  readonly blocks: readonly Block[]
}

export interface Sheet {
  readonly title: string
  /** The clinic's name and logo on top of it, as a data address; absent where the project has no logo. */
  readonly letterhead?: { readonly name: string; readonly logo: `data:image/png;base64,${string}` }
  /** Project, systems, date: what stands under the title. */
  readonly lead: readonly string[]
  /** The one sentence that is asked for, with the gate it rests on; null where a report decides nothing. */
  readonly verdict: { readonly gate: Gate; readonly words: string } | null
  readonly sections: readonly SheetSection[]
  /** Digests and limits, in small print. */
  readonly foot: readonly string[]
}

/** A row that is filled in with a pen: one of its cells is left open on purpose. */
export function isWritten(row: readonly string[]): boolean {
  return row.includes(' ')
}

/** A sheet that people write on: its lines are as high as a hand needs, 9 mm. */
export function isForm({ sections }: Sheet): boolean {
  return sections.some(({ blocks }) => blocks.some((block) => block.kind === 'table' && block.rows.some(isWritten)))
}

/** A report: the page for people, and the same facts for programs. */
export interface Report {
  readonly sheet: Sheet
  readonly data: Json
  /** The same for spreadsheets and calendars, where the report is a list. */
  readonly files?: Readonly<Partial<Record<ListFormat, string>>>
}

/** CSV whose cells no spreadsheet runs as a formula; whole days of RFC 5545. */
export const listFormats = ['csv', 'ics'] as const
export type ListFormat = (typeof listFormats)[number]

export function lines(...text: readonly string[]): Block {
  return text.length === 1 ? { kind: 'text', text: text[0] ?? '' } : { kind: 'list', items: text }
}

export function table(head: readonly string[], rows: readonly (readonly string[])[], numbers: readonly number[] = []): Block {
  return { kind: 'table', head, rows, numbers }
}

/** A table, or the sentence that stands in its place where it has no row: an empty section is an answer too. */
export function tableOr(
  none: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
) {
  return rows.length === 0 ? lines(none) : table(head, rows, numbers)
}

/** `sha256:` and ten digits: enough to find an artifact by, short enough to print. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(sha256:)?([0-9a-f]{10})[0-9a-f]+$/, '$2…')
}
