import { useId, useState } from 'react';
import type { TripLeg } from '../../trip/readTrip.ts';
import { tripWords } from '../../words/trip.ts';

interface Props {
  readonly leg: TripLeg;
  readonly initial: string;
}

const OTHER = 'other';

/** Classes of trains are known by their codes; what else there is, and every other vehicle, is typed. */
export function ClassField({ leg, initial }: Props) {
  const id = useId();
  const { classes, fareClass, noClass, otherClass } = tripWords.mark;
  const known = initial === '' || initial in classes;
  const [chosen, setChosen] = useState(known ? initial : OTHER);
  const typed = leg.mode !== 'train' || chosen === OTHER;
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="label -mb-1">
        {fareClass}
      </label>
      {leg.mode === 'train' ? (
        <select
          id={id}
          name={typed ? undefined : 'fareClass'}
          className="field"
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value)}
        >
          <option value="">{noClass}</option>
          {Object.entries(classes).map(([code, text]) => (
            <option key={code} value={code}>
              {text}
            </option>
          ))}
          <option value={OTHER}>{otherClass}</option>
        </select>
      ) : null}
      {typed ? (
        <input
          id={leg.mode === 'train' ? undefined : id}
          name="fareClass"
          className="field"
          maxLength={40}
          autoComplete="off"
          aria-label={leg.mode === 'train' ? otherClass : undefined}
          defaultValue={leg.mode === 'train' && known ? '' : initial}
        />
      ) : null}
    </div>
  );
}
