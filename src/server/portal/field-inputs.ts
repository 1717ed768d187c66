import { html } from '../markup.ts'
import { inputProblems } from '#engine/check-input.ts'
import { isCreditCode, isIdentityNumber } from '#readings/check-digits.ts'
import { words } from '../words.ts'
import type { Field, Fields } from '#engine/field.ts'
import type { Markup } from '../markup.ts'
import type { OrganNames } from '../shown-value.ts'
import type { Typed } from '#store/hand-ins.ts'
import type { View } from '../view.ts'
import type { Words } from '#engine/words.ts'

/** What is wrong with one input, by its name. */
export type Problems = Readonly<Record<string, Words>>

/** Longest texts of a form: characters. What is longer goes into an attachment. */
const LONGEST = { text: 300, longText: 10_000, part: 500 } as const
const FEN = 100

const PARTY = ['name', 'kind', 'idNumber', 'phone', 'address'] as const

/** The names of the inputs by which a field is asked. */
function inputsOf(name: string, { kind }: Field): string[] {
  if (kind === 'party') return PARTY.map((part) => `${name}.${part}`)
  return [kind === 'place' ? `${name}.address` : name]
}

/** The texts that a form sent for these fields; nothing else of it is kept. */
export function typedOf(fields: Fields, body: unknown): Typed {
  const sent = (body ?? {}) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) =>
      inputsOf(name, field).map((input) => [input, typeof sent[input] === 'string' ? sent[input].replaceAll('\r\n', '\n') : ''] as const),
    ),
  )
}

/** The values that were typed, and what is wrong with them, each beside its input. */
export function readTyped(fields: Fields, typed: Typed): { readonly input: Record<string, unknown>; readonly problems: Problems } {
  const input: Record<string, unknown> = {}
  const problems: Record<string, Words> = {}
  for (const [name, field] of Object.entries(fields)) {
    const inputs = inputsOf(name, field)
    const texts = inputs.map((one) => (typed[one] ?? '').normalize('NFC').trim())
    const first = inputs[0]!
    if (texts.every((text) => text === '')) {
      if (!field.optional) problems[first] = words.fieldMissing
      continue
    }
    const tooLong = texts.findIndex((text) => [...text].length > longest(field))
    if (tooLong >= 0) {
      problems[inputs[tooLong]!] = words.fieldTooLong(longest(field), [...texts[tooLong]!].length)
      continue
    }
    const value = valueOf(field, texts)
    if (value === undefined) {
      problems[first] = field.kind === 'party' || field.kind === 'place' ? words.fieldMissing : words.fieldNoNumber
      continue
    }
    const wrongDigits = digitsProblem(name, field, texts)
    if (wrongDigits) problems[wrongDigits.input] = wrongDigits.says
    const [problem] = inputProblems({ [name]: field }, { [name]: value })
    if (problem) problems[first] = problem.says
    input[name] = value
  }
  return { input, problems }
}

function longest({ kind, most, of }: Field): number {
  if (kind === 'party' || kind === 'place') return LONGEST.part
  if (kind === 'longText' || (kind === 'list' && of !== undefined)) return LONGEST.longText
  return most !== undefined && kind === 'text' ? Math.max(most, LONGEST.text) : LONGEST.text
}

/** `undefined` where the texts are no value of the kind. */
function valueOf(field: Field, texts: readonly string[]): unknown {
  const [text = ''] = texts
  switch (field.kind) {
    case 'integer':
    case 'ratio':
    case 'money': {
      const plain = text.normalize('NFKC').replaceAll(',', '')
      if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined
      return field.kind === 'money' ? Math.round(Number(plain) * FEN) : Number(plain)
    }
    case 'flag':
      return text === 'yes'
    case 'instant':
      return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? `${text}+08:00` : text
    case 'list':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '')
    case 'party':
      if (text === '') return undefined
      return Object.fromEntries(PARTY.map((part, index) => [part, numberForm(part, texts[index]!)]).filter(([, value]) => value !== ''))
    case 'place':
      return { address: text }
    case 'subject':
      return text.normalize('NFKC').toUpperCase()
    default:
      return text
  }
}

function numberForm(part: string, text: string): string {
  return part === 'idNumber' || part === 'phone' ? text.normalize('NFKC').toUpperCase() : text
}

function digitsProblem(name: string, { kind }: Field, texts: readonly string[]): { input: string; says: Words } | undefined {
  if (kind === 'subject') {
    const code = texts[0]!.normalize('NFKC').toUpperCase()
    return isCreditCode(code) ? undefined : { input: name, says: words.fieldNoCredit }
  }
  if (kind !== 'party') return undefined
  const [of, text] = [texts[PARTY.indexOf('kind')], numberForm('idNumber', texts[PARTY.indexOf('idNumber')]!)]
  if (text === '') return undefined
  if (of === 'organisation') return isCreditCode(text) ? undefined : { input: `${name}.idNumber`, says: words.fieldNoCredit }
  return isIdentityNumber(text) ? undefined : { input: `${name}.idNumber`, says: words.fieldNoIdentity }
}

export interface Filled {
  readonly typed: Typed
  readonly problems: Problems
  readonly organs: OrganNames
}

/** The inputs of fields, with what was typed and what is wrong with it beside. */
export function fieldInputs(fields: Fields, filled: Filled, view: View): Markup {
  return html`${Object.entries(fields).map(([name, field]) => fieldInput(name, field, filled, view))}`
}

