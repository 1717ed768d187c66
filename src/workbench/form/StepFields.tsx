import { Button, Checkbox, Form, Input, Radio, Select } from 'antd'
import { CaseField } from './CaseField.tsx'
import { FileField } from './FileField.tsx'
import { isFields } from './values.ts'
import { OrganField } from './OrganField.tsx'
import { createContext, use } from 'react'
import { useSay } from '../language.tsx'
import { words } from '../words.ts'
import type { FieldJson } from '../../server/api/form.ts'
import type { ReactNode } from 'react'

/** Where a value stands in a form: `['evidence', 0, 'name']`. */
export type Place = readonly (string | number)[]

/** What is wrong at a place, as the server says it; entries of lists are counted from 1 there. */
export const ProblemsContext = createContext<ReadonlyMap<string, string>>(new Map())

/** The server's name of a place. */
export function pathOf(place: Place): string {
  return place.map((part) => (typeof part === 'number' ? part + 1 : part)).join('.')
}

/** The id of the control at a place. */
export function idOf(form: string, place: Place): string {
  return [form, ...place].join('_')
}

interface At {
  readonly form: string
  readonly within: Place
  /** How much of the place the list names that this is in: what is within it is named from there. */
  readonly listed: number
}

/** The name of a place within the nearest list. */
function nameAt(place: Place, listed: number): (string | number)[] {
  return place.slice(listed)
}

/** The fields of a step, or of one entry of a list. */
export function StepFields({
  fields,
  form,
  within = [],
  listed = 0,
}: { readonly fields: readonly FieldJson[] } & Pick<At, 'form'> & Partial<At>) {
  return fields.map((field) => <StepField key={field.name} field={field} form={form} within={within} listed={listed} />)
}

function StepField({ field, ...at }: { readonly field: FieldJson } & At) {
  switch (field.kind) {
    case 'choice':
      return <ChoiceField field={field} {...at} />
    case 'flag':
      return <FlagField field={field} {...at} />
    case 'party':
      return <PartyField field={field} {...at} />
    case 'place':
      return <PlaceField field={field} {...at} />
    case 'list':
      return <ListField field={field} {...at} />
    default:
      return (
        <One field={field} {...at}>
          {control(field)}
        </One>
      )
  }
}

/** One line of text, by its kind: what the browser knows best to have typed on a telephone, too. */
function control({ kind, personal, most }: FieldJson): ReactNode {
  const longest = most === null ? {} : { maxLength: most }
  // What was typed about one person is not to be offered for the next.
  const quiet = { autoComplete: 'off', ...(personal ? { spellCheck: false } : {}) }
  switch (kind) {
    case 'longText':
      return <Input.TextArea rows={4} className="growing" {...quiet} {...longest} />
    case 'integer':
      return <Input inputMode="numeric" className="short" {...quiet} />
    case 'ratio':
      return <Input inputMode="decimal" className="short" {...quiet} />
    case 'money':
      return <Money />
    case 'date':
      return <Input type="date" className="short" max="2079-12-31" />
    case 'instant':
      return <Input type="datetime-local" className="short" max="2079-12-31T23:59" />
    case 'organ':
      return <OrganField />
    case 'case':
      return <CaseField />
    case 'file':
      return <FileField />
    case 'subject':
      return <Input className="short" maxLength={18} {...quiet} />
    default:
      return <Input {...quiet} {...longest} />
  }
}

function Money(props: object) {
  return <Input {...props} inputMode="decimal" className="short" suffix={useSay()(words.yuan)} autoComplete="off" />
}

/** One labelled control with its help, and what is wrong with it. */
function One({ field, form, within, listed, children }: { readonly field: FieldJson; readonly children: ReactNode } & At) {
  const place = [...within, field.name]
  const problem = use(ProblemsContext).get(pathOf(place))
  return (
    <Form.Item
      name={nameAt(place, listed)}
      label={<Label field={field} />}
      extra={useHelp(field)}
      {...(problem === undefined ? {} : { validateStatus: 'error' as const, help: problem })}
      htmlFor={idOf(form, place)}
    >
      {children}
    </Form.Item>
  )
}

function Label({ field }: { readonly field: FieldJson }) {
  const say = useSay()
  return (
    <span>
      {field.label}
      {field.optional ? <small className="hint"> {say(words.optionalField)}</small> : null}
      {field.personal ? <small className="hint"> {say(words.personalField)}</small> : null}
    </span>
  )
}

