/** Rows of `observations` as runs of timed tests: where the files of a clinic and the workflow wing meet. */
import type { System, TimedRun } from '../../workflow/timed-tests/run.ts'
import type { inputFiles } from '../input-files/files.ts'
import type { InputTable } from '../input-files/input-file.ts'

export type ObservationTable = InputTable<(typeof inputFiles)['observations']['columns']>

/** `at` is the line of the row in its file. */
export function timedRunsOf({ rows }: Pick<ObservationTable, 'rows'>): readonly TimedRun[] {
  return rows.map((row) => ({
    at: row.line,
    task: row.task_id,
    role: row.role,
    system: row.system,
    startedAt: row.started_at.text,
    seconds: row.seconds,
    clicks: row.clicks,
    keys: row.keys,
    screens: row.screens,
    person: row.person_id,
    interruptions: row.interruptions,
    interruptedSeconds: row.interrupted_seconds,
    discarded: row.discarded,
  }))
}

/** A run that was just timed, as the cells of a row; `person` as it was typed. */
export interface NewRun {
  readonly task: string
  readonly role: string
  readonly system: System
  readonly startedAt: string
  readonly seconds: number
  /** Null where nobody counted; an empty cell, never a zero. */
  readonly clicks: number | null
  readonly keys: number | null
  readonly screens: number | null
  readonly person: string
  readonly interruptions: number
  readonly interruptedSeconds: number
  readonly discarded: string
}

export function observationRecord(run: NewRun): ReadonlyMap<string, string> {
  const tenth = (seconds: number): string => String(Math.round(seconds * 10) / 10)
  const count = (of: number | null): string => (of === null ? '' : String(of))
  return new Map([
    ['task_id', run.task],
    ['role', run.role],
    ['system', run.system],
    ['started_at', run.startedAt],
    ['seconds', tenth(run.seconds)],
    ['clicks', count(run.clicks)],
    ['keys', count(run.keys)],
    ['screens', count(run.screens)],
    ['person_id', run.person],
    ['interruptions', String(run.interruptions)],
    ['interrupted_seconds', tenth(run.interruptedSeconds)],
    ['discarded', run.discarded],
  ])
}
