/** The second pane: the rule of one line with its parameters, and the decisions about it. */
import { useState } from 'react'
import { type FieldLine, type Mapping, paramsText, parseParams } from '../../../../core/data/crosswalk/mapping/mapping.ts'
import { type RuleParameter, ruleParameters } from '../../../../core/data/crosswalk/mapping/rule-parameters.ts'
import { isRowRule, rowRules, rowRuleTrouble } from '../../../../core/data/crosswalk/plan/row-rules.ts'
import { transformNamed, transforms } from '../../../../core/data/crosswalk/transforms/index.ts'
import { comparingParameters, tuningOf } from '../../../../core/data/meaning/tuning.ts'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Note } from '../../../components/panel.tsx'
import { Select } from '../../../components/select.tsx'
import { ruleWords } from '../acts/mapping-entries.ts'
import { RecordPart } from './record-part.tsx'
import type { RuleChange } from './rule-change.ts'

export interface RuleEditorProps {
  readonly line: FieldLine
  readonly mapping: Mapping
  /** Legacy tables and their columns, where they are known. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  readonly onChange: (change: RuleChange) => void
  readonly onValueMap: (name: string) => void
}

const comparingNames = comparingParameters.map(({ name }) => name)

const losses = {
  none: 'Nothing is lost by following it.',
  possible: 'Following it can lose something: look at the preview.',
  declared: 'It leaves something out on purpose.',
}

export function RuleEditor({ line, mapping, columns, onChange, onValueMap }: RuleEditorProps) {
  const transform = transformNamed(line.rule)
  const ofRows = isRowRule(line.rule)
  const bound = ofRows ? (rowRuleTrouble(line) ?? undefined) : transform?.bind(line.params, mapping.values)
  const rules = [
    ['', 'No rule yet'] as const,
    ...transforms.map(({ name }) => [name, name.replaceAll('-', ' ')] as const),
    ...rowRules.map((name) => [name, name === 'filter' ? 'filter rows' : 'group rows'] as const),
    ...(transform || ofRows || line.rule === '' ? [] : [[line.rule, line.rule] as const]),
  ]
  const change = (name: string, value: string | null): void => {
    const params = new Map(line.params)
    if (value === null) params.delete(name)
    else params.set(name, value)
    onChange({ params })
  }
  const known = ruleParameters.get(line.rule)
  // A link names its table where it says that it is one.
  const asked = known?.filter(({ name }) => !(line.rule === 'reference' && name === 'table'))
  return (
    <>
      <Columns line={line} all={columns.get(line.source) ?? []} onChange={onChange} />
      <Select
        label="Rule"
        value={line.rule}
        choices={rules}
        onChange={(rule) => onChange({ rule, params: rule === line.rule ? line.params : ofAnyRule(line) })}
      />
      {transform && <RecordPart line={line} tables={[...columns.keys()]} onChange={onChange} />}
      {asked?.map((param) => (
        <Param
          key={`${line.rule}.${param.name}`}
          param={param}
          line={line}
          mapping={mapping}
          tables={[...columns.keys()]}
          onChange={change}
        />
      ))}
      <FurtherParams
        key={line.rule}
        line={line}
        shown={new Set([...(known ?? []).map(({ name }) => name), ...comparingNames, ...(transform ? ['role'] : [])])}
        onChange={(params) => onChange({ params })}
      />
      {transform && <Comparing line={line} asked={known?.map(({ name }) => name) ?? []} onChange={change} />}
      {line.rule !== '' && !transform && !ofRows && (
        <Note mark="error">“{line.rule}” is no rule of this version; its values can not be carried.</Note>
      )}
      {typeof bound === 'string' && <Note mark="warning">{bound}.</Note>}
      {(transform || ofRows) && typeof bound !== 'string' && (
        <p className="muted">
          {ruleWords(line)}. {ofRows ? 'Give the reason, and confirm with your name.' : transform && losses[transform.loss]}
        </p>
      )}
      {line.rule === 'value-map' && line.params.has('map') && (
        <Button onPress={() => onValueMap(line.params.get('map') ?? '')}>Edit the value map…</Button>
      )}
    </>
  )
}

/** How strictly the values of the line are compared; open where a person has said something. */
function Comparing(props: {
  readonly line: FieldLine
  /** Parameters that the rule itself asks for. */
  readonly asked: readonly string[]
  readonly onChange: (name: string, value: string | null) => void
}) {
  const { line, asked, onChange } = props
  const trouble = tuningOf(line.params)
  const own = comparingParameters.filter(({ name }) => !asked.includes(name))
  const said = own.filter(({ name }) => line.params.has(name)).map(({ name }) => `${name}=${line.params.get(name)}`)
  return (
    <details open={said.length > 0}>
      <summary>How strictly it is compared: {said.length === 0 ? 'by meaning' : said.join(', ')}</summary>
      {own.map(({ name, takes, says, without }) => (
        <TextParam
          key={`${name} ${line.params.get(name) ?? ''}`}
          label={name}
          hint={`${takes}. ${says} Left empty: ${without}`}
          value={line.params.get(name) ?? ''}
          onChange={(next) => onChange(name, next === '' ? null : next)}
        />
      ))}
      {typeof trouble === 'string' && <Note mark="warning">{trouble}.</Note>}
    </details>
  )
}

/** Parameters that say something of the line, whatever its rule. */
function ofAnyRule({ params }: FieldLine): FieldLine['params'] {
  return new Map([...params].filter(([name]) => ['when', 'role', 'more', 'missing', ...comparingNames].includes(name)))
}

/** The legacy columns a rule takes, in its order. */
function Columns(props: {
  readonly line: FieldLine
  readonly all: readonly string[]
  readonly onChange: (change: RuleChange) => void
}) {
  const { line, all, onChange } = props
  const written = line.fields.join(' + ')
  const [text, setText] = useState(written)
  const [before, setBefore] = useState(written)
  if (before !== written) {
    setBefore(written)
    setText(written)
  }
  const fields = text.split('+').map((name) => name.trim())
  const unknown = all.length === 0 ? [] : fields.filter((name) => name !== '*' && !all.includes(name))
  const problem =
    text.trim() === ''
      ? 'Name at least one column.'
      : unknown.length > 0
        ? `${line.source} has no column ${unknown.join(', ')}.`
        : null
  return (
    <Field
      label={`Columns of ${line.source}`}
      hint="several are joined with +, in the order the rule takes them"
      value={text}
      onChange={setText}
      problem={problem}
      onBlur={() => problem === null && text !== written && onChange({ fields })}
    />
  )
}

function Param(props: {
  readonly param: RuleParameter
  readonly line: FieldLine
  readonly mapping: Mapping
  readonly tables: readonly string[]
  readonly onChange: (name: string, value: string | null) => void
}) {
  const { param, line, mapping, tables, onChange } = props
  const value = line.params.get(param.name) ?? ''
  if (param.kind === 'text')
    return (
      <TextParam
        key={`${value}`}
        label={param.label}
        hint={param.hint}
        value={value}
        onChange={(next) => onChange(param.name, next === '' ? null : next)}
      />
    )
  const choices =
    param.kind === 'choice'
      ? param.choices
      : (param.kind === 'map' ? [...mapping.values.keys()] : tables).map((name) => [name, name] as const)
  const here = choices.some(([one]) => one === value)
  return (
    <Select
      label={param.label}
      value={value}
      choices={[...(here ? [] : [[value, value === '' ? 'Choose…' : `${value} (missing)`] as const]), ...choices]}
      onChange={(next) => onChange(param.name, next)}
    />
  )
}

/** Written to the map when the field is left, not with every letter. */
function TextParam(props: {
  readonly label: string
  readonly hint: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const [text, setText] = useState(props.value)
  return (
    <Field
      label={props.label}
      {...(props.hint !== undefined && { hint: props.hint })}
      value={text}
      onChange={setText}
      onBlur={() => text !== props.value && props.onChange(text)}
    />
  )
}

/** Parameters that have no field of their own, as the field map writes them. */
function FurtherParams(props: {
  readonly line: FieldLine
  readonly shown: ReadonlySet<string>
  readonly onChange: (params: FieldLine['params']) => void
}) {
  const { line, shown, onChange } = props
  const own = [...line.params].filter(([name]) => shown.has(name))
  const rest = paramsText(new Map([...line.params].filter(([name]) => !shown.has(name))))
  const [text, setText] = useState(rest)
  const parsed = parseParams(text)
  if (line.rule === '') return null
  return (
    <Field
      label={shown.size === 0 ? 'Parameters' : 'Further parameters'}
      hint="written like more=allowed; when=&quot;ITEM=A|B&quot; holds the line for such rows only"
      value={text}
      onChange={setText}
      problem={typeof parsed === 'string' ? parsed : null}
      onBlur={() => typeof parsed !== 'string' && text !== rest && onChange(new Map([...own, ...parsed]))}
    />
  )
}
