/** Rules of the team: files given by `--checks`, and those of the projects that are checked. */
import { createReadStream } from 'node:fs'
import { firstInvalidUtf8 } from '../../core/data/read/text/utf8.ts'
import { type RuleFile, readRuleFiles } from '../../core/data/rules/rule-file.ts'
import { mostRuleBytes } from '../../core/data/rules/rule-text.ts'
import { UsageError } from '../shell/usage-error.ts'

/** A rule that can not be read ends the run: a check that was silently left out would look like one that passed. */
export async function ruleFiles(checks: readonly string[], ofProjects: readonly RuleFile[]): Promise<readonly RuleFile[]> {
  const files: RuleFile[] = []
  for (const name of checks) {
    files.push({ name, text: await textOf(name) })
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

/** One byte more than is read says enough about a file without an end. */
async function textOf(name: string): Promise<string> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of createReadStream(name, { end: mostRuleBytes })) parts.push(part)
  } catch {
    throw new UsageError(`--checks got "${name}", which can not be read; it takes a JSON file with rules.`)
  }
  const bytes = Buffer.concat(parts)
  if (bytes.length > mostRuleBytes)
    throw new UsageError(`${name}, /: A rules file has at most ${mostRuleBytes / 1_000_000} MB; this one is larger.`)
  const wrong = firstInvalidUtf8(bytes, 0, bytes.length)
  if (wrong >= 0) throw new UsageError(`${name}, byte ${wrong + 1}: A rules file is text in UTF-8; this byte is none of it.`)
  return bytes.toString('utf8')
}
