/** The worklist in this browser: looking again after a later run, whose records they are, and the list as a file for the data team. */

import { record } from '../../../../core/project/acts/hand.ts'
import { hazardsOfCause } from '../../../../core/project/hazards/hazards-of-cause.ts'
import { textsShown } from '../../../../core/project/hazards/log/hazard-texts.ts'
import { worklistCsv } from '../../../../core/project/reports/worklist-report.ts'
import { addLooks, type WorklistRow, worklistOf } from '../../../../core/project/sample/worklist-file.ts'
import { currentRun } from '../../../../core/project/signing/signature.ts'
import { isStillThere, isToReadAgain, type WorklistLook } from '../../../../core/review/result/worklist.ts'
import { errorWords } from '../../../../core/values/error-words.ts'
import { act, type Refusal } from '../../../session/act.ts'
import { commentsOf } from '../../../session/record-names.ts'
import { openProject } from '../../../session/state.ts'
import { download } from '../../../window/download.ts'
import { recordPair } from './record-pairs.ts'
import { keyOfRecord } from './review.ts'
/** Compares both sides again for every finding that is not closed, in the files of the last run. */
export async function lookAgain(): Promise<{ readonly refusal: Refusal; readonly unknown: number }> {
  const project = openProject()
  const run = currentRun(project)
  const rows = worklistOf(project).rows.filter(({ finding, state }) => isToReadAgain(state) && finding.run < (run?.number ?? 0))
  if (!run || rows.length === 0)
    return { refusal: 'No later run is there to look into. Load the corrected files and run all checks.', unknown: 0 }
  const known = rows.flatMap(({ finding }) => {
    const key = keyOfRecord(finding.record)
    return key === null ? [] : [{ finding, key }]
  })
  const keys = known.map(({ key }) => key)
  const looks: WorklistLook[] = []
  try {
    for (const { finding, key } of known)
      looks.push({ finding: finding.id, run: run.number, by: 'run', there: isStillThere(finding, await recordPair(key, keys)) })
  } catch (error) {
    return { refusal: errorWords(error), unknown: 0 }
  }
  const refusal = await act((now, hand) => {
    const step = addLooks(now, looks)
    return { ok: true, project: step.acts.length === 0 ? now : record(step.project, step.acts, hand) }
  })
  return { refusal, unknown: rows.length - known.length }
}

/** Numbers of the records that have to be read again; records that are known here only by their keyed name are counted. */
export function recordsToReadAgain(): { readonly keys: readonly string[]; readonly unknown: number } {
  const names = new Set(
    worklistOf(openProject())
      .rows.filter(({ state }) => isToReadAgain(state))
      .map(({ finding }) => finding.record),
  )
  const keys = [...names].flatMap((name) => keyOfRecord(name) ?? [])
  return { keys, unknown: names.size - keys.length }
}

/** For the data team; record numbers and comments only where they are shown in clear. */
export function exportWorklist(rows: readonly WorklistRow[], revealed: boolean): void {
  const project = openProject()
  const texts = commentsOf(project)
  const inClear = {
    numberOf: keyOfRecord,
    commentOf: (digest: string) => texts.get(digest) ?? null,
    hazardsOf: (finding: WorklistRow['finding']) =>
      hazardsOfCause(project, finding).map((hazard) => `${hazard.id}: ${textsShown(project, hazard).hazard}`),
  }
  const name = revealed ? 'worklist-with-record-numbers.spreadsheet.csv' : 'worklist.spreadsheet.csv'
  download(name, worklistCsv(rows, revealed ? inClear : null), 'text/csv')
}
