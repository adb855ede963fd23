/** JSON paths of R4 resources as FHIRPath: `Observation.valueQuantity` is `Observation.value.ofType(Quantity)` (FHIR R4 §2.1.9.1.7). */

/** Names of the choice elements of R4, without `[x]`. */
const choices =
  `abatement additive age allowed amount answer asNeeded author born bounds characteristic chargeItem code collected content
  created date deceased defaultValue definingSubstance definition detail diagnosis dose doseNumber due duration effective entity event
  example fastingStatus fixed identified indication instances item legallyBinding location manufacturer maxValue medication minValue
  minimumVolume module multipleBirth name occurred occurrence offset onset participantEffective pattern performed probability procedure
  product quantity rate reported scheduled seriesDoses serviced source start statusReason studyEffective subject substance target time
  timing topic used value when`.split(/\s+/)

const complex =
  `Address Age Annotation Attachment CodeableConcept Coding ContactDetail ContactPoint Contributor Count DataRequirement
  Distance Dosage Duration Expression HumanName Identifier Meta Money ParameterDefinition Period Quantity Range Ratio Reference
  RelatedArtifact SampledData Signature Timing TriggerDefinition UsageContext`.split(/\s+/)
const primitive =
  `base64Binary boolean canonical code date dateTime decimal id instant integer markdown oid positiveInt string time
  unsignedInt uri url uuid`.split(/\s+/)

const typeBySuffix = new Map([...complex, ...primitive].map((type) => [type.charAt(0).toUpperCase() + type.slice(1), type]))

/** Elements whose own name looks like a choice with its type, and is none. */
const plainPaths: ReadonlySet<string> = new Set(
  `BiologicallyDerivedProduct.productCode Device.property.valueQuantity Device.property.valueCode DeviceDefinition.property.valueQuantity
  DeviceDefinition.property.valueCode GuidanceResponse.occurrenceDateTime ImagingStudy.procedureCode ImagingStudy.procedureReference
  ServiceRequest.locationCode ServiceRequest.locationReference Contract.term.asset.valuedItem.effectiveTime
  ActivityDefinition.effectivePeriod EventDefinition.effectivePeriod Questionnaire.effectivePeriod Procedure.usedCode
  Procedure.usedReference ClinicalImpression.finding.itemCodeableConcept ClinicalImpression.finding.itemReference NutritionOrder.dateTime
  Consent.dateTime ChargeItem.definitionUri ChargeItem.definitionCanonical Immunization.doseQuantity
  VerificationResult.attestation.sourceSignature`.split(/\s+/),
)

/** `path` with indexes as it is written in JSON; `element` is the same without indexes and from the type of its resource on. */
export function fhirPathOf(path: string, element: string): string {
  const names = element.split('.')
  const parts = path.split('.')
  return parts
    .map((part, index) => {
      // What stands before the resource of an entry belongs to the Bundle, which has no choices.
      const own = names.length - (parts.length - index)
      if (own < 1 || plainPaths.has(names.slice(0, own + 1).join('.'))) return part
      return choiceIn(part)
    })
    .join('.')
}

function choiceIn(part: string): string {
  const [, word = part, index = ''] = /^(\w+)((?:\[\d+\])?)$/.exec(part) ?? []
  for (let at = 1; at < word.length; at++) {
    const type = typeBySuffix.get(word.slice(at))
    if (type !== undefined && choices.includes(word.slice(0, at))) return `${word.slice(0, at)}${index}.ofType(${type})`
  }
  return part
}
