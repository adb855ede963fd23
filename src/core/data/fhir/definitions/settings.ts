/** Settings of a run that change what is said of FHIR resources; named as HL7's reference validator names them, so that two runs can be set alike. */

/** How far references are followed. */
const referenceLevels = ['IGNORE', 'CHECK_TYPE_IF_EXISTS', 'CHECK_EXISTS', 'CHECK_EXISTS_AND_TYPE'] as const
const containedLevels = ['CHECK_VALID', 'IGNORE'] as const
const adviceLevels = ['ignore', 'hint', 'warning', 'error'] as const
const bundlePolicies = ['default', 'always', 'never'] as const

export interface FhirSettings {
  /** HTML tags in plain texts are errors. */
  readonly securityChecks: boolean
  /** Anything that begins like a tag in a markdown text is an error. */
  readonly noHtmlInMarkdown: boolean
  /** Comments in JSON files are passed over. */
  readonly allowComments: boolean
  readonly validateContains: (typeof containedLevels)[number]
  readonly validateReference: (typeof referenceLevels)[number]
  /** `Type/id` is taken to exist. */
  readonly assumeValidRestReferences: boolean
  readonly bundleRelativeReferences: (typeof bundlePolicies)[number]
  /** Extensions whose address begins with one of these need no definition. */
  readonly allowedExtensionDomains: readonly string[]
  /** Addresses at example.org, example.com and example.net are accepted. */
  readonly examples: boolean
  /** What becomes of constraints that R4 marks as good practice. */
  readonly bestPractice: (typeof adviceLevels)[number]
}

export const defaultSettings: FhirSettings = {
  securityChecks: false,
  noHtmlInMarkdown: false,
  allowComments: false,
  validateContains: 'CHECK_VALID',
  validateReference: 'CHECK_EXISTS_AND_TYPE',
  assumeValidRestReferences: false,
  bundleRelativeReferences: 'default',
  allowedExtensionDomains: [],
  examples: true,
  bestPractice: 'ignore',
}

interface Setting {
  readonly name: string
  /** What may be given, for a person. */
  readonly takes: string
  readonly says: string
  /** Null where the value is none of those that may be given. */
  read(value: string, before: FhirSettings): FhirSettings | null
}

function flag(name: string, member: 'securityChecks' | 'noHtmlInMarkdown' | 'allowComments' | 'examples', says: string): Setting {
  return { name, takes: 'true or false', says, read: (value, before) => withFlag(value, (on) => ({ ...before, [member]: on })) }
}

function withFlag(value: string, set: (on: boolean) => FhirSettings): FhirSettings | null {
  return value === 'true' ? set(true) : value === 'false' ? set(false) : null
}

function oneOf<Value extends string>(values: readonly Value[], value: string): Value | null {
  return values.find((each) => each.toLowerCase() === value.toLowerCase()) ?? null
}

/** In the order in which help lists them. */
export const fhirSettings: readonly Setting[] = [
  flag('security-checks', 'securityChecks', 'HTML tags in plain texts are errors, not warnings'),
  flag('noHtmlInMarkdown', 'noHtmlInMarkdown', 'tags in markdown are errors, not warnings'),
  flag('allow-comments', 'allowComments', 'comments in JSON files are passed over'),
  {
    name: 'validateContains',
    takes: containedLevels.join(' or '),
    says: 'whether contained resources are judged',
    read: (value, before) => {
      const level = oneOf(containedLevels, value)
      return level && { ...before, validateContains: level }
    },
  },
  {
    name: 'validateReference',
    takes: referenceLevels.join(', '),
    says: 'how far references are followed',
    read: (value, before) => {
      const level = oneOf(referenceLevels, value)
      return level && { ...before, validateReference: level }
    },
  },
  {
    name: 'assumeValidRestReferences',
    takes: 'true or false',
    says: 'Type/id is taken to exist, its type is still judged',
    read: (value, before) => withFlag(value, (on) => ({ ...before, assumeValidRestReferences: on })),
  },
  {
    name: 'r5-bundle-relative-reference-policy',
    takes: bundlePolicies.join(', '),
    says: 'always: Type/id finds an entry by its fullUrl alone, as in R5; never: by type and id as well',
    read: (value, before) => {
      const policy = oneOf(bundlePolicies, value)
      return policy && { ...before, bundleRelativeReferences: policy }
    },
  },
  {
    name: 'allowed-extension-domain',
    takes: 'an address, may be given again',
    says: 'extensions that begin with it need no definition',
    read: (value, before) =>
      /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(value)
        ? { ...before, allowedExtensionDomains: [...before.allowedExtensionDomains, value] }
        : null,
  },
  flag('examples', 'examples', 'false: addresses at example.org, .com and .net are errors'),
  {
    name: 'best-practice',
    takes: adviceLevels.join(', '),
    says: 'what becomes of advice of good practice (dom-6: a resource has a narrative)',
    read: (value, before) => {
      const level = oneOf(adviceLevels, value)
      return level && { ...before, bestPractice: level }
    },
  },
  {
    name: 'no-tx',
    takes: 'true',
    says: 'no terminology server is asked; there is never one, so false is refused',
    read: (value, before) => (value === 'true' ? before : null),
  },
]

/** `name=value` each; a text says which one can not be used, and what can. */
export function readFhirSettings(given: readonly string[]): FhirSettings | string {
  let settings = defaultSettings
  for (const text of given) {
    const equals = text.indexOf('=')
    const setting = fhirSettings.find(({ name }) => name === (equals < 0 ? text : text.slice(0, equals)))
    if (setting === undefined || equals < 0)
      return `"${text}" is no setting with a value, e.g. security-checks=true. There are ${fhirSettings.map(({ name }) => name).join(', ')}.`
    const next = setting.read(text.slice(equals + 1), settings)
    if (next === null) return `${setting.name} takes ${setting.takes}, not "${text.slice(equals + 1)}".`
    settings = next
  }
  return settings
}
