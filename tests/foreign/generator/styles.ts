/** How old systems name their tables and columns: one line per system, generic names first, names of single tables behind `table.field`. */

export type Language = 'en' | 'de' | 'fr' | 'nl' | 'es'

export interface Style {
  readonly name: string
  readonly language: Language
  readonly tables: ReadonlyMap<string, string>
  readonly columns: ReadonlyMap<string, string>
  /** Words of this system for what FHIR calls by code. */
  readonly words: ReadonlyMap<string, string>
}

const pairs = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => {
        const at = pair.indexOf('=')
        return [pair.slice(0, at), pair.slice(at + 1).replaceAll('~', ' ')]
      }),
  )

const style = (name: string, language: Language, tables: string, columns: string, words: string): Style => ({
  ...{ name, language, tables: pairs(tables), columns: pairs(columns), words: pairs(words) },
})

const letters =
  'active=A inactive=I resolved=R stopped=S completed=C confirmed=Y refuted=N female=F male=M other=O unknown=U final=F yes=Y no=N'
const english =
  'active=active inactive=inactive resolved=resolved stopped=discontinued completed=completed confirmed=confirmed refuted=ruled~out female=female male=male other=other unknown=unknown final=final yes=true no=false'
const german =
  'active=aktiv inactive=inaktiv resolved=abgeschlossen stopped=abgesetzt completed=beendet confirmed=G refuted=A female=W male=M other=D unknown=X final=endgültig yes=ja no=nein'
const numbers =
  'active=1 inactive=2 resolved=3 stopped=4 completed=5 confirmed=1 refuted=0 female=2 male=1 other=9 unknown=0 final=1 yes=1 no=0'

