/** `docs/reference/workflow-files`: a page for each file of a workflow, its members read off their schemas. */

import type { Schema } from '../../values/document.ts'
import { type DocumentMember, membersOf } from '../../values/document-members.ts'
import { alsoCalled, stepColumns } from '../../workflow/interop/step-list.ts'
import { distribution } from '../../workflow/map/distribution.ts'
import { scenarioDocument } from '../../workflow/map/scenario.ts'
import { graphDocument, media, nodeTypes, stepKinds, traceDocument } from '../../workflow/map/workflow.ts'
import { columnWords, mapWords, scenarioWords, traceWords } from './map-member-words.ts'

const made = '`npm run reference-pages` makes this page from the code.'
const all = '[All files of a workflow](README.md)'

/** Text by name below `docs/reference/workflow-files`. */
export function mapDocuments(): ReadonlyMap<string, string> {
  return new Map([
    [
      'map.md',
      page(
        'Workflow map',
        '`current.json` and `future.json` hold a map each. A member that is left out says that nobody knows. Members that are not listed are kept and not read.',
        `${memberTable(graphDocument, mapWords)}\n\n${distributionTable()}`,
      ),
    ],
    [
      'trace.md',
      page(
        'Trace',
        '`trace.json` holds a list of links: which steps of tomorrow a step of today became. Steps are named by their ids.',
        memberTable(traceDocument, traceWords),
      ),
    ],
    [
      'scenario.md',
      page(
        'Scenario',
        '`scenario.json` says how both maps are run. Names that no map and no reader knows are reported, with the nearest name.',
        `${memberTable(scenarioDocument, scenarioWords)}\n\n\`*\` is a name that you choose, or the id of a lane or a step.\n\n${distributionTable()}`,
      ),
    ],
    ['step-list.md', page('Table of steps', stepListWords, `## Columns of a CSV file\n\n${columnTable()}`)],
    ['README.md', overview],
  ])
}

function page(title: string, words: string, body: string): string {
  return `# ${title}\n\n${all}\n\n${words}\n\n${body}\n\n[A complete example](README.md#a-complete-example). ${made}\n`
}

/** @throws where a member has no words, or words have no member */
function memberTable(schema: Schema, words: Readonly<Record<string, string>>): string {
  const members = membersOf(schema)
  const odd = [
    ...members.filter(({ path }) => words[path] === undefined).map(({ path }) => `${path} has no words`),
    ...Object.keys(words).filter((path) => !members.some((member) => member.path === path)),
  ]
  if (odd.length > 0) throw new Error(`Members of a workflow file and their words differ: ${odd.join(', ')}`)
  const rows = members.map((member) => `| \`${member.path}\` | ${words[member.path]} | ${takesOf(member)} | ${without(member)} |`)
  return `| Member | What it says | What it takes | Left out |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
}

function takesOf({ takes }: DocumentMember): string {
  if (takes.startsWith('a distribution')) return '[a distribution](#distributions)'
  if (takes.startsWith('one of ')) return `one of ${listed(takes.slice(7).split(', '))}`
  if (takes.startsWith('"')) return `\`${takes}\``
  return takes === '' ? 'the members below' : takes
}

function without({ otherwise }: DocumentMember): string {
  if (otherwise === undefined) return 'has to be given'
  if (otherwise === null || otherwise === '') return ''
  return `\`${JSON.stringify(otherwise)}\``
}

/** Of the schema of the distributions themselves, so that a new one can not be left out. */
function distributionTable(): string {
  const rows = distribution.options.map(({ entries: { dist, ...numbers } }) => {
    const names = Object.keys(numbers)
    return `| \`${dist.literal}\` | ${listed(names)} |`
  })
  return `## Distributions\n\nA length of time in seconds, such as \`{"dist": "lognormal", "mean": 60, "cv": 0.8}\`. \`cv\` is the standard deviation divided by the mean, \`sd\` the standard deviation. \`values\` and \`weights\` are lists; an empty list of weights counts all alike.\n\n| \`dist\` | Numbers |\n| --- | --- |\n${rows.join('\n')}`
}

const choices: Readonly<Record<string, readonly string[]>> = { type: nodeTypes, kind: stepKinds, medium: media }

