/** What tells a run what to do: schemas, rules, field maps, expressions, and the files of the board. */

import { readMapping, writeFields } from '../../../src/core/data/crosswalk/mapping/mapping.ts'
import { compileFhirPath } from '../../../src/core/data/fhir/fhirpath/compile.ts'
import type { JsonObject } from '../../../src/core/data/model/record.ts'
import { readRuleFiles } from '../../../src/core/data/rules/rule-file.ts'
import { isOmopDefinition, omopPackage } from '../../../src/core/data/schema/omop.ts'
import { validate } from '../../../src/core/data/validate/validate.ts'
import { bytesSource, finish } from '../../../src/core/operation.ts'
import { inputFiles, inputKindNames } from '../../../src/core/readiness/input-files/files.ts'
import type { InputFile } from '../../../src/core/readiness/input-files/input-file.ts'
import { inputText } from '../../../src/core/readiness/input-files/input-text.ts'
import { looksLikeXml, readJUnit } from '../../../src/core/readiness/input-files/junit.ts'
import { readInput } from '../../../src/core/readiness/input-files/read-input.ts'
import { isMembers, parseJson } from '../../../src/core/values/json.ts'
import { demandSentence, demandWords, type FuzzReader, same, signal, textBytes } from '../reader.ts'

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const reading = { encoding: 'utf-8', delimiter: ',', quote: '"', headerRows: 1, skipRows: 0 } as const
const table = bytesSource('patients.csv', textBytes('id,born,sex,kilos\n1,1980-01-02,f,"2.5"\n2,1990-02-30,m,x\n2,,"a,b",-1\n'))

const schema: FuzzReader = {
  name: 'schema',
  seeds: [
    '{"fields":[{"name":"id","type":"string","constraints":{"required":true,"unique":true,"pattern":"[0-9]+"}},{"name":"born","type":"date","format":"%Y-%m-%d","constraints":{"minimum":"1900-01-01"}},{"name":"sex","constraints":{"enum":["f","m"]}},{"name":"kilos","type":"number","decimalChar":"."}],"primaryKey":["id"],"foreignKeys":[{"fields":["sex"],"reference":{"resource":"codes","fields":["code"]}}],"missingValues":["","x"]}',
    '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["id"],"properties":{"id":{"type":"string","pattern":"^[0-9]+$"},"kilos":{"$ref":"#/$defs/kilos"},"sex":{"anyOf":[{"const":"f"},{"not":{"enum":["m"]}}]}},"$defs":{"kilos":{"type":"number","minimum":0,"multipleOf":0.5}},"if":{"properties":{"sex":{"const":"f"}}},"then":{"required":["born"]},"dependentRequired":{"id":["born"]}}',
    '{"resources":[{"name":"patients","path":"patients.csv","dialect":{"delimiter":","},"schema":{"fields":[{"name":"id","type":"integer"},{"name":"born","type":"any"}]}}]}',
  ],
  words: [
    '"$ref":"#"',
    '"$ref":"#/$defs/kilos"',
    '"allOf":[',
    '"patternProperties":{',
    '"type":"',
    '"format":"',
    '"pattern":"(a+)+$"',
    '"enum":[',
    '"__proto__":',
    'null',
    '1e400',
    '"fields":[',
    '"multipleOf":0',
    '"maxLength":-1',
    '%Y',
    '"trueValues":',
    '"groupChar":"',
    '"bareNumber":false',
    '"x-carryover":{',
    '"foreignKeys":[',
    '"$dynamicRef":"',
  ],
  async run(bytes) {
    const read = parseJson(text(bytes))
    if (!read.ok || !isMembers(read.value)) return
    const inputs = [{ source: table, side: null, format: null, table: 'patients', reading, schema: read.value as JsonObject }]
    const { notEvaluated } = await finish(validate({ inputs }, signal))
    for (const { why } of notEvaluated) demandWords(why)
  },
}

const rules: FuzzReader = {
  name: 'rules',
  seeds: [
    '{"rules":[{"id":"born","on":"patients","assert":"born <= today() and (sex in (\'f\', \'m\') or kilos > 2.5)","when":"id != null","severity":"error","title":"Born"},{"id":"sum","on":"patients","assert":"lookup(\'patients\', \'id\', id, \'born\') = born","why":"x"},{"check":"data/future-date","id":"c","on":"patients","fields":["born"],"params":{}}]}',
    '{"rules":[{"id":"a","on":"patients","assert":"not matches(id, \'^[0-9]+$\') or length(sex) = 1 and kilos * 2 + 1 >= -3 / 4 and days(born, \'2020-01-01\') > 0 and count(\'patients\') < 9"}]}',
  ],
  words: [
    '"assert":"',
    ' and ',
    ' or ',
    'not ',
    '(',
    ')',
    ' = ',
    ' != ',
    'lookup(',
    "'patients'",
    'in (',
    'matches(',
    'null',
    'true',
    '+',
    '-',
    '*',
    '/',
    '1e400',
    'today()',
    '[',
    ']',
    '"on":"',
    '"check":"',
    '"fields":[',
    '"params":{',
    '"severity":"critical"',
  ],
  async run(bytes) {
    const file = { name: 'rules.json', text: text(bytes) }
    const { faults, entries } = readRuleFiles([file])
    for (const { says } of faults) demandSentence(says)
    if (entries.length === 0) return
    const inputs = [{ source: table, side: null, format: null, table: 'patients', reading, schema: null }]
    await finish(validate({ inputs, rules: [file], asOf: '2026-01-01' }, signal))
  },
}

