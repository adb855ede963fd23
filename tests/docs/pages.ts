/** The commands of the pages of the documentation, as they are printed. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Lines that a page asks a reader to type, and what it says they print. */
export interface Block {
  readonly page: string
  /** Line of the page, from 1. */
  readonly line: number
  readonly commands: readonly string[]
  /** False for what waits, needs a server, or names files of the reader: its verbs, flags and scripts are looked up alone. */
  readonly isRun: boolean
  /** Exit code of the last command; those before it end with 0 or 1. */
  readonly exit: number
  /** Lines shown under the block; `…` in them stands for anything, and a line of `…` alone for any lines. */
  readonly shown: readonly string[] | null
}

/** Pages whose commands a person types. The reference of verbs, the rules, the API and the decisions have tests of their own. */
export function pagesWithCommands(): readonly string[] {
  const all = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'docs/**.md', 'docs/*.md', '*.md'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(all.split('\n'))].filter(
    (path) =>
      (path === 'README.md' || path === 'CONTRIBUTING.md' || path.startsWith('docs/')) &&
      !/^docs\/(?:rules|api|reference\/verbs|reference\/board-files)\//.test(path),
  )
}

export const textOf = (page: string): string => readFileSync(join(root, page), 'utf8')

const fence = /^```([^\n]*)\n([\s\S]*?)^```$/gm

/** Blocks marked `sh` or `sh parsed`, each with the `text` block that follows it at once. */
export function blocksOf(page: string, text: string): readonly Block[] {
  const found = [...text.matchAll(fence)]
  return found.flatMap((match, at): readonly Block[] => {
    const [whole, info = '', body = ''] = match
    const [language, ...words] = info.trim().split(' ')
    if (language !== 'sh') return []
    const next = found[at + 1]
    const isShown = next?.[1] === 'text' && text.slice(match.index + whole.length, next.index).trim() === ''
    const exit = words.map((word) => /^exit=(\d+)$/.exec(word)?.[1]).find((code) => code !== undefined)
    return [
      {
        page,
        line: text.slice(0, match.index).split('\n').length,
        commands: body
          .replace(/\\\n\s*/g, '')
          .split('\n')
          .filter((line) => line !== ''),
        isRun: !words.includes('parsed'),
        exit: Number(exit ?? 0),
        shown: isShown ? (next?.[2] ?? '').trimEnd().split('\n') : null,
      },
    ]
  })
}

/** Files that a page asks a reader to save: blocks marked `file=NAME`. */
export function filesOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(fence)].flatMap(([, info = '', body = '']) => {
      const name = /(?:^| )file=(\S+)/.exec(info)?.[1]
      return name === undefined ? [] : [[name, body] as const]
    }),
  )
}

/** Begin of a line that a reader types into a shell. */
const typed = /^\s*(?:\$ )?(?:npx |sudo )?(?:carryover|npm|node|kubectl|docker|curl|openssl) \S/

/** Lines that look like commands in blocks that are not marked `sh`, so that no command stays untried. */
export function unmarkedCommands(text: string): readonly string[] {
  return [...text.matchAll(fence)]
    .filter(([, info = '']) => !/^(?:sh|python|js|dockerfile|nginx|caddy|ini|yaml|json|toml)\b/i.test(info))
    .flatMap(([, , body = '']) => body.split('\n').filter((line) => typed.test(line)))
}

/** Commands inside sentences. */
export function inlineCommands(text: string): readonly string[] {
  return [...text.replace(fence, '').matchAll(/`((?:npx )?carryover [a-z][^`\n]*|npm (?:run [a-z]|start|test)[^`\n]*)`/g)].map(
    ([, command = '']) => command,
  )
}

/** The first shown line that is not printed in its place, and null where all are. */
export function missingLine(shown: readonly string[], printed: string): string | null {
  const lines = printed.trimEnd().split('\n')
  let at = 0
  let mayPass = false
  for (const line of shown) {
    if (line.trim() === '…') {
      mayPass = true
      continue
    }
    const isIt = (text: string | undefined): boolean => text !== undefined && fits(line, text)
    const found = mayPass ? lines.findIndex((text, place) => place >= at && isIt(text)) : isIt(lines[at]) ? at : -1
    if (found === -1) return line
    at = found + 1
    mayPass = false
  }
  return !mayPass && at < lines.length ? `(the page ends; the command prints "${lines[at]}")` : null
}

function fits(shown: string, printed: string): boolean {
  const pattern = shown
    .trimEnd()
    .split('…')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(printed.trimEnd())
}