function columnTable(): string {
  const rows = stepColumns.map((name) => {
    const names = Object.entries(alsoCalled).flatMap(([other, column]) => (column === name ? [other] : []))
    const of = choices[name]
    return `| \`${name}\` | ${columnWords[name]} | ${of ? listed(of) : ''} | ${listed(names)} |`
  })
  return `| Column | What it says | Takes one of | Also called |\n| --- | --- | --- | --- |\n${rows.join('\n')}`
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

const stepListWords = `A map can begin as a list of steps: pasted into the app, or read from a CSV file.

## Pasted lines

**Paste a list** takes one step per line, as \`step | role | time\`, or with tabulators between the cells. Role and time may be left out.

\`\`\`text
1. Take call | Front desk | 3
2. Sign refill form | Clinician | about 1 min
3. Fax to pharmacy | Front desk | 2-4 min
\`\`\`

Bullets and numbers before a step are taken off. A number alone is minutes. \`90 s\`, \`1h30\`, \`00:01:30\` (hours, minutes, seconds), \`3 to 5 min\` and \`half an hour\` are read, too. Each step follows the one above. A time that can not be read stays on the step as text.`

const currentExample = `{
  "format": "carryover-workflow/1", "id": "refill", "side": "current", "label": "Refill",
  "lanes": [
    {"id": "desk", "label": "Front desk", "order": 0, "staff": 2},
    {"id": "clinician", "label": "Clinician", "order": 1, "staff": 1}
  ],
  "nodes": [
    {"id": "start", "type": "start", "label": "Start"},
    {"id": "call", "label": "Take call", "lane": "desk", "kind": "do", "medium": "phone", "service": {"dist": "exponential", "mean": 180}},
    {"id": "sign", "label": "Sign refill form", "lane": "clinician", "kind": "approve", "medium": "paper", "service": {"dist": "constant", "value": 60}, "wait": {"dist": "constant", "value": 3600}, "writes": []},
    {"id": "end", "type": "end", "label": "End"}
  ],
  "edges": [
    {"id": "e1", "from": "start", "to": "call"},
    {"id": "e2", "from": "call", "to": "sign"},
    {"id": "e3", "from": "sign", "to": "end"}
  ]
}`

const futureExample = currentExample
  .replace('"side": "current"', '"side": "future"')
  .replace('"label": "Sign refill form"', '"label": "Approve in inbox"')
  .replace('"medium": "paper"', '"medium": "inbox"')

const overview = `# Files of a workflow

A workflow is a folder \`workflows/<id>\` of a project. Its files are JSON, and can be written by hand.

| File | Holds | Page |
| --- | --- | --- |
| \`current.json\` | the map of today | [Workflow map](map.md) |
| \`future.json\` | the map of tomorrow | [Workflow map](map.md) |
| \`trace.json\` | what each step of today becomes | [Trace](trace.md) |
| \`scenario.json\` | arrivals, staff and hours of a simulation | [Scenario](scenario.md) |
| a list or a CSV file | steps from which a map is made | [Table of steps](step-list.md) |

What could not be used is printed with its place, such as \`$.nodes[3].medium\`. Times are seconds, except in a table of steps.

## A complete example

Save the five files of this page in one folder.

\`current.json\`:

\`\`\`json file=current.json
${currentExample}
\`\`\`

\`future.json\`:

\`\`\`json file=future.json
${futureExample}
\`\`\`

\`trace.json\`:

\`\`\`json file=trace.json
[
  {"from": ["call"], "to": ["call"], "fate": "kept"},
  {"from": ["sign"], "to": ["sign"], "fate": "kept"}
]
\`\`\`

\`scenario.json\` opens the clinic from 8 to 17 o'clock. The names below \`staff\` are the ids of the lanes:

\`\`\`json file=scenario.json
{
  "format": "carryover-scenario/1",
  "cases": 200,
  "arrivals": [{"node": "start", "perHour": 6}],
  "staff": {"desk": {"count": 1, "calendar": "day"}, "clinician": {"calendar": "day"}},
  "calendars": {"day": [{"days": "mon-fri", "from": "08:00", "to": "17:00"}]}
}
\`\`\`

Compare both maps:

\`\`\`sh
npx carryover compare current.json future.json --trace trace.json --scenario scenario.json --fail-on never
\`\`\`
\`\`\`text
Traced 2 of 2 current steps; waits are simulated.
digitized  error    workflow/digitized-approval: “Sign refill form” became “Approve in inbox”: wait and work for the approval is 1.0 h per case today and in the future workflow. Moved, not removed.
…
\`\`\`

A wrong name is told: \`staff\` with \`clinican\` prints that no lane has this id, and that the nearest is \`clinician\`.

Simulate one:

\`\`\`sh
npx carryover simulate current.json --scenario scenario.json
\`\`\`
\`\`\`text
Refill: 33 replications of 200 cases, seed 1
…
clinician: asked for 10 % of their hours
desk: asked for 30 % of their hours
…
\`\`\`

A table of steps becomes a map. Save it as \`steps.csv\`:

\`\`\`csv file=steps.csv
id,step,role,medium,minutes,next
call,Take call,Front desk,phone,3,sign@0.8; look
look,Look up dose,Front desk,screen,2,sign
sign,Sign refill form,Clinician,paper,1,
\`\`\`

\`\`\`sh
npx carryover convert steps.csv steps.json
\`\`\`

${made}
`
