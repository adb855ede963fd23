/** The pages of docs/ that Help shows, as trees of words: no page needs HTML that somebody would have to trust. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import site from '../../docs/.vitepress/config.mjs'

/** Folders by the question they answer, as on the site. Rules have pages of their own in Help; the library and decisions are for developers. */
const groups = [
  ['Tutorials', 'tutorials'],
  ['How to', 'how-to'],
  ['Explanation', 'explanation'],
  ['Reference', 'reference'],
  ['Verbs', 'reference/verbs'],
  ['Files of the board', 'reference/board-files'],
  ['A server of the clinic', 'deploy'],
]
/** Elements that a page may be made of; others are a fault of the page, and end the build. */
const elements = new Set(
  'h1 h2 h3 h4 p ul ol li table thead tbody tr th td pre code strong em a img blockquote hr br span'.split(' '),
)

/** @returns {Promise<{ pages: { path: string, title: string, group: string, blocks: unknown[] }[], pictures: { file: string, name: string }[] }>} */
export async function manual(docs) {
  const markdown = await createMarkdownRenderer(docs, {
    highlight: (text) => text,
    anchor: { ...site.markdown?.anchor, permalink: false },
  })
  const named = groups.flatMap(([group, folder]) =>
    readdirSync(join(docs, folder))
      .filter((name) => name.endsWith('.md') && !(folder === 'reference' && name === 'README.md'))
      // The page of a folder leads, the others follow by name.
      .sort((a, b) => Number(b === 'README.md') - Number(a === 'README.md') || (a < b ? -1 : 1))
      .map((name) => ({ group, path: `${folder}/${name}` })),
  )
  const known = new Set(named.map(({ path }) => path))
  const pictures = new Set()
  const pages = named.map(({ group, path }) => {
    const source = readFileSync(join(docs, path), 'utf8')
    const [, title = path] = /^# (.+)$/m.exec(source) ?? []
    const blocks = treeOf(markdown.parse(source, { relativePath: path }), { path, known, pictures })
    return { path: path.replace(/\.md$/, ''), title: title.replaceAll('`', ''), group, blocks: blocks.slice(1) }
  })
  return { pages, pictures: [...pictures].sort().map((file) => ({ file, name: pictureName(file) })) }
}

/** A node is a text, or an element: what it is, its facts, and the nodes in it. */
function treeOf(tokens, place) {
  const root = { in: [] }
  const open = [root]
  const put = (node) => {
    const around = open.at(-1)
    around.in = [...(around.in ?? []), node]
  }
  for (const token of tokens) {
    if (token.hidden) continue
    if (token.type === 'text') put(token.content)
    else if (token.type === 'softbreak') put(' ')
    else if (token.type === 'inline') for (const node of treeOf(token.children, place)) put(node)
    else if (token.type === 'code_inline') put({ is: 'code', in: [token.content] })
    else if (token.type === 'fence' || token.type === 'code_block') put({ is: 'pre', in: [token.content.replace(/\n$/, '')] })
    else if (token.type === 'image') put({ is: 'img', ...pictureOf(token, place) })
    // An address in pointed brackets reads as HTML where it is a placeholder, such as <files>.
    else if (token.type === 'html_inline' || token.type === 'html_block') throw fault(place, token.content)
    else if (token.nesting === -1) open.pop()
    else {
      if (!elements.has(token.tag)) throw fault(place, token.type)
      const node = token.type === 'link_open' ? linkOf(token, place) : { is: token.tag, ...factsOf(token) }
      put(node)
      if (token.nesting === 1) open.push(node)
    }
  }
  return root.in
}

const fault = ({ path }, what) => new Error(`docs/${path}: ${what} can not be shown in Help. Write it without HTML.`)

function factsOf(token) {
  const style = token.attrGet('style') ?? ''
  return {
    ...(/^h[1-4]$/.test(token.tag) && token.attrGet('id') ? { id: token.attrGet('id') } : {}),
    ...(/right/.test(style) ? { end: true } : {}),
    ...(token.tag === 'ol' && token.attrGet('start') ? { start: Number(token.attrGet('start')) } : {}),
  }
}

/** A link inside the manual leads to its page; to a page of rules, to the rules. Every other is words: nothing here leads out. */
function linkOf(token, { path, known }) {
  const [address = ''] = (token.attrGet('href') ?? '').split('#')
  if (/^[a-z]+:/.test(address)) return { is: 'span', out: address }
  if (address === '') return { is: 'span' }
  const target = posix.join(posix.dirname(path), decodeURIComponent(address))
  if (known.has(target)) return { is: 'a', page: target.replace(/\.md$/, '') }
  if (known.has(posix.join(target, 'README.md'))) return { is: 'a', page: posix.join(target, 'README') }
  return target.startsWith('rules/') ? { is: 'a', rules: true } : { is: 'span' }
}

function pictureOf(token, { path, pictures }) {
  const file = posix.join(posix.dirname(path), token.attrGet('src') ?? '')
  pictures.add(file)
  return { file: pictureName(file), words: token.content }
}

/** What a picture of docs/ is called beside the app. */
const pictureName = (file) => `manual/${posix.basename(file)}`
