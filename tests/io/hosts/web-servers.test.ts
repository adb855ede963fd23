/** A static build under real web servers: every header of the table arrives, whatever is asked for. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cacheFor, headersFor } from '../../../src/io/server/headers.ts'
import { carryover, root } from '../../cli/command-line.ts'
import { programOf, type ServerName, sayMissing, startHost, versionOf } from './served.ts'

const servers: readonly ServerName[] = ['nginx', 'Caddy', 'Apache', 'Apache with .htaccess']
const isBuilt = existsSync(join(root, 'dist', 'app', 'index.html'))
// Readable for the user that a web server runs as.
const work = mkdtempSync(join(tmpdir(), 'carryover-hosts-'))
const built = join(work, 'built')
afterAll(() => rmSync(work, { recursive: true, force: true }))

const names = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile())

describe.skipIf(!isBuilt)('a static build', () => {
  let out = ''
  beforeAll(() => {
    chmodSync(work, 0o755)
    const done = carryover('static', built, '--connect', 'https://fhir.example.org')
    expect(done).toMatchObject({ code: 0, err: '' })
    out = done.out
  })

  test('holds every file of the app, plain and compressed, and says which file each server reads', () => {
    const app = join(root, 'dist', 'app')
    for (const name of names(app)) {
      const bytes = readFileSync(join(built, 'site', name))
      expect(bytes.equals(readFileSync(join(app, name))), name).toBe(true)
      if (name.endsWith('.gz'))
        expect(gunzipSync(bytes).equals(readFileSync(join(built, 'site', name.slice(0, -3)))), name).toBe(true)
    }
    for (const path of ['nginx.conf', 'Caddyfile', 'apache.conf', 'site/.htaccess', 'site/web.config', 'site/_headers'])
      expect(out).toContain(join(built, path))
    expect(JSON.parse(readFileSync(join(built, 'site', 'served.json'), 'utf8'))).toMatchObject({
      connect: ['https://fhir.example.org'],
    })
  })

  test('is written over an earlier one, whose own files alone go, and never over anything else', () => {
    const again = join(work, 'again')
    expect(carryover('static', again).code).toBe(0)
    const list = join(again, 'site', 'about', 'build.json')
    const build = JSON.parse(readFileSync(list, 'utf8'))
    build.files['app/assets/gone-abc.js'] = '0'
    build.files['app/../../mine.txt'] = '0'
    writeFileSync(list, JSON.stringify(build))
    for (const path of ['again/site/assets/gone-abc.js', 'again/site/robots.txt', 'mine.txt'])
      writeFileSync(join(work, path), 'x')
    expect(carryover('static', again)).toMatchObject({ code: 0, err: '' })
    expect(existsSync(join(again, 'site', 'assets', 'gone-abc.js'))).toBe(false)
    expect([existsSync(join(again, 'site', 'robots.txt')), existsSync(join(work, 'mine.txt'))]).toEqual([true, true])
    const full = mkdtempSync(join(work, 'full-'))
    writeFileSync(join(full, 'notes.txt'), 'x')
    const refused = carryover('static', full)
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining('which holds other files') })
    expect(readdirSync(full)).toEqual(['notes.txt'])
    expect(carryover('static', join(work, 'a"b')).err).toContain('can not stand in its settings')
    expect(existsSync(join(work, 'a"b'))).toBe(false)
  })

  sayMissing(servers)
  describe.each(servers)('under %s', (name) => {
    test.skipIf(programOf(name) === null)(`${name} sends every header of the table`, async () => {
      const host = await startHost(name, built, join(work, name.replaceAll(' ', '-')))
      try {
        const check = carryover('serve', '--check', host.url)
        expect(check.out.split('\n').filter((line) => line.startsWith('WRONG'))).toEqual([])
        expect(check).toMatchObject({ code: 0, out: expect.stringContaining('All headers are sent.') })
        const wanted = async (path: string): Promise<void> => {
          const answer = await fetch(new URL(path, host.url))
          await answer.body?.cancel()
          const sent = Object.fromEntries(answer.headers)
          // With nosniff a style sheet of another type is not used.
          if (path.endsWith('.css')) expect(`${path} ${sent['content-type']}`).toMatch(/ text\/css\b/)
          for (const [header, value] of Object.entries(headersFor(decodeURIComponent(path), ['https://fhir.example.org'])))
            expect(`${path} ${header}: ${sent[header.toLowerCase()]}`).toBe(`${path} ${header}: ${value}`)
          const cache = answer.status === 200 ? cacheFor(decodeURIComponent(path)) : undefined
          if (cache !== undefined) expect(`${path} ${sent['cache-control']}`).toBe(`${path} ${cache}`)
          else expect(sent['cache-control'] ?? '').not.toContain('immutable')
        }
        const files = names(join(root, 'dist', 'app')).filter((path) => !path.endsWith('.gz'))
        // A path written in another way is the same file; what is missing has the headers, too.
        const worker = files.find((path) => /^workers\/validate/.test(path)) ?? ''
        for (const path of ['/', '/missing', '/workers/missing.worker-x.js', `/workers/%76${worker.slice('workers/v'.length)}`])
          await wanted(path)
        for (const path of files) await wanted(`/${path}`)
        console.log(`headers ${name} ${versionOf(name)}: ${files.length + 4} paths, every header of the table`)
      } finally {
        await host.end()
      }
    })
  })
})
