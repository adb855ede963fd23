/** What the parser of the command line found wrong, as one sentence that names the flag, what it got and what it takes. */
import type { Command, CommanderError, Option } from 'commander'

/** Null where help was shown already. */
export function usageSentence({ code, message }: CommanderError, command: Command): string | null {
  const words = message.replace(/^error: /, '')
  const hint = /\(Did you mean (?:one of )?([^?]*)\?\)/.exec(words)?.[1]
  const meant = hint === undefined ? '' : ` Did you mean ${hint}?`
  const flag = /option '(?:-\w, )?(--[\w-]+)/.exec(words)?.[1] ?? ''
  switch (code) {
    case 'commander.invalidArgument': {
      const [, got = '', takes = ''] =
        /(?:argument|value) '([\s\S]*)' is invalid(?: for argument '[^']*')?\. ([\s\S]*)$/.exec(words) ?? []
      const name = flag || `<${/for argument '([^']*)'/.exec(words)?.[1] ?? ''}>`
      const sentence = takes.replace(/^Allowed choices are /, 'It takes ').replace(/^It takes/, 'it takes')
      return `${name} got "${got}"; ${sentence}`
    }
    case 'commander.unknownOption':
      return `${nameOf(command)} has no option ${/unknown option '([^']*)'/.exec(words)?.[1] ?? ''}.${meant}`
    case 'commander.optionMissingArgument':
      return `${flag} got nothing; it takes ${takesOf(command, flag)}.`
    case 'commander.missingMandatoryOptionValue':
      return `${flag} is missing; it takes ${takesOf(command, flag)}.`
    case 'commander.missingArgument': {
      const name = /argument '([^']*)'/.exec(words)?.[1] ?? ''
      const argument = command.registeredArguments.find((one) => one.name() === name)
      return `${nameOf(command)} got no <${name}>; it takes ${argument?.description ?? 'one'}.`
    }
    case 'commander.excessArguments': {
      const expected = command.registeredArguments.length
      const got = /but got (\d+)/.exec(words)?.[1] ?? 'more'
      return `${nameOf(command)} got ${got} inputs; it takes ${expected === 0 ? 'none' : expected === 1 ? 'one' : `at most ${expected}`}.`
    }
    case 'commander.unknownCommand':
      return `There is no verb "${/unknown command '([^']*)'/.exec(words)?.[1] ?? ''}".${meant || ` ${nameOf(command)} --help lists all.`}`
    case 'commander.help':
      return null
    default:
      return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
  }
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
}

function takesOf(command: Command, flag: string): string {
  for (let at: Command | null = command; at; at = at.parent) {
    const option: Option | undefined = at.options.find(({ long }) => long === flag)
    if (option) return option.description
  }
  return 'a value'
}
