/** The settings of web servers that are not tried here, read as those servers read them and held against the table. */
import { expect, test } from 'vitest'
import { elementsOf, readXmlTree, type XmlElement } from '../../../src/core/workflow/xml/xml-tree.ts'
import { cacheFor, headersFor } from '../../../src/io/server/headers.ts'
import { headersFile } from '../../../src/io/server/hosts/headers-file.ts'
import { isPlainRoot } from '../../../src/io/server/hosts/host.ts'
import { hostFiles } from '../../../src/io/server/hosts/host-files.ts'
import { webConfigFile } from '../../../src/io/server/hosts/iis.ts'

const connect = ['https://fhir.example.org']
const files = [
  'index.html',
  'icon.svg',
  'served.json',
  'service-worker.js',
  'about/licences.txt',
  'assets/index-a.js',
  'sample/index.json',
  'workers/digest.worker-a.js',
  'workers/pair.worker-b.js',
  'workers/shared/words-c.js',
  'workers/validate.worker-d.js',
]
const app = { root: '/srv/site', files, connect }
const wanted = (path: string): Record<string, string> => ({ ...headersFor(path, connect), 'Cache-Control': cacheFor(path) })

/** IIS: the settings of the root, then those of each location that the path lies in, the longest last; a name can be added once. */
function underIis(path: string): Record<string, string> {
  const tree = readXmlTree(new TextEncoder().encode(webConfigFile(app)))
  const found = new Map<string, string>()
  const apply = (element: XmlElement): void => {
    for (const each of elementsOf(element)) {
      if (each.name === 'location') continue
      const [name = '', value = ''] = [each.attributes.get('name'), each.attributes.get('value')]
      if (each.name === 'remove' && name !== '') found.delete(name)
      else if (each.name === 'add' && name !== '') {
        expect(found.has(name), `${name} is added twice`).toBe(false)
        found.set(name, value)
      } else apply(each)
    }
  }
  apply(tree)
  const places = elementsOf(tree).filter(({ name }) => name === 'location')
  const pathOf = ({ attributes }: XmlElement): string => attributes.get('path') ?? ''
  const inside = places.filter((place) => `${path}/`.startsWith(`/${pathOf(place)}/`))
  for (const place of inside.toSorted((a, b) => pathOf(a).length - pathOf(b).length)) apply(place)
  return Object.fromEntries(found)
}

/** Netlify: the lines of every rule that fits; a header that comes twice is sent joined by a comma. */
function underHeadersFile(path: string): Record<string, string> {
  const sent: Record<string, string> = {}
  for (const block of headersFile(app).split('\n\n')) {
    const [rule = '', ...lines] = block.split('\n')
    const fits = rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule
    for (const line of fits ? lines : []) {
      const [, name = '', value = ''] = /^ {2}([^:]+): (.*)$/.exec(line) ?? []
      if (name !== '') sent[name] = name in sent ? `${sent[name]}, ${value}` : value
    }
  }
  return sent
}

test.each(['/', ...files.map((file) => `/${file}`)])('IIS and `_headers` would send the table for %s', (path) => {
  expect(underIis(path)).toEqual(wanted(path))
  expect(underHeadersFile(path)).toEqual(wanted(path))
})

test('the readers of this test would see a rule that is missing, or one too many', () => {
  expect(underHeadersFile('/unknown.txt')).toEqual({})
  expect(underIis('/unknown.txt')).toEqual(wanted('/unknown.txt'))
  expect(underIis('/workers/validate.worker-d.js')).not.toEqual(underIis('/workers/pair.worker-b.js'))
})

test('every file names the folder, the origins and every header, and no path breaks out of its quotes', () => {
  for (const { path, text } of hostFiles) {
    const said = text(app)
    expect(said, path).toContain(connect[0])
    for (const name of Object.keys(headersFor('/'))) expect(said, path).toContain(name)
    if (/^[^/]+$/.test(path)) expect(said, path).toContain('"/srv/site"')
  }
  expect(isPlainRoot('/srv/my site (new)')).toBe(true)
  for (const bad of ['/srv/"x', "/srv/'x", '/srv/$x', '/srv/{x}', 'C:\\site', '/srv/a\nb'])
    expect(isPlainRoot(bad), bad).toBe(false)
})
