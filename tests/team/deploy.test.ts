/** The files for whoever sets a server up: every flag, variable and path in them is one that there is. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildProgram, run } from '../../src/cli/program.ts'

const root = new URL('../../', import.meta.url).pathname
const read = (name: string): string => readFileSync(join(root, 'docs/deploy', name), 'utf8')

const flagsOf = async (): Promise<ReadonlySet<string>> => {
  const program = await buildProgram(['team'])
  const team = program.commands.find((command) => command.name() === 'team')
  return new Set([...(team?.options ?? [])].map(({ long }) => long ?? ''))
}

test('the server is started with flags that it has', async () => {
  const known = await flagsOf()
  const lines = [
    ...read('carryover-team.service').matchAll(/^ExecStart=.*$/gm),
    ...read('Dockerfile').matchAll(/^ENTRYPOINT.*$/gm),
    ...read('compose.yaml').matchAll(/^ {4}command:.*$/gm),
    ...read('README.md').matchAll(/^.*\bteam\b.*--.*$/gm),
    ...read('README.md').matchAll(/^\| .*`--.*$/gm),
  ].map(([line]) => line)
  const used = new Set(lines.flatMap((line) => [...line.matchAll(/--[a-z][a-z-]+/g)].map(([flag]) => flag)))
  expect(lines.length).toBeGreaterThan(6)
  expect([...used].filter((flag) => !known.has(flag))).toEqual([])
})

test('paths, variables and pages that the files name are there', () => {
  const docker = read('Dockerfile')
  for (const [, path = ''] of docker.matchAll(/\/opt\/carryover\/([\w.]+) \.\//g))
    expect(existsSync(join(root, path)) || path === 'dist', path).toBe(true)
  const program =
    readFileSync(join(root, 'src/cli/team/serve-team.ts'), 'utf8') +
    readFileSync(join(root, 'src/cli/team/open-database.ts'), 'utf8')
  for (const [variable] of read('README.md').matchAll(/\b(?:DATABASE_URL|OIDC_[A-Z_]+)\b/g)) expect(program).toContain(variable)
  for (const [, link = ''] of read('README.md').matchAll(/\]\(([^)]+)\)/g))
    if (!link.startsWith('https:')) expect(existsSync(join(root, 'docs/deploy', link)), link).toBe(true)
})

test.each([
  [['--host', '0.0.0.0'], '--host got "0.0.0.0", which others can reach'],
  [['--host', '0.0.0.0', '--behind-proxy', '10.0.0.1'], '--origin is missing'],
  [['--origin', 'http://clinic.example'], 'has to begin with https://'],
  [['--origin', 'https://clinic.example/x'], 'scheme, host and port alone'],
  [['--tls-cert', 'x.pem'], '--tls-cert and --tls-key go together'],
  [['--port', 'x'], '--port got "x"'],
])('a server that would stand open does not start: %j', async (words, sentence) => {
  const said: string[] = []
  const write = process.stderr.write
  process.stderr.write = (text: string | Uint8Array) => said.push(String(text)) > 0
  try {
    expect(await run(['team', '--data', '/nowhere', ...words])).toBe(2)
  } finally {
    process.stderr.write = write
  }
  expect(said.join('')).toContain(sentence)
})
