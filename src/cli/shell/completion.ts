/** `carryover completion <shell>`: a script that completes verbs, flags, their choices and files, made from the verbs as they are. */
import { Argument, type Command, type Option } from 'commander'
import { printOut } from './print.ts'
import { isPath } from './settings.ts'

const shells = ['bash', 'zsh', 'fish'] as const
type Shell = (typeof shells)[number]

export function addCompletion(command: Command): void {
  command
    .addArgument(new Argument('<shell>', 'bash, zsh or fish').choices(shells))
    .addHelpText(
      'after',
      `
Example:
  carryover completion bash

Put to use:
  bash   carryover completion bash > ~/.local/share/bash-completion/completions/carryover
  zsh    carryover completion zsh > "\${fpath[1]}/_carryover"    (a folder of fpath, before compinit)
  fish   carryover completion fish > ~/.config/fish/completions/carryover.fish
`,
    )
    .action((shell: Shell) => {
      printOut({ bash, zsh, fish }[shell](wordsOf(command.parent ?? command)))
    })
}

interface Flag {
  readonly name: string
  readonly about: string
  /** What its value may be: one of a list, a file, something else, or nothing. */
  readonly value: readonly string[] | 'file' | 'text' | null
}

interface Verb {
  /** `sample size` */
  readonly path: string
  readonly about: string
  /** Names of the verbs below it. */
  readonly below: readonly string[]
  readonly flags: readonly Flag[]
  /** Choices of its first input; files otherwise. */
  readonly inputs: readonly string[] | 'file'
}

/** The program itself comes first, with an empty path. */
function wordsOf(program: Command): Verb[] {
  const common = program.options.map(flagOf)
  const verbs = (command: Command, path: string): Verb[] => [
    {
      path,
      about: command.description(),
      below: command.commands.map((one) => one.name()),
      flags: [
        ...(command === program ? [] : command.options.map(flagOf)),
        ...common,
        { name: '--help', about: 'what it does and takes', value: null },
      ],
      inputs: command.registeredArguments[0]?.argChoices ?? 'file',
    },
    ...command.commands.flatMap((one) => verbs(one, `${path} ${one.name()}`.trim())),
  ]
  return verbs(program, '')
}

