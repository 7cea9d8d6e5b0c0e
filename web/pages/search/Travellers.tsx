import { Field } from '../../components/Field.tsx';
import { Stepper } from '../../components/Stepper.tsx';
import {
  MAX_PASSENGERS,
  offeredDisabilities,
  offeredGenders,
  offeredProfessions,
  offeredProfiles,
  OLDEST_CHILD,
  partySize,
} from '../../search/party.ts';
import type { Party, TravellerText } from '../../search/party.ts';
import { travellerWords } from '../../words/travellers.ts';

interface Props {
  readonly value: Party;
  readonly onChange: (party: Party) => void;
}

const DEFAULT_CHILD_AGE = 8;

/** How many of each age, and for one of them what concessions ask. */
export function Travellers({ value, onChange }: Props) {
  const change = (part: Partial<Party>): void => onChange({ ...value, ...part });
  const room = MAX_PASSENGERS - partySize(value);
  const only = partySize(value) === 1;
  const step = (who: string): { fewer: string; more: string } => ({
    fewer: travellerWords.fewer(who),
    more: travellerWords.more(who),
  });
  return (
    <div className="grid gap-4 md:w-96">
      <Stepper
        label={travellerWords.adults}
        name="adults"
        value={value.adults}
        least={only && value.adults === 1 ? 1 : 0}
        most={value.adults + room}
        {...step(travellerWords.adults)}
        onChange={(adults) => change({ adults })}
      />
      <Stepper
        label={travellerWords.seniors}
        hint={travellerWords.seniorsHint}
        name="seniors"
        value={value.seniors}
        least={only && value.seniors === 1 ? 1 : 0}
        most={value.seniors + room}
        {...step(travellerWords.seniors)}
        onChange={(seniors) => change({ seniors })}
      />
      <Stepper
        label={travellerWords.children}
        hint={travellerWords.childrenHint}
        name="children"
        value={value.children.length}
        least={only && value.children.length === 1 ? 1 : 0}
        most={value.children.length + room}
        {...step(travellerWords.children)}
        onChange={(count) =>
          change({
            children: Array.from({ length: count }, (_, at) => value.children[at] ?? DEFAULT_CHILD_AGE),
          })
        }
      />
      {value.children.length === 0 ? null : (
        <div className="grid grid-cols-2 gap-3">
          {value.children.map((age, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- children are told apart by their place alone
            <Field key={at} label={travellerWords.age(at + 1)}>
              {(ties) => (
                <select
                  {...ties}
                  className="field"
                  value={age}
                  onChange={(event) =>
                    change({ children: value.children.with(at, Number(event.currentTarget.value)) })
                  }
                >
                  {Array.from({ length: OLDEST_CHILD + 1 }, (_, years) => (
                    <option key={years} value={years}>
                      {travellerWords.years(years)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ))}
        </div>
      )}
      {room === 0 ? <p className="text-sm text-soft">{travellerWords.full(MAX_PASSENGERS)}</p> : null}
      <Concession value={value.traveller} onChange={(traveller) => change({ traveller })} />
    </div>
  );
}

interface ConcessionProps {
  readonly value: TravellerText;
  readonly onChange: (traveller: TravellerText) => void;
}

function Concession({ value, onChange }: ConcessionProps) {
  const set = <Name extends keyof TravellerText>(name: Name, next: TravellerText[Name] | undefined): void => {
    const { [name]: _before, ...others } = value;
    onChange(next === undefined ? others : { ...others, [name]: next });
  };
  const { professions, genders, disabilities, profiles, states } = travellerWords;
  const stateNames = Object.keys(states) as (keyof typeof states)[];
  return (
    <fieldset className="double-rule grid gap-3 pt-3">
      <legend className="sr-only">{travellerWords.concession}</legend>
      <p aria-hidden="true" className="font-semibold">
        {travellerWords.concession}
      </p>
      <p className="text-sm text-soft">{travellerWords.concessionHint}</p>
      <div className="grid grid-cols-2 gap-3">
        <Choice
          label={travellerWords.profession}
          value={value.profession}
          choices={offeredProfessions.map((one) => [one, professions[one]])}
          onChange={(next) => set('profession', next)}
        />
        <Field label={travellerWords.ownAge}>
          {(ties) => (
            <input
              {...ties}
              type="number"
              inputMode="numeric"
              min={0}
              max={120}
              className="field number"
              value={value.age ?? ''}
              onChange={(event) => {
                const age = Math.trunc(event.currentTarget.valueAsNumber);
                set('age', Number.isNaN(age) || age < 0 || age > 120 ? undefined : age);
              }}
            />
          )}
        </Field>
        <Choice
          label={travellerWords.gender}
          value={value.gender}
          choices={offeredGenders.map((one) => [one, genders[one]])}
          onChange={(next) => set('gender', next)}
        />
        <Choice
          label={travellerWords.state}
          value={stateNames.find((name) => name === value.domicileState)}
          choices={stateNames.map((name) => [name, states[name]])}
          onChange={(next) => set('domicileState', next)}
        />
        <Choice
          label={travellerWords.disability}
          value={value.disability}
          choices={offeredDisabilities.map((one) => [one, disabilities[one]])}
          onChange={(next) => set('disability', next)}
        />
        <Choice
          label={travellerWords.profile}
          value={value.profile}
          choices={offeredProfiles.map((one) => [one, profiles[one]])}
          onChange={(next) => set('profile', next)}
        />
      </div>
    </fieldset>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value | undefined) => void;
}

function Choice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Field label={label}>
      {(ties) => (
        <select
          {...ties}
          className="field"
          value={value ?? ''}
          onChange={(event) => {
            const { value: picked } = event.currentTarget;
            onChange(choices.find(([one]) => one === picked)?.[0]);
          }}
        >
          <option value="">{travellerWords.none}</option>
          {choices.map(([one, text]) => (
            <option key={one} value={one}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