const mapping: FuzzReader = {
  name: 'mapping',
  seeds: [
    'legacy_source,legacy_field,rule,params,target,required,status,reason,by\npatients,MRN,copy,role=key,Patient.identifier.value,yes,confirmed,,\npatients,BORN,date,format=%Y-%m-%d;order=day-first,Patient.birthDate,,proposed,note,Ada\n,,constant,value="a;b",Patient.active,,confirmed,,\nvisits,MRN,reference,table=patients,Encounter.subject,yes,confirmed,,\npatients,SEX,lookup,map=sex,"Patient.extension.where(url=\'http://x\').valueCode",,confirmed,,\n',
  ],
  words: [
    ',copy,',
    ',lookup,map=',
    'role=key',
    'role=code',
    ';',
    '=',
    '"',
    '""',
    '.where(',
    "='",
    '[0]',
    '[x]',
    'Patient.',
    '*',
    'group',
    '\r\n',
    'concat',
    'split',
    'unit',
  ],
  async run(bytes) {
    const files = (content: Uint8Array) =>
      new Map([
        ['mapping/fields.csv', content],
        ['mapping/values/sex.csv', textBytes('legacy,target\n1,male\n2,female\n')],
      ])
    const { mapping: read, problems } = readMapping(files(bytes))
    for (const { words } of problems) demandSentence(words)
    if (problems.length > 0) return
    const again = readMapping(files(textBytes(writeFields(read.fields))))
    const plain = ({ fields }: typeof read): unknown => fields.map(({ params, ...rest }) => [{ ...rest, line: 0 }, [...params]])
    same(plain(read), plain(again.mapping), 'written and read again')
  },
}

const fhirpath: FuzzReader = {
  name: 'fhirpath',
  seeds: [
    "name.where(use = 'official').given.first() & ' ' & name.family | 'x'",
    "iif(birthDate > @1980-01-02T08:30:00+01:00, 4 'mg' * 2.50, {}) is Quantity and $this.extension('http://x').value as string",
    '(1 | 2).select($index + $total).aggregate($this + $total, 0).all($this mod 2 = 0 xor true implies false) or `a b`.exists() // note',
  ],
  words: [
    '.where(',
    '.select(',
    '.repeat(',
    '.ofType(',
    '$this',
    '$index',
    '%resource',
    '%`ext`',
    '@2020',
    '@T10:00',
    "'\\u00e9'",
    "'\\",
    '`',
    ' div ',
    ' in ',
    ' contains ',
    '{}',
    '(',
    ')',
    '[',
    ']',
    '.',
    '-',
    '1.0',
    '/*',
    '//',
  ],
  async run(bytes) {
    const compiled = compileFhirPath(text(bytes), { trusted: false })
    if (typeof compiled === 'string') demandWords(compiled)
  },
}

const board: FuzzReader = {
  name: 'board',
  seeds: [
    'person_id,name,role,department,start\n1,Ada,Nurse,Ward 1,2026-01-02\n2,"Bo, B",Doctor,"Ward\n2",\n',
    'id;opened;closed;status;priority\n1;2026-01-02T08:30:00+01:00;;open;high\n',
    'ticket_id,opened_at,kind,state\nT1,02.01.2026 08:30,defect,closed\n',
    '<?xml version="1.0"?><testsuites><testsuite name="s" timestamp="2026-01-02T08:30:00"><properties><property name="level" value="unit"/></properties><testcase name="a" classname="c" time="0.5"/><testcase name="b"><failure message="m">x</failure></testcase><testcase name="c"><skipped/></testcase></testsuite></testsuites>',
  ],
  words: [
    ',',
    ';',
    '\n',
    '"',
    'yes',
    'no',
    '2026-13-45',
    '1e9',
    '<testcase name="',
    '<failure',
    '<error/>',
    '<rerunFailure',
    'timestamp="',
    '<!DOCTYPE',
    '<![CDATA[',
    'encoding="',
    '%',
  ],
  async run(bytes) {
    if (looksLikeXml(bytes)) {
      const read = readJUnit(bytes)
      if (!read.ok) demandSentence(read.problem)
    }
    const read = inputText(bytes)
    if (!read.ok) {
      demandSentence(read.problem)
      return
    }
    if (isOmopDefinition(read.text)) omopPackage([read.text])
    for (const kind of inputKindNames)
      for (const { sentence } of readInput(inputFiles[kind] as InputFile, read.text).problems) demandSentence(sentence)
  },
}

export const ruleReaders = [schema, rules, mapping, fhirpath, board]