function useHelp({ help, kind, least, most }: FieldJson): ReactNode {
  const say = useSay()
  const parts = [
    help,
    kind === 'subject' ? say(words.creditCode) : null,
    kind === 'instant' ? say(words.beijingTime) : null,
    kind === 'case' ? say(words.caseNumberHelp) : null,
    (kind === 'integer' || kind === 'ratio' || kind === 'list') && (least ?? most) !== null ? say(words.bounds(least, most)) : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? undefined : parts.join(' · ')
}

/** Several controls under one name. */
function Group({ field, within, children }: { readonly field: FieldJson; readonly within: Place; readonly children: ReactNode }) {
  const path = pathOf([...within, field.name])
  const problem = use(ProblemsContext).get(path)
  const help = useHelp(field)
  return (
    <fieldset className="group" {...(problem === undefined ? {} : { 'aria-invalid': true })} data-path={path}>
      <legend>
        <Label field={field} />
      </legend>
      {help === undefined ? null : <p className="hint">{help}</p>}
      {children}
      {problem === undefined ? null : (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  )
}

/** So many choices are all shown; more are a list to look up. */
const SHOWN_CHOICES = 6

function ChoiceField({ field, form, within, listed }: { readonly field: FieldJson } & At) {
  const say = useSay()
  const options = (field.options ?? []).map(({ value, label }) => ({ value, label }))
  const place = [...within, field.name]
  if (options.length > SHOWN_CHOICES)
    return (
      <One field={field} form={form} within={within} listed={listed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={options} allowClear={field.optional} className="medium" />
      </One>
    )
  return (
    <Group field={field} within={within}>
      <Form.Item name={nameAt(place, listed)} noStyle>
        <Radio.Group
          className="choices"
          options={field.optional ? [...options, { value: '', label: say(words.notAnswered) }] : options}
          name={idOf(form, place)}
        />
      </Form.Item>
    </Group>
  )
}

function FlagField({ field, form, within, listed }: { readonly field: FieldJson } & At) {
  const say = useSay()
  const place = [...within, field.name]
  return (
    <Group field={field} within={within}>
      <Form.Item name={nameAt(place, listed)} noStyle>
        <Radio.Group name={idOf(form, place)}>
          <Radio value={true}>{say(words.yes)}</Radio>
          <Radio value={false}>{say(words.no)}</Radio>
          {field.optional ? <Radio value={undefined}>{say(words.notAnswered)}</Radio> : null}
        </Radio.Group>
      </Form.Item>
    </Group>
  )
}

function PartyField({ field, form, within, listed }: { readonly field: FieldJson } & At) {
  const say = useSay()
  const own: Place = [...within, field.name]
  const part = (name: string, label: string, control: ReactNode) => (
    <Form.Item name={nameAt([...own, name], listed)} label={label} htmlFor={idOf(form, [...own, name])}>
      {control}
    </Form.Item>
  )
  return (
    <Group field={field} within={within}>
      {part('name', say(words.partyName), <Input autoComplete="off" spellCheck={false} />)}
      <Form.Item name={nameAt([...own, 'kind'], listed)} noStyle>
        <Radio.Group className="choices" aria-label={say(words.partyKind)} name={idOf(form, [...own, 'kind'])}>
          <Radio value="person">{say(words.partyPerson)}</Radio>
          <Radio value="organisation">{say(words.partyOrganisation)}</Radio>
        </Radio.Group>
      </Form.Item>
      <div className="columns">
        {part('idNumber', say(words.partyId), <Input autoComplete="off" spellCheck={false} />)}
        {part('phone', say(words.partyPhone), <Input type="tel" autoComplete="off" />)}
      </div>
      {part('address', say(words.partyAddress), <Input autoComplete="off" />)}
    </Group>
  )
}

function PlaceField({ field, form, within, listed }: { readonly field: FieldJson } & At) {
  const say = useSay()
  const own: Place = [...within, field.name]
  const part = (name: string, label: string, inputMode?: 'decimal') => (
    <Form.Item name={nameAt([...own, name], listed)} label={label} htmlFor={idOf(form, [...own, name])}>
      <Input autoComplete="off" {...(inputMode ? { inputMode } : {})} />
    </Form.Item>
  )
  return (
    <Group field={field} within={within}>
      {part('address', say(words.placeAddress))}
      <div className="columns">
        {part('community', say(words.placeCommunity))}
        {part('longitude', say(words.placeLongitude), 'decimal')}
        {part('latitude', say(words.placeLatitude), 'decimal')}
      </div>
    </Group>
  )
}

function ListField({ field, form, within, listed }: { readonly field: FieldJson } & At) {
  const { of } = field
  const place = [...within, field.name]
  // Several of some choices are boxes to tick.
  if (!isFields(of) && of?.kind === 'choice')
    return (
      <Group field={field} within={within}>
        <Form.Item name={nameAt(place, listed)} noStyle>
          <Checkbox.Group className="choices" options={(of.options ?? []).map(({ value, label }) => ({ value, label }))} />
        </Form.Item>
      </Group>
    )
  return (
    <Group field={field} within={within}>
      <Form.List name={nameAt(place, listed)}>
        {(entries, { add, remove }) => (
          <>
            {entries.map(({ key, name: index }) => (
              <Entry key={key} field={field} form={form} place={[...place, index]} remove={() => remove(index)} />
            ))}
            <AddEntry field={field} add={() => add(isFields(of) ? {} : undefined)} />
          </>
        )}
      </Form.List>
    </Group>
  )
}

function Entry({
  field,
  form,
  place,
  remove,
}: {
  readonly field: FieldJson
  readonly form: string
  readonly place: Place
  remove(): void
}) {
  const say = useSay()
  const { of, label } = field
  const number = Number(place.at(-1)) + 1
  const removing = (
    <Button type="link" danger onClick={remove} aria-label={say(words.removeEntry(label, number))}>
      {say(['删除', 'Remove'])}
    </Button>
  )
  if (isFields(of))
    return (
      <fieldset className="entry">
        <legend>
          {say(words.entryNumber(label, number))} {removing}
        </legend>
        <StepFields fields={of} form={form} within={place} listed={place.length - 1} />
      </fieldset>
    )
  return (
    <div className="entry-line">
      <EntryValue field={of!} label={say(words.entryNumber(label, number))} form={form} place={place} />
      {removing}
    </div>
  )
}

/** An entry that is one value: its list names it, and a party or a place within a list is a group of its own. */
function EntryValue({
  field,
  label,
  form,
  place,
}: {
  readonly field: FieldJson
  readonly label: string
  readonly form: string
  readonly place: Place
}) {
  const entry = { ...field, label, name: place.at(-1) as string }
  return <StepField field={entry} form={form} within={place.slice(0, -1)} listed={place.length - 1} />
}

function AddEntry({ field, add }: { readonly field: FieldJson; add(): void }) {
  const { of } = field
  return <Button onClick={add}>+ {useSay()(words.addEntry(isFields(of) || of === null ? field.label : of.label))}</Button>
}
