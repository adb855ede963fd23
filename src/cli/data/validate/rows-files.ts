/** `--rows CODE[@PLACE]=FILE`: every place of a finding, written while the files are read. */

import { counted } from '../../../core/counted.ts'
import type { SightingWatch } from '../../../core/data/blast-radius/report-sink.ts'
import { wordingOf } from '../../../core/data/checks/index.ts'
import { AllRows, rowColumns, wantedRows } from '../../../core/data/report/all-rows.ts'
import { WholeFile } from '../../../io/files/whole-file.ts'
import { refuseUnwritable } from '../../shell/out-files.ts'
import { UsageError } from '../../shell/usage-error.ts'

interface RowsFile {
  readonly rows: AllRows
  readonly handle: WholeFile
  readonly file: string
}

export class RowsFiles {
  private readonly files: readonly RowsFile[]

  private constructor(files: readonly RowsFile[]) {
    this.files = files
  }

  /** Opens the files; each begins with the names of its columns. */
  static async open(wanted: readonly string[], paths: readonly string[], reveal: boolean): Promise<RowsFiles> {
    const asked = wanted.map((text) => {
      const at = text.lastIndexOf('=')
      const rows = wantedRows(text.slice(0, Math.max(at, 0)))
      if (at < 1 || at === text.length - 1 || wordingOf(rows.code) === null)
        throw new UsageError(
          `--rows got "${text}"; it takes a code, a place if one is meant, and a file: data/type@born=rows.csv.`,
        )
      return { rows: new AllRows(rows, paths, reveal), file: text.slice(at + 1) }
    })
    await refuseUnwritable(
      '--rows',
      asked.map(({ file }) => file),
    )
    const files: RowsFile[] = []
    for (const { rows, file } of asked) {
      const handle = await WholeFile.open(file, true)
      await handle.write(`${rowColumns.join(',')}\r\n`)
      files.push({ rows, handle, file })
    }
    return new RowsFiles(files)
  }

  get watchers(): readonly SightingWatch[] {
    return this.files.map(({ rows }) => rows)
  }

  /** Writes what was met since the last time. */
  async write(): Promise<void> {
    for (const { rows, handle } of this.files) {
      const text = rows.take()
      if (text !== '') await handle.write(text)
    }
  }

  /** Closes the files and says how many rows each holds. */
  async close(): Promise<string[]> {
    await this.write()
    for (const { handle } of this.files) await handle.keep()
    return this.files.map(({ file, rows }) => `${file}: ${counted(rows.count, 'row')}`)
  }
}