function flagOf(option: Option): Flag {
  const takes = option.required || option.optional
  // Some verbs check a list of values themselves; its words are those of the help.
  const listed = /^(?:one of |exit with 1 from this severity on: )?((?:[\w-]+, )+[\w-]+(?: or [\w-]+)?)(?:;|$)/.exec(
    option.description,
  )?.[1]
  const choices = option.argChoices ?? (/^(text or json)/.test(option.description) ? ['text', 'json'] : listed?.split(/, | or /))
  return {
    name: option.long ?? option.short ?? '',
    about: option.description,
    value: !takes ? null : (choices ?? (isPath(option) ? 'file' : 'text')),
  }
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** No option of bash's own completion package is needed. */
function bash(verbs: readonly Verb[]): string {
  const flagCase = (verb: Verb): string =>
    verb.flags
      .flatMap(({ name, value }) =>
        value === null
          ? []
          : [
              `      ${quoted(`${verb.path}:${name}`)}) ${value === 'file' ? 'files=1' : value === 'text' ? 'words=""' : `words=${quoted(value.join(' '))}`}; value=1 ;;`,
            ],
      )
      .join('\n')
  const verbCase = (verb: Verb): string =>
    `    ${quoted(verb.path)}) flags=${quoted(verb.flags.map(({ name }) => name).join(' '))}; below=${quoted(verb.below.join(' '))}; inputs=${quoted(verb.inputs === 'file' ? '' : verb.inputs.join(' '))} ;;`
  return `# Completion of carryover for bash.
_carryover() {
  local word previous path="" flags="" below="" inputs="" words="" files="" value="" i
  word="\${COMP_WORDS[COMP_CWORD]}"
  previous="\${COMP_WORDS[COMP_CWORD-1]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case " ${verbs
      .map(({ path }) => path.replaceAll(' ', '/'))
      .filter(Boolean)
      .join(' ')} " in
      *" \${path:+\${path// //}/}\${COMP_WORDS[i]} "*) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path" in
${verbs.map(verbCase).join('\n')}
  esac
  case "$previous" in
    -*) case "$path:$previous" in
${verbs.map(flagCase).filter(Boolean).join('\n')}
    esac ;;
  esac
  COMPREPLY=()
  if [[ -z "$value" ]]; then
    if [[ "$word" == -* ]]; then words="$flags"
    elif [[ -n "$below" ]]; then words="$below"
    elif [[ -n "$inputs" ]]; then words="$inputs"
    else files=1
    fi
  fi
  local IFS=$'\\n'
  if [[ -n "$files" ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$word"))
  else
    COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$word"))
  fi
}
complete -F _carryover carryover
`
}

function zsh(verbs: readonly Verb[]): string {
  const plain = (text: string): string => text.replace(/[[\]:\\]/g, ' ').replaceAll("'", '’')
  const flag = ({ name, about, value }: Flag): string => {
    const action =
      value === null ? '' : value === 'file' ? ':file:_files' : value === 'text' ? ':value: ' : `:value:(${value.join(' ')})`
    return `'*${name}[${plain(about)}]${action}'`
  }
  const named = (path: string): string => `_carryover${path === '' ? '' : `_${path.replaceAll(/[ -]/g, '_')}`}`
  const body = (verb: Verb): string => {
    if (verb.below.length === 0) {
      const rest = verb.inputs === 'file' ? `'*:file:_files'` : `'1:word:(${verb.inputs.join(' ')})'`
      return `${named(verb.path)}() {\n  _arguments -s \\\n${[...verb.flags.map(flag), rest].map((line) => `    ${line}`).join(' \\\n')}\n}`
    }
    const below = verb.below.map((name) => {
      const path = `${verb.path} ${name}`.trim()
      return { name, path, about: verbs.find((one) => one.path === path)?.about ?? '' }
    })
    return `${named(verb.path)}() {
  local line state
  _arguments -C \\
${verb.flags.map((one) => `    ${flag(one)} \\`).join('\n')}
    '1:verb:->verbs' \\
    '*::rest:->rest'
  case $state in
    verbs)
      local -a verbs
      verbs=(
${below.map(({ name, about }) => `        '${name}:${plain(about)}'`).join('\n')}
      )
      _describe verb verbs ;;
    rest)
      case $line[1] in
${below.map(({ name, path }) => `        ${name}) ${named(path)} ;;`).join('\n')}
      esac ;;
  esac
}`
  }
  return `#compdef carryover
# Completion of carryover for zsh.
${verbs.map(body).join('\n\n')}

if [ "$funcstack[1]" = "_carryover" ]; then
  _carryover "$@"
else
  compdef _carryover carryover
fi
`
}

function fish(verbs: readonly Verb[]): string {
  const q = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines: string[] = []
  for (const verb of verbs) {
    const [first = '', second = ''] = verb.path.split(' ')
    const siblings = verbs.find(({ path }) => path === verb.path)?.below ?? []
    const inside =
      verb.path === ''
        ? '__fish_use_subcommand'
        : `__fish_seen_subcommand_from ${second || first}${second ? '' : siblings.length > 0 ? `; and not __fish_seen_subcommand_from ${siblings.join(' ')}` : ''}`
    const when = second ? `__fish_seen_subcommand_from ${first}; and ${inside}` : inside
    for (const name of verb.below) {
      const about = verbs.find(({ path }) => path === `${verb.path} ${name}`.trim())?.about ?? ''
      lines.push(`complete -c carryover -n ${q(when)} -f -a ${name} -d ${q(about)}`)
    }
    if (verb.inputs !== 'file') lines.push(`complete -c carryover -n ${q(when)} -f -a ${q(verb.inputs.join(' '))}`)
    for (const { name, about, value } of verb.flags)
      lines.push(
        `complete -c carryover -n ${q(when)} -l ${name.slice(2)}${value === null ? '' : value === 'file' ? ' -r -F' : value === 'text' ? ' -x' : ` -x -a ${q(value.join(' '))}`} -d ${q(about)}`,
      )
  }
  return `# Completion of carryover for fish.\n${lines.join('\n')}\n`
}
