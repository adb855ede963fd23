/** `carryover.json`: defaults of flags for every verb or for one, from the nearest such file upwards; flags win. */
import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { type Command, InvalidArgumentError, type Option } from 'commander'
import { everyCommand } from './common-options.ts'
import { type PlacedJson, placedJson } from './placed-json.ts'
import { UsageError } from './usage-error.ts'

export const settingsFile = 'carryover.json'

interface Settings {
  readonly path: string
  readonly root: PlacedJson
}

/** Applies the file when a verb begins, before its flags are read; `addAll` gives every verb its flags, which the names in the file are checked against. A manifest of a project has settings under "settings". */
export function applySettings(program: Command, words: readonly string[], addAll: () => Promise<void>): void {
  let settings: Settings | null | 'not yet' = 'not yet'
  let applied = false
  const groups = [program, ...everyCommand(program)].filter(({ commands }) => commands.length > 0)
  for (const group of groups)
    group.hook('preSubcommand', async (_, command) => {
      if (words.includes('--no-settings')) return
      if (settings === 'not yet') settings = nearestSettings(process.cwd())
      if (settings === null) return
      if (!applied) {
        await addAll()
        checkNames(settings, program)
      }
      const names = pathOf(command)
      if (!applied) apply(settings, settings.root, program, words)
      applied = true
      if (command.commands.length > 0) return
      const own = names.reduce<PlacedJson | undefined>((at, name) => at?.members.get(name), settings.root)
      apply(settings, settings.root, command, words)
      if (own?.kind === 'object') apply(settings, own, command, words)
    })
}

/** Names of a command below the program. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : []
}

function nearestSettings(from: string): Settings | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, settingsFile)
    let text: string | null = null
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EACCES', 'EISDIR'].includes(String(error.code))))
        throw error
    }
    if (text !== null) {
      const shown = relative(process.cwd(), path) || path
      const read = placedJson(text.replace(/^\uFEFF/, ''))
      if (typeof read === 'string')
        throw new UsageError(`${shown}, ${read}; it takes JSON. Mend it, or leave it out with --no-settings.`)
      if (read.kind !== 'object')
        throw new UsageError(`${shown}, line ${read.line}: it takes an object with the names of flags and verbs.`)
      const isManifest = read.members.has('formatVersion')
      const root = isManifest ? read.members.get('settings') : read
      if (root !== undefined) return { path: shown, root }
      if (isManifest) return null
    }
    if (dirname(folder) === folder) return null
  }
}

/** Flags of the program itself, and of any verb: a name that no verb knows is a mistake, not a wish. */
function checkNames({ path, root }: Settings, program: Command): void {
  const known = [...program.options, ...everyCommand(program).flatMap(({ options }) => options)]
  check(root, program, known)
  function check(at: PlacedJson, command: Command, options: readonly Option[]): void {
    for (const [name, value] of at.members) {
      const verb = value.kind === 'object' ? command.commands.find((one) => one.name() === name) : undefined
      if (verb)
        check(value, verb, verb.commands.length > 0 ? everyCommand(verb).flatMap(({ options: own }) => own) : verb.options)
      else if (name !== '$schema' && !options.some((option) => isCalled(option, name))) {
        const place = command === program ? 'is no flag and no verb' : `is no flag of ${pathOf(command).join(' ')}`
        throw new UsageError(
          `${path}, line ${value.line}: "${name}" ${place}; it takes the names of flags without dashes, such as "fail-on", and verbs with an object of their own.`,
        )
      }
    }
  }
}

function isCalled(option: Option, name: string): boolean {
  return (
    (option.name() === name || option.attributeName() === name || option.long === `--${name}`) &&
    !untouchable.has(option.attributeName())
  )
}

/** A file can not ask that no file be read. */
const untouchable: ReadonlySet<string> = new Set(['settings', 'version'])

function apply({ path, root }: Settings, from: PlacedJson, command: Command, words: readonly string[]): void {
  let program = command
  while (program.parent) program = program.parent
  for (const [name, value] of from.members) {
    const option = command.options.find((one) => isCalled(one, name))
    const isVerb = value.kind === 'object' && from === root && program.commands.some((one) => one.name() === name)
    if (!option || isVerb) continue
    const flags = [option.long, option.short].filter((flag) => flag !== undefined && flag !== null)
    if (words.some((word) => flags.some((flag) => word === flag || word.startsWith(`${flag}=`)))) continue
    set(command, option, value, path)
  }
}

function set(command: Command, option: Option, value: PlacedJson, path: string): void {
  const wrong = (takes: string): UsageError =>
    new UsageError(`${path}, line ${value.line}: ${option.long} got ${value.text}; ${takes}`)
  const key = option.attributeName()
  if (option.isBoolean() || option.negate) {
    if (value.kind !== 'boolean') throw wrong('it takes true or false.')
    command.setOptionValueWithSource(key, value.value === true, 'config')
    places.set(option, `${path}, line ${value.line}`)
    return
  }
  const many = option.variadic || Array.isArray(option.defaultValue)
  const items = value.kind === 'array' && many ? value.items : [value]
  let before: unknown = many ? [] : option.defaultValue
  for (const item of items) {
    if (item.kind !== 'string' && item.kind !== 'number')
      throw wrong(many ? 'it takes a text, a number, or a list of them.' : 'it takes a text or a number.')
    const text = isPath(option) ? fromFolder(path, String(item.value)) : String(item.value)
    try {
      before = option.parseArg ? option.parseArg(text, before) : many ? [...(Array.isArray(before) ? before : []), text] : text
    } catch (error) {
      if (error instanceof InvalidArgumentError)
        throw wrong(error.message.replace(/^It takes/, 'it takes').replace(/^Allowed choices are/, 'it takes'))
      if (error instanceof UsageError) throw new UsageError(`${path}, line ${item.line}: ${error.message}`)
      throw error
    }
  }
  command.setOptionValueWithSource(key, before, 'config')
  places.set(option, `${path}, line ${value.line}`)
}

/** Where the values that came from a file stand. */
const places = new WeakMap<Option, string>()

/** The place of a flag's value where it came from a file. */
export function settingPlace(option: Option): string | null {
  return places.get(option) ?? null
}

/** Whether the value of an option names a file or folder. */
export function isPath(option: Option): boolean {
  return /[<[](file|folder|folders|path|paths|dir|plan|parts)(\.\.\.)?[>\]]/.test(option.flags)
}

/** Paths in the file count from its folder, wherever the command is run. */
function fromFolder(path: string, text: string): string {
  return text === '-' ? text : relative(process.cwd(), resolve(dirname(path), text)) || '.'
}
