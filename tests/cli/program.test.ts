/** The contract of the command line, for every verb and every flag there is: run inside this process, so that all of them can be walked. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Option } from 'commander'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { everyCommand } from '../../src/cli/shell/common-options.ts'
import { isPath } from '../../src/cli/shell/settings.ts'

vi.stubGlobal('__VERSION__', '0.0.0')
const { buildProgram, run } = await import('../../src/cli/program.ts')

interface Said {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What a run says; nothing of it reaches the terminal of the tests. */
async function said(...words: readonly string[]): Promise<Said> {
  const text = { out: '', err: '' }
  const to = (name: 'out' | 'err') => (chunk: string | Uint8Array) => {
    text[name] += String(chunk)
    return true
  }
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(to('out'))
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(to('err'))
  const before = process.exitCode
  try {
    return { code: await run(words), ...text }
  } finally {
    process.exitCode = before
    out.mockRestore()
    err.mockRestore()
  }
}

let folder: string
const home = process.cwd()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carryover-program-'))
})
afterEach(() => process.chdir(home))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const program = await buildProgram('all')
const leaves = everyCommand(program).filter(({ commands }) => commands.length === 0)
const pathOf = (command: Command): string[] => (command.parent ? [...pathOf(command.parent), command.name()] : [])

/** Enough words for the parser to reach the flag at hand; nothing of it exists. */
function wordsOf(command: Command, but?: Option): string[] {
  const inputs = command.registeredArguments.flatMap((argument) =>
    argument.required ? [argument.argChoices?.[0] ?? join(folder, 'nothing')] : [],
  )
  const flags = command.options.flatMap((option) =>
    option.mandatory && option !== but && option.long ? [option.long, goodValue(option)] : [],
  )
  return [...pathOf(command), ...inputs, ...flags]
}

/** A value that the parser takes for a flag that has to be there. */
function goodValue(option: Option): string {
  const good: Readonly<Record<string, string>> = { share: '0.5', number: '10', digits: '01234567890123456789', day: '2999-01-01' }
  if (option.long === '--good') return '0.1'
  return good[/<([^>]+)>/.exec(option.flags)?.[1] ?? ''] ?? 'x'
}

/** A value that the flag can not take, and null where it takes any text. */
function badValue(option: Option): string | null {
  const metavar = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1] ?? ''
  if (option.argChoices || /^(?:one of |text|json|critical|current or|exit with)/.test(option.description))
    return 'no-such-choice'
  if (/^(n|number|share|p|i\/K|digits)$/.test(metavar) && !/or per stratum|or "infinite"/.test(option.description)) return 'x'
  if (/^(day|date)$/.test(metavar)) return '2026-02-30'
  return null
}

describe.each(leaves.map((command) => [pathOf(command).join(' '), command] as const))('%s', (name, command) => {
  test('help has a description for every flag, the common flags and a worked example', async () => {
    const { code, out } = await said(...name.split(' '), '--help')
    expect(code).toBe(0)
    for (const flag of ['--quiet', '--no-color', '--debug', '--jobs', '--no-settings', '--help']) expect(out).toContain(flag)
    expect(out).toMatch(/Examples?:\n {2}carryover /)
    for (const { long, description } of command.options) expect(`${long}: ${description}`).toMatch(/: (\S+ ?){2,}/)
  })

  test('an unknown flag and every bad value are one sentence with the flag, what it got, and the usage', async () => {
    const wrong: [string[], string, string][] = [
      [[...wordsOf(command), '--no-such-flag'], '--no-such-flag', ''],
      [[...wordsOf(command), '--jobs', '0'], '--jobs', '"0"'],
      [[...wordsOf(command), '--jobs', 'many'], '--jobs', '"many"'],
      [[...wordsOf(command), '--jobs', '1.5'], '--jobs', '"1.5"'],
    ]
    for (const option of command.options) {
      const bad = badValue(option)
      if (bad !== null && option.long) wrong.push([[...wordsOf(command, option), option.long, bad], option.long, `"${bad}"`])
      if (option.required && option.long) wrong.push([[...wordsOf(command, option), option.long], option.long, ''])
      if (option.mandatory && option.long) wrong.push([wordsOf(command, option), option.long, ''])
    }
    const [first] = command.registeredArguments
    const mandatory = wordsOf(command).slice(
      pathOf(command).length + command.registeredArguments.filter(({ required }) => required).length,
    )
    if (first?.required) wrong.push([[...pathOf(command), ...mandatory], `<${first.name()}>`, ''])
    for (const [words, flag, got] of wrong) {
      const { code, out, err } = await said(...words)
      expect({ words, code, out }).toEqual({ words, code: 2, out: '' })
      const [sentence = '', usage = '', ...more] = err.trimEnd().split('\n')
      expect(sentence).toContain(flag)
      expect(sentence).toContain(got)
      expect(usage).toMatch(/^Usage: carryover /)
      expect(more).toEqual([])
    }
  })

  test('the common flags are taken before and after the verb', async () => {
    for (const flags of [['--quiet'], ['--no-color'], ['--debug'], ['--jobs', '3'], ['--no-settings']]) {
      expect((await said(...flags, ...name.split(' '), '--help')).code).toBe(0)
      expect((await said(...wordsOf(command), ...flags, '--no-such-flag')).err).toMatch(
        /^carryover .* has no option --no-such-flag\./,
      )
    }
  })

  test('an input that is not there is named, without a stack', async () => {
    const [first] = command.registeredArguments
    if (!first || first.argChoices || name === 'serve') return
    const { code, err } = await said(...wordsOf(command), ...(first.required ? [] : [join(folder, 'nothing')]))
    expect([2, 3]).toContain(code)
    expect(err).not.toMatch(/^\s+at /m)
    expect(err).not.toContain('error of its own')
  })
})

