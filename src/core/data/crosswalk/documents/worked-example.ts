/** The example of the reference page: a small invented ward system; a test runs it as it is printed. */

const pressure = "Observation.where(code.coding.code='85354-9')"

export const workedExample = {
  says: `An invented ward system keeps all measurements in one tall table. Two rows of a blood pressure become one panel;
weights stay records of their own; notes about the device stay behind.`,
  tables: [
    { name: 'clients', text: 'CLIENT_NO,SURNAME,BORN,SEX\n70011,Okafor,04/11/1962,2\n70012,Lindqvist,19/02/1988,1\n' },
    {
      name: 'readings',
      text: `CLIENT_NO,TAKEN_AT,ITEM,RESULT,UNIT
70011,2024-03-02T08:15:00Z,SYS,142,mm[Hg]
70011,2024-03-02T08:15:00Z,DIA,91,mm[Hg]
70011,2024-03-02T08:20:00Z,WGT,71.5,kg
70012,2024-03-05T10:00:00Z,WGT,64,kg
70012,2024-03-05T10:00:00Z,DEVICE,scale moved,
`,
    },
  ],
  fields: `legacy_source,legacy_field,rule,params,target,required,status,reason,by
clients,CLIENT_NO,copy,role=key,Patient.identifier.value,yes,confirmed,,M. Data
clients,SURNAME,copy,,Patient.name.family,,confirmed,,M. Data
clients,BORN,date,order=day-first,Patient.birthDate,,confirmed,,M. Data
clients,SEX,value-map,map=sex,Patient.gender,,confirmed,,M. Data
readings,RESULT,filter,"only=""ITEM=SYS|DIA|WGT""",,,confirmed,Notes about devices are not part of the record,M. Data
readings,ITEM,filter,in=SYS|DIA,${pressure},,confirmed,The two parts of one blood pressure,M. Data
readings,TAKEN_AT,group,,${pressure},,confirmed,One reading is one record,M. Data
readings,,constant,value=85354-9; system=http://loinc.org; role=code,${pressure}.code,,confirmed,,M. Data
readings,,constant,value=final,${pressure}.status,,confirmed,,M. Data
readings,CLIENT_NO,reference,table=clients,${pressure}.subject,,confirmed,,M. Data
readings,TAKEN_AT,date-time,,${pressure}.effectiveDateTime,,confirmed,,M. Data
readings,RESULT,number-format,"when=""ITEM=SYS""",${pressure}.component.where(code.coding.code='8480-6').valueQuantity.value,,confirmed,,M. Data
readings,RESULT,number-format,"when=""ITEM=DIA""",${pressure}.component.where(code.coding.code='8462-4').valueQuantity.value,,confirmed,,M. Data
readings,UNIT,copy,"when=""ITEM=SYS""",${pressure}.component.where(code.coding.code='8480-6').valueQuantity.unit,,confirmed,,M. Data
readings,UNIT,copy,"when=""ITEM=DIA""",${pressure}.component.where(code.coding.code='8462-4').valueQuantity.unit,,confirmed,,M. Data
readings,*,filter,rest=yes,Observation,,confirmed,Parts of a panel are not records of their own,M. Data
readings,ITEM,value-map,map=items,Observation.code,yes,confirmed,,M. Data
readings,,constant,value=final,Observation.status,,confirmed,,M. Data
readings,CLIENT_NO,reference,table=clients,Observation.subject,,confirmed,,M. Data
readings,TAKEN_AT,date-time,,Observation.effectiveDateTime,,confirmed,,M. Data
readings,RESULT,number-format,,Observation.valueQuantity.value,,confirmed,,M. Data
readings,UNIT,copy,,Observation.valueQuantity.unit,,confirmed,,M. Data
`,
  maps: [
    {
      name: 'sex',
      text: 'source_code,source_display,target_system,target_code,relationship\n1,woman,,female,equivalent\n2,man,,male,equivalent\n',
    },
    {
      name: 'items',
      text: 'source_code,source_display,target_system,target_code,relationship\nWGT,Body weight,http://loinc.org,29463-7,equivalent\n',
    },
  ],
  shows: `"component": [
  { "code": { "coding": [{ "code": "8480-6" }] }, "valueQuantity": { "value": 142, "unit": "mm[Hg]" } },
  { "code": { "coding": [{ "code": "8462-4" }] }, "valueQuantity": { "value": 91, "unit": "mm[Hg]" } }
]`,
} as const
