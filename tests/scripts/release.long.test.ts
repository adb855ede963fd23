import { afterAll, beforeAll, expect, test } from 'vitest'
import { type InstalledRelease, installRelease } from './installed-release.ts'

let release: InstalledRelease
beforeAll(() => {
  release = installRelease()
  expect(release.run('example', '--files', '--out', 'samples').code).toBe(0)
  expect(release.run('example', '--out', 'riverside', '--patients', '50').code).toBe(0)
})
afterAll(() => release.remove())

/** Words of each verb and subcommand that has an example in its help. */
function commands(): readonly (readonly string[])[] {
  const named = (help: string) => [...help.matchAll(/^ {2}([a-z]+) +(?:\[|\w)/gm)].map(([, name = '']) => name)
  const list = (help: string) => help.slice(help.indexOf('Commands:'), help.indexOf('Example'))
  return named(list(release.run('--help').out)).flatMap((verb) => {
    const { out } = release.run(verb, '--help')
    return out.includes('Commands:') ? named(list(out)).map((name) => [verb, name]) : [[verb]]
  })
}

test('every verb runs its example', () => {
  const ran: string[] = []
  for (const words of commands().filter((words) => !words.includes('help'))) {
    const { out } = release.run(...words, '--help')
    const lines = [...out.slice(out.indexOf('Example')).matchAll(/^ {2}carryover (.+)$/gm)].map(([, line = '']) => line)
    // Other verbs name first what writes the files that they read; it ran before, and takes a new folder alone.
    const isWriter = words[0] === 'example'
    const found = lines.find((line) => isWriter || !line.startsWith('example ')) ?? ''
    const example = isWriter ? found.replace('riverside', 'riverside-anew') : found
    // Who serves or works waits to be stopped and is tried by itself; the server of a team needs packages that are optional.
    if (words[0] === 'serve' || words[0] === 'worker') continue
    const done = release.run(...example.split(' ').map((word) => word.replace(/^"(.*)"$/, '$1')))
    if (words[0] === 'team')
      expect(done, example).toMatchObject({ code: 3, err: expect.stringContaining('which is not installed') })
    else expect([0, 1], `${example}: ${done.err}`).toContain(done.code)
    ran.push(words.join(' '))
  }
  expect(ran.length).toBeGreaterThanOrEqual(26)
  console.log(`verbs ${ran.length} verbs and subcommands ran their examples, 0 failed`)
})
