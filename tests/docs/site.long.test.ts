/** The site that `npm run docs` makes: every link of every page leads to a page and a heading of it, and nothing is asked of another host. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { root } from './pages.ts'

const site = join(root, 'dist', 'docs')
const pages = new Map<string, string>()

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'docs.mjs'), '--build'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  for (const name of readdirSync(site, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.html') && name !== '404.html')
      pages.set(name.replaceAll('\\', '/'), readFileSync(join(site, name), 'utf8'))
}, 600_000)

/** Path in the site of what a link of a page names. */
function targetOf(page: string, link: string): string {
  const path = link.startsWith('/') ? link.slice(1) : posix.join(posix.dirname(page), link)
  return path === '' || path === '.' || path.endsWith('/') ? posix.join(path, 'index.html') : path
}

test('every link leads to a page, a file or a heading', () => {
  const broken: string[] = []
  for (const [page, html] of pages)
    for (const [, href = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)) {
      if (/^[a-z]+:/.test(href)) continue
      const [link = '', heading] = href.split('#')
      const target = link === '' ? page : targetOf(page, link)
      const found = pages.get(target)
      const hasHeading = heading === undefined || heading === '' || found?.includes(`id="${decodeURIComponent(heading)}"`)
      if ((found === undefined && !existsSync(join(site, target))) || !hasHeading) broken.push(`${page}: ${href}`)
    }
  expect(broken).toEqual([])
  expect(pages.size).toBeGreaterThan(150)
})

test('no page loads anything from another host, and the search is built in', () => {
  const loads = /<(?:script|img|iframe|source|link)\b[^>]*\b(?:src|href)="((?:https?:)?\/\/[^"]+)"/g
  expect([...pages].flatMap(([page, html]) => [...html.matchAll(loads)].map(([, url]) => `${page}: ${url}`))).toEqual([])
  const chunks = readdirSync(join(site, 'assets'), { recursive: true, encoding: 'utf8' })
  expect(chunks.filter((name) => name.includes('localSearchIndex')).length).toBeGreaterThan(0)
})
