/** Invented people: names of four languages, some of them shared, ids of the kind the old system gives. */
import type { Chance } from './chance.ts'

export type Sex = 'female' | 'male' | 'other' | 'unknown'

export interface Person {
  readonly number: number
  /** As the old system writes it. */
  readonly key: string
  readonly family: string
  readonly given: string
  readonly sex: Sex
  /** `YYYY-MM-DD`, or less where the old system knows no more. */
  readonly birth: string
  readonly postcode: string
  readonly city: string
  readonly phone: string
}

const families: Readonly<Record<string, readonly string[]>> = {
  en: ['Okafor', 'Hughes', 'Marsh', "O'Dowd", 'Lindqvist', 'Pryce', 'Tran', 'Whitlock', 'de la Cruz', 'Abara'],
  de: ['Bräuer', 'Größl', 'Künzel', 'Hölzer', 'Weiß', 'Schütte', 'Yilmaz', 'Jäkel', 'Möhring', 'von Rhein'],
  fr: ['Lefèvre', 'Gérin', "D'Hoore", 'Bélanger', 'Noël', 'Crépin', 'Haddad', 'Le Goff', 'Müller', 'Poirée'],
  nl: ['van der Berg', 'Coenraads', 'De Weerdt', 'Hoekstra', 'Jurriëns', 'Bos', 'Çelik', 'Kuiper', 'Wouters', 'Zijlstra'],
  es: ['Núñez', 'Ibáñez Soler', 'García', 'Peñalver', 'Muñoz', 'Roldán', 'Castaño', 'Zubizarreta', 'Güell', 'Ríos'],
}
const givens: Readonly<Record<string, readonly string[]>> = {
  en: ['Maeve', 'Tobias', 'Ruth', 'Declan', 'Ife', 'Howard', 'Joan', 'Ann Marie'],
  de: ['Jörg', 'Käthe', 'Ulrike', 'Sören', 'Björn', 'Anneliese', 'Günter', 'Beate'],
  fr: ['Zoé', 'Benoît', 'Anaïs', 'Gaël', 'Hélène', 'Jean-Luc', 'Odile', 'Rémi'],
  nl: ['Daniël', 'Loes', 'Maaike', 'Ruben', 'Zoë', 'Joost', 'Fenna', 'Bram'],
  es: ['Iñigo', 'Begoña', 'José María', 'Lucía', 'Andrés', 'Martín', 'Pilar', 'Sofía'],
}
const places: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [
    ['02155', 'Medford'],
    ['01002', 'Amherst'],
    ['60614', 'Chicago'],
    ['04210', 'Auburn'],
  ],
  de: [
    ['01067', 'Dresden'],
    ['80331', 'München'],
    ['04109', 'Leipzig'],
    ['50667', 'Köln'],
  ],
  fr: [
    ['06000', 'Nice'],
    ['75011', 'Paris'],
    ['01000', 'Bourg-en-Bresse'],
    ['42000', 'Saint-Étienne'],
  ],
  nl: [
    ['1012 AB', 'Amsterdam'],
    ['3511 LX', 'Utrecht'],
    ['9711 HH', 'Groningen'],
    ['6211 CD', 'Maastricht'],
  ],
  es: [
    ['08001', 'Barcelona'],
    ['01001', 'Vitoria-Gasteiz'],
    ['28013', 'Madrid'],
    ['15001', 'A Coruña'],
  ],
}

export type KeyForm = 'number' | 'padded' | 'prefixed' | 'uuid'

function keyOf(form: KeyForm, at: number, chance: Chance): string {
  const number = 101 + at * 7 + chance.whole(0, 5)
  if (form === 'uuid') return chance.uuid()
  if (form === 'padded') return String(number).padStart(8, '0')
  return form === 'prefixed' ? `P${String(number).padStart(5, '0')}` : String(number)
}

/** People of one language; the second has the first one's name and the third the first one's birth date. */
export function makePeople(count: number, language: string, form: KeyForm, chance: Chance): Person[] {
  const people: Person[] = []
  for (let at = 0; at < count; at++) {
    const [first] = people
    const sex = chance.yes(0.03) ? chance.pick(['other', 'unknown'] as const) : chance.pick(['female', 'male'] as const)
    const two = (from: number, to: number): string => String(chance.whole(from, to)).padStart(2, '0')
    const birth = `${chance.whole(1931, 2012)}-${two(1, 12)}-${two(1, 28)}`
    const [postcode, city] = chance.pick(places[language] ?? [])
    people.push({
      number: at,
      key: keyOf(form, at, chance),
      family: at === 1 && first ? first.family : chance.pick(families[language] ?? []),
      given: at === 1 && first ? first.given : chance.pick(givens[language] ?? []),
      sex,
      birth: at === 2 && first ? first.birth : birth,
      postcode,
      city,
      phone: `0${chance.digits(2)}-555${chance.digits(4)}`,
    })
  }
  return people
}
