/** The reference of the field map as Markdown, made of the lists that the program itself follows. */
import { comparingParameters } from '../../meaning/tuning.ts'
import { type RuleParameter, ruleParameters } from '../mapping/rule-parameters.ts'
import { roleWords } from '../plan/role-words.ts'
import { cellForms } from '../plan/row-condition.ts'
import { isRowRule } from '../plan/row-rules.ts'
import { transforms } from '../transforms/index.ts'
import { workedExample } from './worked-example.ts'

const losses = { none: 'nothing', possible: 'possibly', declared: 'on purpose' } as const

export function mappingReference(): string {
  return `# The field map

The field map says what each legacy column became. \`map\`, \`reconcile\`, the review and the app follow the same file.
This page is made from the code by \`npm run mapping-page\`; a test fails when it is not current.

## Files

\`mapping/fields.csv\` holds one line per rule: \`legacy_source,legacy_field,rule,params,target,required,status,reason,by\`.
\`mapping/values/NAME.csv\` holds a value map: \`source_code,source_display,target_system,target_code,relationship\`.

- \`legacy_source\` is the name of the table, \`legacy_field\` its column. Several columns are written \`ADDR + CITY\`.
- \`params\` are written \`order=day-first; separator=", "\`. Text with blanks or semicolons stands in quotes.
- \`required\` is \`yes\` where a record without the value must not be written.
- \`status\` is \`unmapped\`, \`suggested\`, \`confirmed\` or \`not-carried\`. Only confirmed lines are followed.
- \`reason\` and \`by\` say why and who. A line that leaves something behind needs both.
- \`relationship\` is \`equivalent\`, \`wider\`, \`narrower\`, \`inexact\` or \`unmatched\`.

\`carryover map OLD/*.csv --target NEW --suggest mapping/fields.csv\` proposes a field map with its evidence.

## Targets

A target is an element of FHIR R4, \`Condition.onsetDateTime\`, or a column of a table, \`person.year_of_birth\`.

| Form | Meaning |
| --- | --- |
| \`Procedure.performedPeriod.start\` | a choice names its type; parts of a type follow |
| \`Observation.value[x]\` | any type of the choice; \`map\` takes the type that fits the value |
| \`Patient.telecom.where(system='phone').value\` | the entry of a list with this member |
| \`Patient.extension.where(url='http://…').valueString\` | an extension by its address; nested ones in the same way |
| \`Observation.where(code.coding.code='85354-9').status\` | the resources of the type with this member: a target of its own |
| \`component.where(code.coding.code={CODE}).valueQuantity.value\` | one line for each value that the column \`CODE\` may have |
| \`Encounter.subject.reference\`, \`….identifier.value\` | parts of a link |
| \`patients.\\\`Birth date\\\`\` | a name with blanks stands in backquotes |

A quote inside a value is written \`\\'\`. A column in braces needs a filter with \`in\` for its target, or \`when\` on its line.

## Rules

| Rule | Parameters | Loses something |
| --- | --- | --- |
${transforms.map(({ name, loss }) => `| \`${name}\` | ${parametersOf(name)} | ${losses[loss]} |`).join('\n')}

## Roles

\`role=…\` on a line says what pairing needs it for. A link (\`reference\`) to the patients joins a record to its patient.

| Role | It is | Without it |
| --- | --- | --- |
${roleWords.map(({ role, says, without }) => `| \`${role}\` | ${says} | ${without} |`).join('\n')}

A link to a row holds the id that the row was given. The rule of the line with \`role=id\` makes it of the cell of the link; so its column is the one that links name.
A link whose row was given another id, or was not written, rejects its row. \`map\` counts these rows, names the reason and ends with exit code 1.
A row without a link to the patient that links to a row with one belongs to the patient of that row, as a result to that of its visit.

## Rules of rows

| Rule | Parameters |
| --- | --- |
${[...ruleParameters.keys()]
  .filter(isRowRule)
  .map((name) => `| \`${name}\` | ${parametersOf(name)} |`)
  .join('\n')}

A filter or a group speaks of the target it names; without one it speaks of all targets of its table.
A filter leaves rows out, with reason and name: they are counted as filtered. \`rest=yes\` takes what the filters of the other targets do not take.
A group makes one record of the rows of one patient that are equal in its columns. Rows that contradict each other stay apart.

\`when\` on a line names the rows it holds for. A condition is \`COLUMN=A|B\`, \`COLUMN!=A|B\` or \`COLUMN is ${cellForms.join('\\|')}\` (\`is not\` turns it round); several are joined by \`and\`.
A target with such lines takes only rows that one of them holds for. A row with a filled cell that no line carries is rejected.

## What stays behind

| Line | Meaning |
| --- | --- |
| \`payers,*,,,,,not-carried,REASON,NAME\` | nothing of this table is carried |
| \`labs,UNIT,,when="TYPE=text",,,not-carried,REASON,NAME\` | the column stays behind, here in some rows only |
| \`,*,,,DiagnosticReport,,not-carried,REASON,NAME\` | these target records are not made of legacy records |

## Comparing

Values are compared by meaning. These parameters on a line tighten or loosen it.

| Parameter | Takes | Says | Without it |
| --- | --- | --- | --- |
${comparingParameters.map(({ name, takes, says, without }) => `| \`${name}\` | ${cell(takes)} | ${cell(says)} | ${cell(without)} |`).join('\n')}
| \`more\` | allowed | The target may hold further values at this place. | A further value has appeared. |

## An example

${workedExample.says}

${workedExample.tables.map(({ name, text }) => `\`${name}.csv\`\n\n\`\`\`csv\n${text}\`\`\`\n`).join('\n')}
\`mapping/fields.csv\`

\`\`\`csv
${workedExample.fields}\`\`\`

${workedExample.maps.map(({ name, text }) => `\`mapping/values/${name}.csv\`\n\n\`\`\`csv\n${text}\`\`\`\n`).join('\n')}
\`carryover map old/*.csv --mapping mapping --out new\` writes, among others:

\`\`\`json
${workedExample.shows}
\`\`\`

\`carryover reconcile --legacy old --target new --mapping mapping\` then accounts for every row.
`
}

function parametersOf(rule: string): string {
  return cell((ruleParameters.get(rule) ?? []).map(parameterWords).join('; ') || 'none')
}

function parameterWords(one: RuleParameter): string {
  if (one.kind === 'choice') return `\`${one.name}\` ${one.choices.map(([value]) => `\`${value}\``).join(', ')}`
  if (one.kind === 'map') return `\`${one.name}\` the name of a value map`
  if (one.kind === 'table') return `\`${one.name}\` the name of a legacy table`
  return `\`${one.name}\` ${one.label.toLowerCase()}${one.hint === undefined ? '' : ` (${one.hint})`}`
}

/** A bar would end the cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
