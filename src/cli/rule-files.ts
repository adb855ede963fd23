/** Rules of the team: files given by `--checks`, and `rules/*.json` of the project that is checked. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { severityPolicyPath } from '../core/data/blast-radius/severity-policy.ts'
import { type RuleFile, readRuleFiles } from '../core/data/rules/rule-file.ts'
import { readProject } from '../io/store-node.ts'
import { isProject } from './project-inputs.ts'
import { UsageError } from './usage-error.ts'

/** A rule that can not be read ends the run: a check that was silently left out would look like one that passed. */
export async function ruleFiles(names: readonly string[], checks: readonly string[]): Promise<readonly RuleFile[]> {
  const files: RuleFile[] = []
  for (const name of checks) {
    const text = await readFile(name, 'utf8').catch(() => null)
    if (text === null) throw new UsageError(`--checks got "${name}", which can not be read; it takes a JSON file with rules.`)
    files.push({ name, text })
  }
  for (const name of names) if (name !== '-' && (await isProject(name))) files.push(...(await rulesOfProject(name)))
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

async function rulesOfProject(project: string): Promise<RuleFile[]> {
  const isRule = (path: string): boolean =>
    path.startsWith('rules/') && path.endsWith('.json') && path !== 'rules/workflow.json' && path !== severityPolicyPath
  if (project.endsWith('.carryover'))
    return [...(await readProject(project))]
      .filter(([path]) => isRule(path))
      .map(([name, bytes]) => ({ name, text: new TextDecoder().decode(bytes) }))
  const names = await readdir(join(project, 'rules')).catch(() => [])
  const paths = names
    .map((name) => `rules/${name}`)
    .filter(isRule)
    .sort()
  return Promise.all(paths.map(async (name) => ({ name, text: await readFile(join(project, ...name.split('/')), 'utf8') })))
}
