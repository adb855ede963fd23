/** Example files of the board, as CSV. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { exampleClinic, exampleFiles, exampleSets } from '../../../samples/readiness/example-files.ts'
import { flaws } from '../../../samples/readiness/flaws.ts'
import { roleRoster, roleTraining, roleWorkflow } from '../../../samples/readiness/role-table.ts'
import { writeWorkflow } from '../../core/workflow/map/files.ts'
import { printOut } from '../shell/print.ts'

/** The future map of a visit and training records that teach none of its tasks. */
export function writeRoleTable(folder: string): void {
  const files = [['lms.csv', roleTraining()] as const, ['roster.csv', roleRoster()] as const, ...writeWorkflow(roleWorkflow())]
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  printOut(`${files.length} fictional files in ${folder}: three roles, three tasks that nobody was taught.\n`)
}

/** Files of a fictional clinic, dated from the day of the board; what is planted in them is said. */
export function writeBoardFiles(name: string, asOf: string, folder: string): void {
  const set = exampleSets.find((one) => one.name === name)
  if (!set) throw new RangeError(`there is no set ${name}`)
  const { phase, gate, flaw } = set
  mkdirSync(folder, { recursive: true })
  const files = exampleFiles(exampleClinic(asOf, flaw === null ? [] : [flaw]))
  for (const [kind, text] of files) writeFileSync(join(folder, `${kind}.csv`), text)
  const planted = flaw === null ? 'Nothing is planted.' : flaws[flaw].words
  printOut(
    `${files.size} fictional files in ${folder} for a board of ${asOf}. ${planted} In a project where everything else holds, ${phase} is ${gate}.\n`,
  )
}