function fieldInput(name: string, field: Field, filled: Filled, view: View): Markup {
  const { say } = view
  const label = html`${say(field.name)}${field.optional ? html` <span class="quiet">${say(words.fieldOptional)}</span>` : ''}`
  switch (field.kind) {
    case 'party':
      return html`<fieldset class="asked">
        <legend>${label}</legend>
        ${line(`${name}.name`, html`${say(words.partyName)}`, filled, view, { autocomplete: 'name' })}
        ${radios(
          `${name}.kind`,
          html`${say(words.partyKind)}`,
          [
            ['person', words.partyPerson],
            ['organisation', words.partyOrganisation],
          ],
          filled,
          view,
        )}
        ${line(`${name}.idNumber`, html`${say(words.partyIdNumber)} <span class="quiet">${say(words.fieldOptional)}</span>`, filled, view, {})}
        ${line(`${name}.phone`, html`${say(words.phone)} <span class="quiet">${say(words.fieldOptional)}</span>`, filled, view, { type: 'tel', autocomplete: 'tel' })}
        ${line(`${name}.address`, html`${say(words.partyAddress)} <span class="quiet">${say(words.fieldOptional)}</span>`, filled, view, {
          autocomplete: 'street-address',
        })}
      </fieldset>`
    case 'place':
      return line(`${name}.address`, label, filled, view, { help: field.help })
    case 'flag':
      return radios(
        name,
        label,
        [
          ['yes', words.yes],
          ['no', words.no],
        ],
        filled,
        view,
      )
    case 'choice':
      return select(name, label, Object.entries(field.options ?? {}), filled, view)
    case 'organ':
      return select(
        name,
        label,
        [...filled.organs].map(([id, organ]) => [id, [organ, organ]] as const),
        filled,
        view,
      )
    case 'longText':
      return area(name, label, filled, view, field.help)
    case 'list':
      return area(name, label, filled, view, words.fieldOneALine)
    case 'date':
      return line(name, label, filled, view, { type: 'date', help: field.help })
    case 'instant':
      return line(name, label, filled, view, { type: 'datetime-local', help: field.help })
    default:
      return line(name, label, filled, view, { help: field.help })
  }
}

interface LineOptions {
  readonly type?: string
  readonly autocomplete?: string
  readonly help?: Words | undefined
}

function line(
  name: string,
  label: Markup,
  { typed, problems }: Filled,
  view: View,
  { type = 'text', autocomplete = 'off', help }: LineOptions,
) {
  return html`<div class="asked">
    <label for="${name}">${label}</label>
    ${beside(name, problems, help, view)}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${typed[name] ?? ''}"
      autocomplete="${autocomplete}"
      ${described(name, problems, help)}
    />
  </div>`
}

function area(name: string, label: Markup, { typed, problems }: Filled, view: View, help: Words | undefined): Markup {
  return html`<div class="asked">
    <label for="${name}">${label}</label>
    ${beside(name, problems, help, view)}
    <textarea id="${name}" name="${name}" rows="5" ${described(name, problems, help)}>${`\n${typed[name] ?? ''}`}</textarea>
  </div>`
}

type Options = readonly (readonly [value: string, says: Words])[]

function select(name: string, label: Markup, options: Options, { typed, problems }: Filled, view: View): Markup {
  return html`<div class="asked">
    <label for="${name}">${label}</label>
    ${beside(name, problems, undefined, view)}
    <select id="${name}" name="${name}" ${described(name, problems, undefined)}>
      <option value="">${view.say(words.fieldChoose)}</option>
      ${options.map(
        ([value, says]) => html`<option value="${value}" ${typed[name] === value ? html` selected` : ''}>${view.say(says)}</option> `,
      )}
    </select>
  </div>`
}

/** Nothing is chosen beforehand. */
export function radios(
  name: string,
  label: Markup,
  options: Options,
  { typed, problems }: Pick<Filled, 'typed' | 'problems'>,
  view: View,
): Markup {
  return html`<fieldset class="asked" id="${name}">
    <legend>${label}</legend>
    ${beside(name, problems, undefined, view)}
    ${options.map(
      ([value, says]) =>
        html`<label class="option"
          ><input type="radio" name="${name}" value="${value}" ${typed[name] === value ? html` checked` : ''} /> ${view.say(says)}</label
        > `,
    )}
  </fieldset>`
}

function beside(name: string, problems: Problems, help: Words | undefined, { say }: View): Markup {
  const wrong = problems[name]
  return html`${help ? html`<p class="quiet small" id="${name}-help">${say(help)}</p>` : ''}${
    wrong ? html`<p class="wrong" id="${name}-wrong">${say(wrong)}</p>` : ''
  }`
}

function described(name: string, problems: Problems, help: Words | undefined): Markup {
  const wrong = problems[name] !== undefined
  const by = [...(help ? [`${name}-help`] : []), ...(wrong ? [`${name}-wrong`] : [])].join(' ')
  return html`${by === '' ? '' : html` aria-describedby="${by}"`}${wrong ? html` aria-invalid="true"` : ''}`
}

/** How much is to be corrected, first on the page, each with a way to its input. */
export function problemList(problems: Problems, fields: Fields, { say }: View): Markup | '' {
  const all = Object.entries(problems)
  if (all.length === 0) return ''
  return html`<div class="problem" role="alert">
    <p>${say(words.somethingWrong(all.length))}</p>
    <ul>
      ${all.map(([name, says]) => {
        const field = fields[name.split('.')[0]!]
        return html`<li><a href="#${name}">${field ? html`${say(field.name)}${say(words.colon)}` : ''}${say(says)}</a></li> `
      })}
    </ul>
  </div>`
}
