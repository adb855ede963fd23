/**
 * Names of medicines that are taken for one another, in tall-man letters: FDA and ISMP Lists of Look-Alike Drug Names with Recommended Tall
 * Man Letters (2016, 2023). The letters differ where the names differ; groups are those of the lists, brand names included.
 */
import type { DisplayMark } from '../model/display-mark.ts'

export const lookAlikes: readonly string[] = [
  // FDA.
  'acetaZOLAMIDE acetoHEXAMIDE',
  'buPROPion busPIRone',
  'chlorproMAZINE chlorproPAMIDE chlordiazePOXIDE',
  'clomiPHENE clomiPRAMINE',
  'cycloSERINE cycloSPORINE',
  'DAUNOrubicin DOXOrubicin IDArubicin',
  'dimenhyDRINATE diphenhydrAMINE',
  'DOBUTamine DOPamine',
  'glipiZIDE glyBURIDE',
  'hydrALAZINE hydrOXYzine HYDROmorphone hydroCHLOROthiazide',
  'medroxyPROGESTERone methylPREDNISolone methylTESTOSTERone',
  'mitoXANTRONE mitoMYcin',
  'niCARdipine NIFEdipine niMODipine',
  'predniSONE prednisoLONE',
  'risperiDONE rOPINIRole',
  'sulfADIAZINE sulfiSOXAZOLE sulfaSALAzine',
  'TOLAZamide TOLBUTamide',
  'vinBLAStine vinCRIStine',
  // ISMP.
  'ALPRAZolam LORazepam clonazePAM',
  'aMILoride amLODIPine',
  'ARIPiprazole RABEprazole',
  'azaCITIDine azaTHIOprine',
  'carBAMazepine OXcarbazepine',
  'CARBOplatin CISplatin',
  'ceFAZolin cefoTEtan cefOXitin cefTAZidime cefTRIAXone',
  'CeleBREX CeleXA',
  'clonazePAM cloNIDine cloZAPine cloBAZam LORazepam',
  'DACTINomycin DAPTOmycin',
  'dexAMETHasone dexmedeTOMIDine',
  'diazePAM dilTIAZem',
  'DOCEtaxel PACLitaxel',
  'DULoxetine FLUoxetine PARoxetine',
  'ePHEDrine EPINEPHrine',
  'eriBULin epiRUBicin',
  'fentaNYL SUFentanil',
  'flavoxATE fluvoxaMINE',
  'fluPHENAZine fluvoxaMINE',
  'guaiFENesin guanFACINE',
  'HumaLOG HumuLIN',
  'HYDROcodone oxyCODONE',
  'HYDROmorphone morphine',
  'inFLIXimab riTUXimab',
  'ISOtretinoin tretinoin',
  'KlonoPIN cloNIDine',
  'LaMICtal LamISIL',
  'lamiVUDine lamoTRIgine',
  'levETIRAcetam levOCARNitine levoFLOXacin',
  'metFORMIN metroNIDAZOLE',
  'NexAVAR NexIUM',
  'NovoLIN NovoLOG',
  'OLANZapine QUEtiapine',
  'oxyCODONE OxyCONTIN',
  'PEMEtrexed PRALAtrexate',
  'PENTobarbital PHENobarbital',
  'PriLOSEC PROzac',
  'quiNIDine quiNINE',
  'rifAMPin rifAXIMin',
  'SandIMMUNE SandoSTATIN',
  'SEROquel SINEquan',
  'sitaGLIPtin SUMAtriptan',
  'SORAfenib SUNItinib',
  'tiaGABine tiZANidine',
  'traMADol traZODone',
  'valACYclovir valGANciclovir',
  'ZyPREXA ZyrTEC',
]

interface LookAlike {
  readonly tall: string
  readonly others: readonly string[]
}

const byName = new Map<string, LookAlike>()
for (const names of lookAlikes.map((group) => group.split(' ')))
  for (const tall of names) {
    const known = byName.get(tall.toLowerCase())
    const others = [...(known?.others ?? []), ...names.filter((other) => other !== tall)]
    byName.set(tall.toLowerCase(), { tall: known?.tall ?? tall, others: [...new Set(others)] })
  }

export function* tallManMarks(text: string): Generator<DisplayMark> {
  for (const found of text.matchAll(/\p{L}+/gu)) {
    const known = byName.get(found[0].toLowerCase())
    if (!known) continue
    const reason = `taken for ${known.others.slice(0, 3).join(', ')}`
    yield { from: found.index, to: found.index + found[0].length, kind: 'tall-man', reason, reads: known.tall }
  }
}
