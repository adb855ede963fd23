/** The site that `npm run docs` makes of these pages: where a page stands, what a link means, and what the search holds. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitepress'

const docs = dirname(dirname(fileURLToPath(import.meta.url)))

const item = (path) => {
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(join(docs, path), 'utf8')) ?? []
  return { text: title.replaceAll('`', ''), link: `/${path.replace(/(?:README)?\.md$/, '')}` }
}

const pagesIn = (folder) =>
  readdirSync(join(docs, folder))
    .filter((name) => name.endsWith('.md') && name !== 'README.md' && !name.endsWith('.api.md'))
    .map((name) => item(`${folder}/${name}`))

/** A folder with a page of its own and the pages in it, folded. */
const group = (folder, more = []) => ({ ...item(`${folder}/README.md`), collapsed: true, items: [...pagesIn(folder), ...more] })

const tutorials = ['workflow-analyst', 'data-team', 'clinician', 'project-lead'].map((name) => item(`tutorials/${name}.md`))

/** As GitHub makes it, so that one link leads to a heading there and here. */
const slugify = (words) =>
  words
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

/** A README is the page of its folder. What lies outside of these pages, such as a source file, is named without a link. */
function mendLinks(md) {
  md.core.ruler.after('inline', 'links-of-the-site', ({ tokens, env }) => {
    for (const { children } of tokens) {
      let isOutside = false
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const link = token.attrGet('href') ?? ''
          isOutside = isOutsideOf(env.relativePath, link)
          if (isOutside) token.attrs = []
          else token.attrSet('href', link.replace(/README\.md(?=#|$)/, 'index.md'))
        }
        if (isOutside && (token.type === 'link_open' || token.type === 'link_close')) token.tag = 'span'
      }
    }
  })
}

function isOutsideOf(page, link) {
  if (/^(?:[a-z]+:|#|\/)/.test(link)) return false
  const path = posix.join(posix.dirname(page), link.split('#')[0])
  return path.startsWith('..') || !/\.md$/.test(path)
}

export default defineConfig({
  title: 'Carryover',
  description: 'What is carried over, what is lost, and what was merely moved to another screen?',
  outDir: '../dist/docs',
  cacheDir: '../.cache/vitepress',
  srcExclude: ['**/*.api.md'],
  rewrites: (path) => path.replace(/README\.md$/, 'index.md'),
  // A folder of pages opens from any web server, without rules of its own.
  cleanUrls: false,
  lastUpdated: false,
  markdown: { anchor: { slugify }, config: mendLinks },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorials', link: '/tutorials/' },
      { text: 'How to', link: '/how-to/' },
      { text: 'Reference', link: '/reference/' },
      { text: 'Explanation', link: '/explanation/' },
    ],
    sidebar: [
      { ...item('tutorials/README.md'), items: tutorials },
      { ...item('how-to/README.md'), items: [...pagesIn('how-to'), group('deploy')] },
      {
        ...item('reference/README.md'),
        items: [
          group('reference/verbs'),
          group('rules'),
          group('reference/board-files'),
          group('api'),
          ...pagesIn('reference'),
        ],
      },
      { ...item('explanation/README.md'), items: [...pagesIn('explanation'), group('decisions')] },
    ],
  },
})
