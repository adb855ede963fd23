/** `docs/reference/verbs`: a page for each verb, made from its flags, inputs, help and exit codes. */
import type { Argument, Command, Option } from 'commander'
import { exitCodes } from '../shell/exit-codes.ts'

const made = '`npm run reference-pages` makes this page from the code.'

/** Text by name below `docs/reference/verbs`; the program has all its verbs loaded. */
export function verbDocuments(program: Command): ReadonlyMap<string, string> {
  const files = new Map(program.commands.map((verb) => [`${verb.name()}.md`, verbPage(verb)]))
  const rows = program.commands.map((verb) => [`[\`carryover ${verb.name()}\`](${verb.name()}.md)`, cell(verb.description())])
  const parts = [
    '# Verbs of the command line',
    `[How the command line behaves](../command-line.md) says what all verbs share. ${made}`,
    table(['Verb', 'Does'], rows),
    '## Options of every verb',
    'They stand before or after the verb.',
    optionTable(program.options),
    '## Exit codes',
    exitTable(null),
  ]
  return files.set('README.md', page(parts))
}

function verbPage(verb: Command): string {
  const below = verb.commands.map((command) => [`## ${verb.name()} ${command.name()}`, ...body(command, '###')])
  return page([
    `# carryover ${verb.name()}`,
    `[All verbs](README.md)`,
    ...body(verb, '##'),
    ...below.flat(),
    '## Exit codes',
    exitTable(verb.name()),
    `[Options of every verb](README.md#options-of-every-verb), such as \`--quiet\`, are taken as well. ${made}`,
  ])
}

/** What one command says of itself, under headings of a level. */
function body(command: Command, level: string): readonly string[] {
  const inputs = command.registeredArguments
  const help = helpAfter(command)
  return [
    sentence(cell(command.description())),
    `\`\`\`text\n${command.createHelp().commandUsage(command)}\n\`\`\``,
    ...(command.commands.length > 0
      ? [
          table(
            ['Below it', 'Does'],
            command.commands.map((one) => [`\`${one.name()}\``, cell(one.description())]),
          ),
        ]
      : []),
    ...(inputs.length > 0 ? [`${level} Inputs`, table(['Input', 'What it is'], inputs.map(inputRow))] : []),
    ...(command.options.length > 0 ? [`${level} Options`, optionTable(command.options)] : []),
    ...(help === '' ? [] : [`${level} Examples`, `\`\`\`text\n${help}\n\`\`\``]),
  ]
}

function inputRow(argument: Argument): readonly string[] {
  const name = argument.variadic ? `${argument.name()}…` : argument.name()
  const choices = argument.argChoices === undefined ? '' : ` One of ${argument.argChoices.join(', ')}.`
  return [`\`${name}\``, `${cell(argument.description)}${argument.required ? '' : ' (may be left out)'}${choices}`]
}

function optionTable(options: readonly Option[]): string {
  return table(
    ['Option', 'Does'],
    options.map((option) => {
      const choices = saysChoices(option) ? '' : ` One of ${option.argChoices?.join(', ')}.`
      const value: unknown = option.defaultValue
      const isShown = (typeof value === 'string' && value !== '') || typeof value === 'number'
      const standard = isShown ? ` Without it: ${value}.` : ''
      const must = option.mandatory ? ' Has to be given.' : ''
      return [
        `\`${option.flags.replaceAll('|', '\\|')}\``,
        `${cell(option.description)}.${choices}${standard}${must}`.replace(/\.\./g, '.'),
      ]
    }),
  )
}

/** True where the words of an option name all its choices, or it takes any value. */
function saysChoices({ argChoices, description }: Option): boolean {
  return argChoices?.every((choice) => description.includes(choice)) ?? true
}

function exitTable(verb: string | null): string {
  const known = exitCodes.filter(({ only }) => verb === null || only === undefined || only === verb)
  return table(
    ['Code', 'Means'],
    known.map(({ code, means, only }) => [
      String(code),
      only === undefined || verb === only ? means : `${means} (${only} alone)`,
    ]),
  )
}

/** The text that the help of a command ends with: its examples and what else they need. */
function helpAfter(command: Command): string {
  const output = command.configureOutput()
  const pieces: string[] = []
  command.configureOutput({ ...output, writeOut: (text) => pieces.push(text) })
  command.outputHelp()
  command.configureOutput(output)
  const before = command.helpInformation()
  const whole = pieces.join('')
  return whole
    .slice(whole.indexOf(before) + before.length)
    .trim()
    .replace(/^Examples?:\n/, '')
    .trimEnd()
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`
}

/** What a table or a page would take for marks. */
function cell(text: string): string {
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|')
    .replace(/</g, '&lt;')
}

function page(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`
}
