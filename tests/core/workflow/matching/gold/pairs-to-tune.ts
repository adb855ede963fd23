/** Hand-traced pairs of clinic workflows: the ones that weights may be tuned on. `Old, Old => New` is a link; `Old =>` was eliminated. */

export interface GoldPair {
  readonly name: string
  readonly current: string
  readonly future: string
  readonly links: string
}

export const pairsToTune: readonly GoldPair[] = [
  {
    name: 'medication refill',
    current: `Front desk: Take refill call {phone 2m reads=none writes=drug+dose}
Front desk: Take refill call -> Front desk: Pull paper chart {paper 4m} -> Front desk: Print refill slip {paper 1m output=print}
Front desk: Print refill slip -> Nurse: Check last visit {check paper 3m reads=visit} -> Nurse: Check allergies {check paper 1m reads=allergies}
Nurse: Check allergies -> MD: Sign refill slip {approve paper 1m reads=drug+dose} -> Front desk: Type slip into MedTrack {transcribe screen 2m reads=drug+dose writes=drug+dose}
Front desk: Type slip into MedTrack -> Front desk: Fax prescription to pharmacy {fax 2m reads=drug+dose} -> Front desk: Call patient back {notify phone 2m}
Front desk: Call patient back -> Front desk: File chart {paper 2m}`,
    future: `Patient: Request renewal in portal {portal 2m writes=drug+dose}
Patient: Request renewal in portal -> Nurse: Review last encounter {check screen 1m reads=visit} -> Nurse: Verify allergy list {check screen 1m reads=allergies}
Nurse: Verify allergy list -> Provider: Approve renewal in inbox {approve inbox 1m reads=drug+dose} -> System: Transmit e-prescription {interface 1s reads=drug+dose}
System: Transmit e-prescription -> System: Notify patient by message {notify auto 1s} -> Nurse: Answer pharmacy queries {phone 2m}`,
    links: `Take refill call => Request renewal in portal
Pull paper chart =>
Print refill slip =>
Check last visit => Review last encounter
Check allergies => Verify allergy list
Sign refill slip => Approve renewal in inbox
Type slip into MedTrack =>
Fax prescription to pharmacy => Transmit e-prescription
Call patient back => Notify patient by message
File chart =>`,
  },
  {
    name: 'new patient intake',
    current: `Front desk: Greet patient {verbal 1m} -> Front desk: Hand out clipboard {paper 1m writes=demographics}
Front desk: Hand out clipboard -> Patient: Fill in history form {paper 15m writes=history+allergies+medications}
Patient: Fill in history form -> Front desk: Copy insurance card {paper 2m writes=coverage} -> Front desk: Type demographics {transcribe screen 5m reads=demographics writes=demographics}
Front desk: Type demographics -> Front desk: Call payer for eligibility {phone 8m reads=coverage writes=eligibility} -> Front desk: Collect copay {1m}
Front desk: Collect copay -> MA: Room patient {verbal 2m} -> MA: Take vitals {paper 4m writes=vitals}
MA: Take vitals -> MA: Write vitals on sheet {paper 1m writes=vitals} -> MD: Read history form {check paper 3m reads=history+allergies}
MD: Read history form -> MD: Examine patient {verbal 15m}`,
    future: `Patient: Complete online pre-registration {portal 10m writes=demographics+coverage} -> Patient: Answer history questionnaire {portal 10m writes=history+allergies+medications}
Patient: Answer history questionnaire -> System: Verify eligibility {interface 2s reads=coverage writes=eligibility} -> Front desk: Check in patient {screen 2m}
Front desk: Check in patient -> Front desk: Scan insurance card {screen 1m writes=coverage:scanned} -> Front desk: Take copay by card {screen 1m}
Front desk: Take copay by card -> MA: Escort to exam room {verbal 2m} -> MA: Measure vitals with monitor {auto 2m writes=vitals:auto}
MA: Measure vitals with monitor -> MA: Reconcile medications {screen 4m reads=medications} -> Clinician: Review patient history {check screen 2m reads=history+allergies}
Clinician: Review patient history -> Clinician: Examine patient {verbal 15m}`,
    links: `Greet patient => Check in patient
Hand out clipboard, Type demographics => Complete online pre-registration
Fill in history form => Answer history questionnaire
Copy insurance card => Scan insurance card
Call payer for eligibility => Verify eligibility
Collect copay => Take copay by card
Room patient => Escort to exam room
Take vitals, Write vitals on sheet => Measure vitals with monitor
Read history form => Review patient history
Examine patient => Examine patient`,
  },
  {
    name: 'laboratory result',
    current: `Lab: Run test {auto 20m} -> Lab: Print result {paper 1m output=print reads=result} -> Lab: Phone critical value {notify phone 2m reads=result safety}
Lab: Phone critical value -> Lab: Fax result to clinic {fax 1m reads=result} -> Front desk: Sort incoming faxes {paper 2m}
Front desk: Sort incoming faxes -> Front desk: Match fax to chart {paper 3m reads=result} -> Nurse: Screen results {check paper 3m reads=result}
Nurse: Screen results -> MD: Initial result {approve paper 1m reads=result} -> MD: Decide on follow-up {decide paper 2m reads=result}
MD: Decide on follow-up -> Nurse: Call patient with result {notify phone 4m reads=result} -> Nurse: Write note in chart {enter paper 2m writes=note}
Nurse: Write note in chart -> Front desk: File result in chart {paper 1m}`,
    future: `Lab: Run test {auto 20m} -> Lab: Call critical value to provider {notify phone 2m reads=result safety}
Lab: Call critical value to provider -> System: Deliver result by interface {interface 1s reads=result writes=result:auto}
System: Deliver result by interface -> Nurse: Triage results inbox {check inbox 2m reads=result} -> Provider: Acknowledge result {approve inbox 1m reads=result}
Provider: Acknowledge result -> Provider: Order follow-up {decide screen 2m reads=result writes=order} -> Provider: Release result to portal {portal 1m reads=result}
Provider: Release result to portal -> Nurse: Phone patient about abnormal result {notify phone 4m reads=result} -> Nurse: Document call {enter screen 2m writes=note}
Nurse: Document call -> Nurse: Track overdue follow-ups {screen 3m}`,
    links: `Run test => Run test
Print result =>
Phone critical value => Call critical value to provider
Fax result to clinic => Deliver result by interface
Sort incoming faxes =>
Match fax to chart =>
Screen results => Triage results inbox
Initial result => Acknowledge result
Decide on follow-up => Order follow-up
Call patient with result => Release result to portal, Phone patient about abnormal result
Write note in chart => Document call
File result in chart =>`,
  },
  {
    name: 'referral to a specialist',
    current: `MD: Dictate referral letter {request verbal 4m writes=reason} -> Typist: Type letter {transcribe screen 8m reads=reason writes=letter}
Typist: Type letter -> MD: Sign letter {approve paper 1m reads=letter} -> Manager: Authorise referral {approve paper 2m reads=reason}
Manager: Authorise referral -> Clerk: Copy relevant records {paper 6m reads=history} -> Clerk: Fax referral packet {fax 4m reads=letter+history}
Clerk: Fax referral packet -> Clerk: Call specialist office to confirm {phone 5m} -> Clerk: Write in referral log book {enter paper 1m writes=status}
Clerk: Write in referral log book -> Clerk: Tell patient the appointment {notify phone 3m reads=appointment} -> Clerk: Chase missing reports {phone 6m reads=status}
Clerk: Chase missing reports -> MD: Read consult report {check paper 3m reads=report}`,
    future: `Provider: Place referral order {request screen 2m writes=reason+order} -> System: Generate referral letter {auto 1s reads=reason writes=letter:auto}
System: Generate referral letter -> Provider: E-sign referral {approve screen 1m reads=letter} -> System: Attach chart summary {auto 1s reads=history}
System: Attach chart summary -> System: Send e-referral {interface 1s reads=letter+history} -> Coordinator: Confirm receipt by message {inbox 2m}
Coordinator: Confirm receipt by message -> Coordinator: Follow referral worklist {screen 2m reads=status} -> Patient: Book slot online {portal 4m writes=appointment}
Patient: Book slot online -> System: Remind patient {notify auto 1s reads=appointment} -> Provider: Review consult note {check inbox 3m reads=report}`,
    links: `Dictate referral letter => Place referral order
Type letter => Generate referral letter
Sign letter => E-sign referral
Authorise referral =>
Copy relevant records => Attach chart summary
Fax referral packet => Send e-referral
Call specialist office to confirm => Confirm receipt by message
Write in referral log book, Chase missing reports => Follow referral worklist
Tell patient the appointment => Remind patient
Read consult report => Review consult note`,
  },
  {
    name: 'vaccination',
    current: `Front desk: Book vaccination by phone {phone 3m writes=appointment} -> Front desk: Pull immunization card {paper 3m reads=immunizations}
Front desk: Pull immunization card -> Nurse: Ask screening questions {verbal 3m writes=contraindications} -> Patient: Sign consent form {approve paper 1m writes=consent}
Patient: Sign consent form -> Nurse: Fetch vaccine from fridge {verbal 2m reads=lot} -> Nurse: Check expiry date {check verbal 1m reads=lot}
Nurse: Check expiry date -> Nurse: Give injection {verbal 2m safety} -> Nurse: Stick lot label on card {paper 1m writes=lot}
Nurse: Stick lot label on card -> Nurse: Watch patient for reaction {wait 15m safety} -> Front desk: Enter shot into registry {transcribe screen 4m reads=lot writes=immunizations}
Front desk: Enter shot into registry -> Front desk: Mail billing slip {paper 2m}`,
    future: `Patient: Schedule shot online {portal 3m writes=appointment} -> System: Query state registry {interface 2s reads=immunizations}
System: Query state registry -> Patient: Answer screening on tablet {screen 3m writes=contraindications+consent} -> Nurse: Review screening answers {check screen 1m reads=contraindications}
Nurse: Review screening answers -> Nurse: Scan vaccine barcode {screen 1m reads=lot writes=lot:scanned} -> Nurse: Administer vaccine {verbal 2m safety}
Nurse: Administer vaccine -> Nurse: Document administration {enter screen 1m writes=immunizations} -> Nurse: Observe for 15 minutes {wait 15m safety}
Nurse: Observe for 15 minutes -> System: Submit to registry {interface 1s reads=immunizations} -> System: Drop charge {auto 1s}`,
    links: `Book vaccination by phone => Schedule shot online
Pull immunization card => Query state registry
Ask screening questions => Answer screening on tablet, Review screening answers
Sign consent form => Answer screening on tablet
Fetch vaccine from fridge =>
Check expiry date => Scan vaccine barcode
Give injection => Administer vaccine
Stick lot label on card => Document administration
Watch patient for reaction => Observe for 15 minutes
Enter shot into registry => Submit to registry
Mail billing slip => Drop charge`,
  },
  {
    name: 'billing of a visit',
    current: `MD: Tick superbill {paper 1m writes=codes} -> Front desk: Collect superbills {paper 1m} -> Biller: Check codes {check paper 3m reads=codes}
Biller: Check codes -> Biller: Ask doctor about codes {phone 4m} -> Biller: Key charges into billing system {transcribe screen 4m reads=codes writes=charges}
Biller: Key charges into billing system -> Biller: Print claim form {paper 1m output=print reads=charges} -> Manager: Sign claims {approve paper 1m reads=charges}
Manager: Sign claims -> Biller: Mail claims to payer {paper 3m reads=charges} -> Biller: Open payment letters {paper 4m writes=payments}
Biller: Open payment letters -> Biller: Post payments {transcribe screen 3m reads=payments writes=payments} -> Biller: Work denials {screen 10m reads=payments}
Biller: Work denials -> Front desk: Send patient statement {paper 2m}`,
    future: `Provider: Select visit codes {enter screen 1m writes=codes} -> System: Scrub claim {auto 1s reads=codes writes=charges:auto}
System: Scrub claim -> Coder: Review flagged codes {check screen 2m reads=codes} -> Coder: Query provider in inbox {inbox 2m}
Coder: Query provider in inbox -> System: Submit electronic claim {interface 1s reads=charges} -> System: Receive remittance {interface 1s writes=payments:auto}
System: Receive remittance -> Biller: Approve auto-posted payments {approve screen 1m reads=payments} -> Biller: Work denial queue {screen 8m reads=payments}
Biller: Work denial queue -> System: Message statement to patient {portal 1s}`,
    links: `Tick superbill => Select visit codes
Collect superbills =>
Check codes => Review flagged codes
Ask doctor about codes => Query provider in inbox
Key charges into billing system => Scrub claim
Print claim form =>
Sign claims =>
Mail claims to payer => Submit electronic claim
Open payment letters => Receive remittance
Post payments => Approve auto-posted payments
Work denials => Work denial queue
Send patient statement => Message statement to patient`,
  },
]
