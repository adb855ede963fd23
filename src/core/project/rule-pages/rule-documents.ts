/** `docs/rules`: one Markdown page for each group of rules, and the pictures of their examples. */
import { judgeGiven } from '../../data/fhir/given.ts'
import type { PairExample } from '../../data/model/pair-example.ts'
import type { TableExample } from '../../data/model/table-example.ts'
import { reconcile } from '../../data/reconcile/reconcile.ts'
import { validate } from '../../data/validate/validate.ts'
import type { Finding } from '../../finding.ts'
import { bytesSource, finish } from '../../operation.ts'
import { rulePages } from './index.ts'
import { mappingOf, pairFilesOf } from './pair-example.ts'
import type { MarkedLine, Part } from './parts.ts'
import { kahnWords, type RulePage, type ShownExample } from './rule-page.ts'
import { type Judge, partsOf } from './shown-parts.ts'
import { filesOf, runOf } from './table-example.ts'

/** Text by path below `docs/rules`. */
export async function ruleDocuments(signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  const groups = new Map<string, RulePage[]>()
  for (const page of rulePages()) groups.set(page.group, [...(groups.get(page.group) ?? []), page])
  for (const [group, pages] of groups) {
    const sections: string[] = []
    for (const page of pages) sections.push(await section(page, files, signal))
    files.set(ruleFile(group), `# ${group}\n\n[All rules](README.md)\n\n${sections.join('\n')}`)
  }
  const contents = [...groups].map(
    ([group, pages]) =>
      `## [${group}](${ruleFile(group)})\n\n${pages.map(({ wording: { code, title } }) => `- [${plain(title)}](${ruleFile(group)}#${headingAnchor(title)}) \`${code}\``).join('\n')}\n`,
  )
  const words = 'What every rule, check and criterion looks at, how it decides, and an example that flags and one that passes.'
  files.set('README.md', `# Rules\n\n${words} \`npm run rule-pages\` makes these pages from the code.\n\n${contents.join('\n')}`)
  return files
}

/** Name of the page of a group, below `docs/rules`. */
export function ruleFile(group: string): string {
  return `${group.toLowerCase().replace(/[^a-z]+/g, '-')}.md`
}

/** As Markdown readers make it from a heading. */
export function headingAnchor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

/** Begin of the names of a code's pictures. */
function anchor(code: string): string {
  return code.replace('/', '-')
}

async function section(page: RulePage, files: Map<string, string>, signal: AbortSignal): Promise<string> {
  const judge: Judge = {
    tables: (subject) => judged(subject, signal),
    pair: (subject) => reconciled(subject, signal),
  }
  const { wording, decides, facts, limits, flags, passes, silent = [], unshown } = page
  const { code, title, why, remedy, severity } = wording
  const kahn = kahnWords(wording)
  const rows = [
    ['Severity', severity],
    ...(kahn === null ? [] : [['Kahn category', kahn]]),
    ...facts,
    ...limits.map(({ name, value, unit, source }) => [`Limit: ${name}`, `${value}${unit === '' ? '' : ` ${unit}`} (${source})`]),
  ]
  const table = `| | |\n| --- | --- |\n${rows.map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')}\n`
  const [flag, pass, nothing] = [flags[0], passes[0], silent[0]]
  return [
    `## ${plain(title)}\n`,
    `\`${code}\`\n`,
    `${plain(decides)}\n`,
    `**Why it matters.** ${plain(why)}\n`,
    `**What to do.** ${plain(remedy)}\n`,
    table,
    ...(flag === undefined ? [] : [await example('Flags', page, flag, files, judge)]),
    ...(pass === undefined ? [] : [await example('Passes', page, pass, files, judge)]),
    ...(nothing === undefined ? [] : [await example('Not judged', page, nothing, files, judge)]),
    ...(unshown === null ? [] : [`${plain(unshown)}\n`]),
  ].join('\n')
}

async function example(
  word: 'Flags' | 'Passes' | 'Not judged',
  page: RulePage,
  shown: ShownExample,
  files: Map<string, string>,
  judge: Judge,
): Promise<string> {
  const { code } = page.wording
  const parts = await partsOf(code, shown, judge)
  const text = parts.map((part, at) =>
    partText(part, `${anchor(code)}-${word.toLowerCase().replace(' ', '-')}-${at + 1}.svg`, files),
  )
  return `### ${word}: ${plain(shown.name)}\n\n${text.join('\n')}`
}

function partText(part: Part, name: string, files: Map<string, string>): string {
  if (part.kind === 'words') return `${plain(part.text)}\n`
  if (part.kind === 'lines') return `${plain(part.title)}:\n\n${fenced(part.lines)}`
  files.set(`pictures/${name}`, part.svg)
  return `![${part.title}](pictures/${name})\n\n${fenced(part.sketch.split('\n').map((text, at) => ({ number: at + 1, text, marks: [] })))}`
}

/** A marked stretch has carets below it. */
function fenced(lines: readonly MarkedLine[]): string {
  const text = lines.flatMap(({ text: line, marks }) => {
    const shown = visible(line)
    const last = Math.max(0, ...marks.map(([, end]) => end))
    const carets = Array.from({ length: last }, (_, at) => (marks.some(([from, end]) => at >= from && at < end) ? '^' : ' '))
    return marks.length === 0 ? [shown] : [shown, carets.join('')]
  })
  const fence = text.some((line) => line.includes('```')) ? '````' : '```'
  return `${fence}text\n${text.join('\n')}\n${fence}\n`
}

/** Signs that no page shows, as their numbers. */
function visible(text: string): string {
  return [...text]
    .map((sign) => {
      const point = sign.codePointAt(0) ?? 0
      const isShown = point === 9 || (point >= 32 && point < 127) || (point > 0xa0 && point !== 0xfeff)
      return isShown ? sign : `\\u${point.toString(16).padStart(4, '0')}`
    })
    .join('')
}

function cell(text: string | undefined): string {
  return plain(text ?? '').replaceAll('|', '\\|')
}

/** What Markdown would take for marks. */
function plain(text: string): string {
  return visible(text)
    .replace(/[<>*_]/g, (sign) => `\\${sign}`)
    .replace(/\s*\n\s*/g, ' ')
}

async function judged(subject: TableExample, signal: AbortSignal): Promise<readonly Finding[]> {
  const { definitions, ...run } = runOf(subject)
  const inputs = filesOf(subject).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const { findings } = await finish(validate({ inputs, ...run }, signal, judgeGiven({ definitions })))
  return findings
}

async function reconciled(subject: PairExample, signal: AbortSignal): Promise<readonly Finding[]> {
  const inputs = pairFilesOf(subject).map(({ name, bytes, ...file }) => ({ ...file, source: bytesSource(name, bytes) }))
  const { findings } = await finish(reconcile({ inputs, mapping: mappingOf(subject) }, signal))
  return findings
}
