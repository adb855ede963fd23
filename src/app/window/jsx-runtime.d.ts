/**
 * The elements that a page may hold, as the compiler knows them: those of React, where nothing leads out. A link leads to an `Address`, a
 * picture is made in this browser, and what would load or send by itself is no element at all. `src/app/tsconfig.json` names this file.
 */
import type { ComponentProps, JSX as ReactElements } from 'react'
import type { Address } from './address.ts'

export { Fragment, jsx, jsxs } from 'react/jsx-runtime'

/** Made by this page: a drawing of its own, bytes that it holds, or a picture that came with the app. */
type MadeHere = `data:image/svg+xml;${string}` | `data:image/png;base64,${string}` | `blob:${string}` | `manual/${string}`
type LeadsOut = 'href' | 'src' | 'srcSet' | 'action' | 'formAction' | 'ping' | 'target' | 'xlinkHref' | 'poster' | 'background'
type Inside<Name extends keyof ReactElements.IntrinsicElements> = Omit<ComponentProps<Name>, LeadsOut>
type Loading =
  | 'area'
  | 'audio'
  | 'base'
  | 'embed'
  | 'feImage'
  | 'frame'
  | 'iframe'
  | 'image'
  | 'link'
  | 'meta'
  | 'object'
  | 'script'
  | 'source'
  | 'track'
  | 'video'

type Elements = {
  [Name in Exclude<keyof ReactElements.IntrinsicElements, Loading>]: Inside<Name>
} & {
  a: { href?: Address }
  img: { src: MadeHere; alt: string }
  use: { href: `#${string}` }
}

export namespace JSX {
  export type ElementType = ReactElements.ElementType
  export interface Element extends ReactElements.Element {}
  export interface ElementClass extends ReactElements.ElementClass {}
  export interface ElementAttributesProperty extends ReactElements.ElementAttributesProperty {}
  export interface ElementChildrenAttribute extends ReactElements.ElementChildrenAttribute {}
  export type LibraryManagedAttributes<C, P> = ReactElements.LibraryManagedAttributes<C, P>
  export interface IntrinsicAttributes extends ReactElements.IntrinsicAttributes {}
  export interface IntrinsicClassAttributes<T> extends ReactElements.IntrinsicClassAttributes<T> {}
  export type IntrinsicElements = Elements
}
