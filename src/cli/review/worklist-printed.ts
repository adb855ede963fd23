/** The worklist on standard output: what readers called harmful or wrong, for those who mend it. */
import { counted } from '../../core/counted.ts'
import { openProject } from '../../core/project/format/open.ts'
import { StoreProblem } from '../../core/project/format/store.ts'
import { wordingOf } from '../../core/project/reports/wording.ts'
import { worklistCsv, worklistWords } from '../../core/project/reports/worklist-report.ts'
import { type Worklist, worklistOf } from '../../core/project/sample/worklist-file.ts'
import { readProject } from '../../io/store/store-node.ts'
import { printExact, printOut } from '../shell/print.ts'
import { InputError } from '../shell/usage-error.ts'

export type WorklistFormat = 'text' | 'csv' | 'json'

/** @throws InputError where there is no project */
export async function printWorklist(path: string, format: WorklistFormat | undefined): Promise<void> {
  const files = await readProject(path).catch((error: unknown) => {
    throw error instanceof StoreProblem ? new InputError(error.message) : error
  })
  const { project } = openProject(files)
  if (!project) throw new InputError(`${path} holds no carryover.json that can be read: it is not a Carryover project.`)
  const list = worklistOf(project)
  const chosen = format ?? (process.stdout.isTTY ? 'text' : 'json')
  if (chosen === 'csv') printExact(worklistCsv(list.rows, null))
  else printOut(chosen === 'json' ? `${JSON.stringify(masked(list), null, 2)}\n` : textOf(list))
}

/** How many comments there are, not what would tell a guessed one. */
function masked({ rows, ...list }: Worklist): object {
  return { ...list, rows: rows.map(({ comments, ...row }) => ({ ...row, comments: comments.length })) }
}

function textOf({ rows, waiting }: Worklist): string {
  const lines = rows.map(
    ({ finding, state, looks }) =>
      `${finding.verdict.padEnd(8)}${finding.code}  ${finding.record.slice(0, 12)}  ${finding.domain}  ${wordingOf(finding.code)?.title ?? ''}: ${worklistWords(state, looks)}`,
  )
  const held = waiting === 0 ? [] : [`${counted(waiting, 'record', 'records')} wait for another reader and are told afterwards.`]
  const none = rows.length + waiting === 0 ? ['No reader has called anything harmful or wrong.'] : []
  return `${[...lines, ...held, ...none].join('\n')}\n`
}
