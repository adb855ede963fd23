/** The logs that lie beside the project; tests that need one skip themselves by name where it is absent. */

import { existsSync, readFileSync } from 'node:fs'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import type { ColumnChoices } from '../../../src/core/workflow/log/columns.ts'
import type { EventLog } from '../../../src/core/workflow/log/event-log.ts'
import { type LogImport, readLog } from '../../../src/io/workflow/event-log.ts'
import { dataFolder } from '../../beside.ts'

export function hasLog(path: string): boolean {
  return existsSync(dataFolder(`workflow/${path}`))
}

export function fileBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(dataFolder(`workflow/${path}`)))
}

export function read(name: string, bytes: Uint8Array | string, columns: ColumnChoices = {}, salvage = false): Promise<LogImport> {
  const source = bytesSource(name, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
  return finish(readLog({ source, columns, salvage }, new AbortController().signal))
}

/** The log of a file, or of its text. */
export async function logOf(name: string, bytes: Uint8Array | string, columns: ColumnChoices = {}): Promise<EventLog> {
  const done = await read(name, bytes, columns)
  if (done.kind !== 'log') throw new Error(`${name} is no log: ${JSON.stringify(done)}`)
  return done.log
}

const known = new Map<string, Promise<EventLog>>()

/** Read once per test file. */
export function logAtHand(path: string): Promise<EventLog> {
  const log = known.get(path) ?? logOf(path, fileBytes(path))
  known.set(path, log)
  return log
}