export const styles: readonly Style[] = [
  style(
    'synthea-like',
    'en',
    'person=patients visit=encounters problem=conditions allergy=allergies medicine=medications vaccine=immunizations result=observations vital=vitals procedure=procedures order=orders list=history log=audit',
    'key=Id person=PATIENT visit=ENCOUNTER family=LAST given=FIRST birth=BIRTHDATE sex=GENDER postcode=ZIP city=CITY phone=PHONE code=CODE text=DESCRIPTION start=START end=STOP status=STATUS verification=VERIFIED value=VALUE unit=UNITS detail=SIG vaccine.detail=LOT reaction=REACTION class=ENCOUNTERCLASS valueType=TYPE kind=CATEGORY deleted=DELETED clock=TIME order=ORDER WT=WEIGHT HT=HEIGHT TEMP=TEMPERATURE PULSE=HEART_RATE RESP=RESP_RATE SYS=BP_SYSTOLIC DIA=BP_DIASTOLIC',
    english,
  ),
  style(
    'mimic-like',
    'en',
    'person=patients visit=admissions problem=diagnoses_list allergy=allergy medicine=prescriptions vaccine=vaccination result=labevents vital=chartevents procedure=procedureevents order=laborders list=problem_list log=transfers',
    'key=row_id person.key=subject_id person=subject_id visit=hadm_id visit.key=hadm_id family=last_name given=first_name birth=dob sex=gender postcode=zip_code city=city phone=phone code=itemid problem.code=icd_code medicine.code=ndc text=label problem.text=long_title medicine.text=drug start=charttime visit.start=admittime problem.start=starttime medicine.start=starttime end=endtime visit.end=dischtime status=status verification=certainty value=value unit=valueuom detail=dose_text vaccine.detail=lot_no reaction=reaction class=admission_type valueType=valuetype kind=kind deleted=is_void clock=chartclock order=order_id WT=weight_kg HT=height_cm TEMP=temperature PULSE=heartrate RESP=resprate SYS=nbp_sys DIA=nbp_dia',
    letters,
  ),
  style(
    'openemr-like',
    'en',
    'person=patient_data visit=form_encounter problem=lists_problem allergy=lists_allergy medicine=prescriptions_list vaccine=immunizations_given result=procedure_result vital=form_vitals procedure=surgeries order=procedure_order list=lists log=log',
    'key=id person.key=pid person=pid visit=encounter family=lname given=fname birth=DOB sex=sex postcode=postal_code city=city phone=phone_home code=diagnosis result.code=result_code vaccine.code=cvx_code medicine.code=rxnorm_drugcode text=title start=begdate visit.start=date result.start=result_date vital.start=vitals_date vaccine.start=administered_date medicine.start=date_added end=enddate status=activity verification=verification value=result unit=units detail=dosage vaccine.detail=lot_number reaction=reaction class=class_code valueType=result_data_type kind=type deleted=is_deleted clock=time_of_day order=procedure_order_id WT=weight HT=height TEMP=temperature PULSE=pulse RESP=respiration SYS=bps DIA=bpd',
    numbers,
  ),
  style(
    'german practice',
    'de',
    'person=Patienten visit=Fälle problem=Diagnosen allergy=Allergien medicine=Verordnungen vaccine=Impfungen result=Laborwerte vital=Messwerte procedure=Eingriffe order=Laboraufträge list=Karteieinträge log=Protokoll',
    'key=LfdNr person.key=PatNr person=PatNr visit=FallNr visit.key=FallNr family=Nachname given=Vorname birth=Geburtsdatum sex=Geschlecht postcode=PLZ city=Wohnort phone=Telefon code=Schlüssel medicine.code=ATC_Code text=Bezeichnung medicine.text=Präparat start=Datum visit.start=Beginn end=Ende status=Zustand verification=Diagnosesicherheit value=Messwert unit=Maßeinheit detail=Dosierung vaccine.detail=Chargennummer reaction=Reaktion class=Fallart valueType=Werttyp kind=Rubrik deleted=Gelöscht clock=Uhrzeit order=AuftragsNr WT=Gewicht HT=Größe TEMP=Temperatur PULSE=Puls RESP=Atemfrequenz SYS=RR_systolisch DIA=RR_diastolisch',
    german,
  ),
  style(
    'french practice',
    'fr',
    'person=patients_cabinet visit=consultations problem=antécédents allergy=allergies_patient medicine=ordonnances vaccine=vaccins result=biologie vital=constantes procedure=actes order=demandes_bio list=dossier log=journal',
    'key=id_ligne person.key=num_dossier person=num_dossier visit=num_consultation visit.key=num_consultation family=nom given=prénom birth=date_naissance sex=sexe postcode=code_postal city=ville phone=téléphone code=code text=libellé medicine.text=médicament start=date_début visit.start=date_consultation end=date_fin status=état verification=certitude value=résultat unit=unité detail=posologie vaccine.detail=n°~lot reaction=réaction class=mode valueType=nature kind=catégorie deleted=supprimé clock=heure order=n°~demande WT=poids HT=taille TEMP=température PULSE=pouls RESP=fréq_resp SYS=TA_systolique DIA=TA_diastolique',
    'active=en~cours inactive=inactif resolved=guéri stopped=arrêté completed=terminé confirmed=certain refuted=exclu female=F male=H other=A unknown=I final=validé yes=oui no=non',
  ),
  style(
    'dutch practice',
    'nl',
    'person=patiënten visit=contacten problem=episodes allergy=allergieën medicine=medicatie vaccine=vaccinaties result=uitslagen vital=metingen procedure=verrichtingen order=aanvragen list=dossierregels log=logboek',
    'key=regelnr person.key=patiëntnummer person=patiëntnummer visit=contactnr visit.key=contactnr family=achternaam given=voornaam birth=geboortedatum sex=geslacht postcode=postcode city=woonplaats phone=telefoon code=code text=omschrijving start=begindatum visit.start=contactdatum result.start=afnamedatum end=einddatum status=status verification=zekerheid value=waarde unit=eenheid detail=gebruik vaccine.detail=batchnr reaction=reactie class=soort valueType=waardetype kind=rubriek deleted=vervallen clock=tijdstip order=aanvraagnr WT=gewicht HT=lengte TEMP=temperatuur PULSE=pols RESP=ademfrequentie SYS=RR_boven DIA=RR_onder',
    'active=actief inactive=inactief resolved=gesloten stopped=gestaakt completed=voltooid confirmed=zeker refuted=uitgesloten female=V male=M other=X unknown=O final=definitief yes=ja no=nee',
  ),
  style(
    'spanish practice',
    'es',
    'person=pacientes visit=visitas problem=diagnósticos allergy=alergias medicine=recetas vaccine=vacunas result=analítica vital=signos_vitales procedure=procedimientos order=peticiones list=historia log=registro',
    'key=id_registro person.key=nhc person=nhc visit=id_visita visit.key=id_visita family=apellidos given=nombre birth=fecha_nacimiento sex=sexo postcode=código_postal city=población phone=teléfono code=código text=descripción start=fecha_inicio visit.start=fecha_visita end=fecha_fin status=estado verification=certeza value=valor unit=unidad detail=pauta vaccine.detail=lote reaction=reacción class=ámbito valueType=tipo_valor kind=apartado deleted=anulado clock=hora order=id_petición WT=peso HT=talla TEMP=temperatura PULSE=pulso RESP=frec_resp SYS=TAS DIA=TAD',
    'active=activo inactive=inactivo resolved=resuelto stopped=suspendido completed=completado confirmed=confirmado refuted=descartado female=M male=H other=O unknown=D final=validado yes=sí no=no',
  ),
  style(
    'message dump',
    'en',
    'person=PID visit=PV1 problem=DG1 allergy=AL1 medicine=RXE vaccine=RXA result=OBX vital=OBX_VITAL procedure=PR1 order=OBR list=PRB log=EVN',
    'key=SET_ID person.key=PID_3 person=PID_3 visit=PV1_19 visit.key=PV1_19 family=PID_5_1 given=PID_5_2 birth=PID_7 sex=PID_8 postcode=PID_11_5 city=PID_11_3 phone=PID_13 code=OBX_3_1 problem.code=DG1_3_1 allergy.code=AL1_3_1 medicine.code=RXE_2_1 vaccine.code=RXA_5_1 procedure.code=PR1_3_1 text=OBX_3_2 problem.text=DG1_3_2 allergy.text=AL1_3_2 medicine.text=RXE_2_2 start=OBX_14 problem.start=DG1_5 visit.start=PV1_44 visit.end=PV1_45 vaccine.start=RXA_3 medicine.start=RXE_32 allergy.start=AL1_6 procedure.start=PR1_5 end=END_DT status=OBX_11 verification=DG1_6 value=OBX_5 unit=OBX_6 detail=RXE_21 vaccine.detail=RXA_15 reaction=AL1_5 class=PV1_2 valueType=OBX_2 kind=PRB_1 deleted=ACTION_CD clock=TM order=OBR_3 WT=OBX_WT HT=OBX_HT TEMP=OBX_TEMP PULSE=OBX_HR RESP=OBX_RR SYS=OBX_BPS DIA=OBX_BPD',
    letters,
  ),
  style(
    'clarity-like',
    'en',
    'person=PATIENT visit=PAT_ENC problem=PROBLEM_LIST allergy=ALLERGY medicine=ORDER_MED vaccine=IMMUNE result=ORDER_RESULTS vital=IP_FLWSHT_MEAS procedure=SURGICAL_HX order=ORDER_PROC list=PAT_HX log=ACCESS_LOG',
    'key=LINE person.key=PAT_ID person=PAT_ID visit=PAT_ENC_CSN_ID visit.key=PAT_ENC_CSN_ID family=PAT_LAST_NAME given=PAT_FIRST_NAME birth=BIRTH_DATE sex=SEX_C postcode=ZIP city=CITY phone=HOME_PHONE code=COMPONENT_ID problem.code=DX_ID allergy.code=ALLERGEN_ID medicine.code=MEDICATION_ID vaccine.code=IMMUNZATN_ID procedure.code=PROC_CODE text=NAME medicine.text=MED_DISPLAY_NAME problem.text=DX_NAME start=NOTED_DATE visit.start=CONTACT_DATE result.start=RESULT_TIME vital.start=RECORDED_TIME medicine.start=ORDERING_DATE vaccine.start=IMMUNE_DATE procedure.start=SURGERY_DATE end=RESOLVED_DATE visit.end=HOSP_DISCHRG_TIME status=STATUS_C verification=CERTAINTY_C value=ORD_VALUE unit=REFERENCE_UNIT detail=SIG vaccine.detail=LOT reaction=REACTION class=ENC_TYPE_C valueType=VALUE_TYPE kind=HX_TYPE deleted=IS_VOIDED_YN clock=TIME_OF_DAY order=ORDER_PROC_ID WT=WEIGHT HT=HEIGHT TEMP=TEMPERATURE PULSE=PULSE RESP=RESPIRATIONS SYS=BP_SYSTOLIC DIA=BP_DIASTOLIC',
    numbers,
  ),
  style(
    'camel case',
    'en',
    'person=patient visit=appointment problem=problem allergy=allergyRecord medicine=medicationOrder vaccine=vaccineDose result=labResult vital=vitalSign procedure=procedureNote order=labOrder list=chartItem log=eventLog',
    'key=recordId person.key=patientId person=patientId visit=appointmentId visit.key=appointmentId family=lastName given=firstName birth=dateOfBirth sex=gender postcode=zipCode city=city phone=phoneNumber code=conceptCode text=conceptName start=startDate result.start=collectedAt vital.start=measuredAt visit.start=startedAt visit.end=endedAt end=endDate status=recordStatus verification=verificationState value=resultValue unit=resultUnit detail=instructions vaccine.detail=lotNumber reaction=reactionName class=appointmentType valueType=resultType kind=itemType deleted=isDeleted clock=clockTime order=labOrderId WT=bodyWeight HT=bodyHeight TEMP=bodyTemp PULSE=pulseRate RESP=respRate SYS=systolicBp DIA=diastolicBp',
    english,
  ),
]

export function tableName(style: Style, table: string): string {
  return style.tables.get(table) ?? table
}

/** Name of a field in a table: the table's own where the style has one. */
export function columnName(style: Style, table: string, field: string): string {
  return style.columns.get(`${table}.${field}`) ?? style.columns.get(field) ?? field
}

export function wordOf(style: Style, meaning: string): string {
  return style.words.get(meaning) ?? meaning
}
