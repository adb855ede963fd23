/** The worklist in words and as a file for the data team: codes, places and states, and record numbers only where they are asked for. */

import type { WorklistLook, WorklistState } from '../../review/result/worklist.ts'
import { csvLine } from '../../values/spreadsheet.ts'
import type { WorklistRow } from '../sample/worklist-file.ts'
import { wordingOf } from './wording.ts'

export function worklistWords(state: WorklistState, looks: readonly Pick<WorklistLook, 'run'>[]): string {
  const run = looks.reduce((last, look) => Math.max(last, look.run), 0)
  const words: Readonly<Record<WorklistState, string>> = {
    open: 'Open',
    unlooked: 'Old verdict: a later run is there, look again',
    'still-there': `Still there in run #${run}`,
    gone: `Gone in run #${run}, to be read again`,
    closed: `Closed: read again after run #${run}, right`,
    'wrong-again': `Read again after run #${run}, wrong again`,
    withdrawn: 'Verdict taken back',
  }
  return words[state]
}

/** "verdict in run #1 → comparison of run #2: gone → reader after run #2: right" */
export function pathWords(run: number, looks: readonly WorklistLook[]): readonly string[] {
  return [
    `Verdict on run #${run}`,
    ...looks
      .toSorted((a, b) => a.run - b.run || (a.by === b.by ? 0 : a.by === 'run' ? -1 : 1))
      .map((look) =>
        look.by === 'run'
          ? `Compared in run #${look.run}: ${look.there ? 'still there' : 'gone'}`
          : `Read again after run #${look.run}: ${look.there ? 'wrong again' : 'right'}`,
      ),
  ]
}

const head = [
  'finding',
  'code',
  'title',
  'severity',
  'record',
  'domain',
  'fields',
  'difference',
  'found_in_run',
  'state',
  'remedy',
  'comments',
]

/** What a person who may see patient data has asked to be told: record numbers, comments by their digest, and sealed texts of hazards. */
export interface Revealed {
  readonly numberOf: (record: string) => string | null
  readonly commentOf: (digest: string) => string | null
  /** Words of the hazards that speak of this cause. */
  readonly hazardsOf: (finding: WorklistRow['finding']) => readonly string[]
}

/**
 * For people: cells that a spreadsheet would take for a formula are made harmless. Without `revealed` it holds no record number and no word
 * of a comment, only how many there are.
 */
export function worklistCsv(rows: readonly WorklistRow[], revealed: Revealed | null): string {
  const lines = rows.map(({ finding, state, looks, comments }) => {
    const words = wordingOf(finding.code)
    return [
      finding.id,
      finding.code,
      words?.title ?? '',
      finding.verdict,
      finding.record,
      finding.domain,
      finding.fields.join(' '),
      finding.class,
      finding.run,
      worklistWords(state, looks),
      words?.remedy ?? '',
      comments.length,
      ...(revealed
        ? [
            revealed.numberOf(finding.record) ?? '',
            comments.flatMap((one) => revealed.commentOf(one) ?? []).join(' | '),
            revealed.hazardsOf(finding).join(' | '),
          ]
        : []),
    ]
  })
  const all = [revealed ? [...head, 'record_number', 'comment', 'hazard'] : head, ...lines]
  return all.map((cells) => `${csvLine(cells, 'spreadsheet')}\r\n`).join('')
}