test('verbs, groups and numbers of inputs that do not exist are told in a sentence', async () => {
  expect(await said('validat')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^There is no verb "validat"\. Did you mean validate\?\nUsage: /),
  })
  expect(await said('sample', 'sizes')).toMatchObject({ code: 2, err: expect.stringMatching(/^There is no verb "sizes"/) })
  expect(await said('agreement', 'a', 'b')).toMatchObject({ code: 2, err: expect.stringMatching(/got 2 inputs; it takes one\./) })
  expect((await said()).code).toBe(2)
  expect((await said('--version')).code).toBe(0)
})

const csv = 'id,name\n1,Ann\n2,Bo\n'

describe('inputs', () => {
  const at = (...path: readonly string[]): string => join(folder, 'inputs', ...path)
  beforeAll(() => {
    for (const path of [[], ['deep', 'er'], ['empty'], ['.hidden'], ['papers'], ['only-folders', 'one']])
      mkdirSync(at(...path), { recursive: true })
    for (const path of [
      ['a.csv'],
      ['b.csv'],
      ['c[1].csv'],
      ['deep', 'd.csv'],
      ['deep', 'er', 'e.csv'],
      ['.hidden', 'h.csv'],
      ['papers', 'README.md'],
      ['only-folders', 'one', 'f.csv'],
    ])
      writeFileSync(at(...path), csv)
    symlinkSync(at(), at('deep', 'loop'))
    symlinkSync(at('gone'), at('dangling.csv'))
    symlinkSync(at('a.csv'), at('linked.csv'))
  })
  const names = async (...inputs: readonly string[]): Promise<string[]> => {
    const { out, err, code } = await said(
      'validate',
      ...inputs.map((input) => at(input)),
      '--format',
      'json',
      '--fail-on',
      'never',
      '--quiet',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    return JSON.parse(out).inputs.map(({ path }: { path: string }) => path.slice(at().length + 1))
  }

  test.each([
    [['*.csv'], ['a.csv', 'b.csv', 'c[1].csv', 'linked.csv']],
    [['**/*.csv'], ['a.csv', 'b.csv', 'c[1].csv', 'deep/d.csv', 'deep/er/e.csv', 'linked.csv', 'only-folders/one/f.csv']],
    [['deep/**'], ['deep/d.csv', 'deep/er/e.csv']],
    [['{b,a}.csv'], ['a.csv', 'b.csv']],
    [['{deep/{d,x},a}.csv'], ['a.csv', 'deep/d.csv']],
    [['[!a].csv'], ['b.csv']],
    [
      ['[a-b].csv', 'a.csv'],
      ['a.csv', 'b.csv'],
    ],
    [['?.csv'], ['a.csv', 'b.csv']],
    [['c[1].csv'], ['c[1].csv']],
    [['*/d.csv'], ['deep/d.csv']],
    [['.hidden/*'], ['.hidden/h.csv']],
  ])('%j are these files, sorted and once', async (given, found) => {
    expect(await names(...given)).toEqual(found)
  })

  test.each([
    ['empty', /The folder .*empty is empty\./],
    ['papers', /holds no data, only README\.md/],
    ['only-folders', /holds no files, but 1 folder\. Give ".*only-folders\/\*\*"/],
    ['.hidden/../gone.csv', /There is no file or folder .*gone\.csv\. Check the spelling/],
    ['gone/x.csv', /the folder .*gone is not there either/],
    ['dangling.csv', /is a link that leads nowhere/],
    ['empty/*.csv', /No file matches ".*"; .*empty holds nothing\./],
    ['gone/*.csv', /No file matches ".*": there is no folder .*gone\./],
    ['*.xlsx', /No file matches ".*\.xlsx"; .* holds \d+ other names\./],
  ])('%s has a sentence of its own', async (input, words) => {
    const { code, err } = await said('validate', at(input))
    expect(err).toMatch(words)
    expect(code).toBe(3)
  })

  test('standard input stands for one input', async () => {
    expect(await said('validate', '-', '-')).toMatchObject({ code: 2, err: expect.stringContaining('"-" was given twice') })
  })

  test('the result is the same for any number of jobs', async () => {
    const results = []
    for (const jobs of ['1', '2', '64']) {
      const { run: _, ...rest } = JSON.parse((await said('validate', at('a.csv'), '--format', 'json', '--jobs', jobs)).out)
      results.push(JSON.stringify(rest))
    }
    expect(new Set(results).size).toBe(1)
  })
})

describe('carryover.json', () => {
  const write = (text: string): void => {
    mkdirSync(join(folder, 'set', 'sub'), { recursive: true })
    writeFileSync(join(folder, 'set', 'carryover.json'), text)
    process.chdir(join(folder, 'set', 'sub'))
  }
  const size = ['sample', 'size', '--population', '5000', '--format', 'json']
  const plain = { n: 58, claim: expect.stringContaining('at most 5 %') }

  test('the nearest one upwards gives flags, per verb and for all; flags win; --no-settings leaves it out', async () => {
    write('{ "quiet": true, "sample": { "size": { "tolerable": 0.05 } } }')
    expect(JSON.parse((await said(...size)).out)).toEqual(plain)
    expect(JSON.parse((await said(...size, '--tolerable', '0.01')).out).claim).toContain('at most 1 %')
    expect((await said(...size, '--no-settings')).err).toMatch(/^--tolerable is missing/)
    write('{ "tolerable": "0.05" }')
    expect(JSON.parse((await said(...size)).out)).toEqual(plain)
    write('{ "formatVersion": 1, "id": "x", "settings": { "tolerable": 0.05 } }')
    expect(JSON.parse((await said(...size)).out)).toEqual(plain)
  })

  test('lists and paths: a path counts from the folder of the settings, and a flag replaces the list', async () => {
    write('{ "validate": { "schema": ["schema.json"], "failOn": "never", "format": "json" } }')
    writeFileSync(join(folder, 'set', 'data.csv'), csv)
    writeFileSync(
      join(folder, 'set', 'schema.json'),
      JSON.stringify({
        fields: [
          { name: 'id', type: 'string' },
          { name: 'name', type: 'integer' },
        ],
      }),
    )
    const told = await said('validate', '../data.csv')
    expect(JSON.parse(told.out).summary.error).toBe(2)
    expect(told.code).toBe(0)
    const other = await said('validate', '../data.csv', '--format', 'csv')
    expect(other.out).toMatch(/^\S*code/)
  })

  test.each([
    ['{ "quiet": true,\n "validate": { "failing": 1 } }', /carryover\.json, line 2: "failing" is no flag of validate/],
    ['{\n\n "valdate": {} }', /carryover\.json, line 3: "valdate" is no flag and no verb/],
    ['{ "quiet": "yes" }', /carryover\.json, line 1: --quiet got "yes"; it takes true or false/],
    ['{\n "jobs": 0 }', /carryover\.json, line 2: --jobs got 0; it takes a whole number from 1/],
    [
      '{\n "fail-on": "sometimes" }',
      /carryover\.json, line 2: --fail-on got "sometimes"; it takes critical, error, warning, never/,
    ],
    ['{ "validate": {\n\n "format": "xml" } }', /--format got "xml"; it takes .* It stands in .*carryover\.json, line 3\./],
    ['{ "schema": [{}] }', /line 1: --schema got \[\{\}\]; it takes a text, a number, or a list/],
    ['{ "schema": {} }', /line 1: --schema got \{\}; it takes a text, a number, or a list/],
    ['{ "quiet": true\n "jobs": 1 }', /carryover\.json, line 2: "," or "\}" is missing/],
    ['{ "quiet": true, "quiet": false }', /"quiet" stands twice/],
    ['[]', /it takes an object/],
    ['{ "settings": false }', /"settings" is no flag/],
  ])('%j is refused with file, line and what it takes', async (text, words) => {
    write(text)
    const { code, err } = await said('validate', '../sub')
    expect(err).toMatch(words)
    expect(code).toBe(2)
  })

  test('a folder of data with settings beside it is no project', async () => {
    write('{ "quiet": true }')
    writeFileSync(join(folder, 'set', 'data.csv'), csv)
    const { out, code } = await said('validate', '..', '--format', 'json', '--fail-on', 'never')
    expect(code).toBe(0)
    expect(JSON.parse(out).inputs.map(({ path }: { path: string }) => path)).toContain('../data.csv')
  })
})

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish'])('the script for %s names every verb and every flag', async (shell) => {
    const { code, out } = await said('completion', shell)
    expect(code).toBe(0)
    for (const command of leaves) {
      expect(out).toContain(command.name())
      for (const { long } of command.options) expect(out).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : long)
    }
  })

  test('a file is offered where a flag takes one', () => {
    const validate = leaves.find((command) => command.name() === 'validate')
    const flags = validate?.options.filter(isPath).map(({ long }) => long)
    expect(flags).toEqual(expect.arrayContaining(['--schema', '--out', '--checks', '--ig', '--baseline']))
  })
})
