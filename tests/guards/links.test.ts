/** Every relative link of every page in the repository leads to a file, and a heading where it names one. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './source-files.ts'

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '')

/** Links of a page that lead nowhere. */
function brokenLinks(path: string, text: string, textOf: (path: string) => string | null): readonly string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .filter((link) => {
      const [file = '', heading] = link.split('#')
      const target = file === '' ? path : posix.join(posix.dirname(path), file)
      const found = textOf(target)
      return found === null || (heading !== undefined && !anchorsOf(found).has(heading))
    })
    .map((link) => `${path}: ${link}`)
}

function anchorsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, words = '']) => words)
  return new Set(
    headings.map((words) =>
      words
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function textOnDisk(path: string): string | null {
  const whole = posix.join(root, path)
  if (!existsSync(whole)) return null
  return path.endsWith('.md') ? readFileSync(whole, 'utf8') : ''
}

test('every relative link leads somewhere', () => {
  const broken = pages.flatMap((path) => brokenLinks(path, textOnDisk(path) ?? '', textOnDisk))
  expect(broken).toEqual([])
  expect(pages.length).toBeGreaterThan(20)
})

test('a missing file and a missing heading are named', () => {
  const pagesOf = new Map([['docs/b.md', '# A day\n\n## Two words, here\n']])
  const text = '[x](b.md) [y](b.md#two-words-here) [z](b.md#three) [w](c.md) `[v](d.md)` [u](https://example.org)'
  expect(brokenLinks('docs/a.md', text, (path) => pagesOf.get(path) ?? null)).toEqual([
    'docs/a.md: b.md#three',
    'docs/a.md: c.md',
  ])
})
