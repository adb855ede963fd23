/** Rules of the team: files given by `--checks`, and those of the projects that are checked. */
import { readFile } from 'node:fs/promises'
import { type RuleFile, readRuleFiles } from '../../core/data/rules/rule-file.ts'
import { UsageError } from '../shell/usage-error.ts'

/** A rule that can not be read ends the run: a check that was silently left out would look like one that passed. */
export async function ruleFiles(checks: readonly string[], ofProjects: readonly RuleFile[]): Promise<readonly RuleFile[]> {
  const files: RuleFile[] = []
  for (const name of checks) {
    const text = await readFile(name, 'utf8').catch(() => null)
    if (text === null) throw new UsageError(`--checks got "${name}", which can not be read; it takes a JSON file with rules.`)
    files.push({ name, text })
  }
  files.push(...ofProjects)
  const { faults } = readRuleFiles(files)
  const [first] = faults
  if (!first) return files
  const more =
    faults.length > 1
      ? ` ${faults.length - 1} more: ${faults
          .slice(1, 4)
          .map(({ at, says }) => `${at}: ${says}`)
          .join(' ')}`
      : ''
  throw new UsageError(`${first.file}, ${first.at}: ${first.says}${more}`)
}
