import type { ReactNode } from 'react';
import type { Between } from '../../trip/timeline.ts';
import { durationText } from '../../words/say.ts';
import { tripWords } from '../../words/trip.ts';
import type { IconName } from '../../components/Icon.tsx';
import { Icon } from '../../components/Icon.tsx';
import { columns } from './columns.ts';

/** What lies between two rides. */
export function BetweenRow({ part }: { readonly part: Between }) {
  const { timeline } = tripWords;
  switch (part.kind) {
    case 'CHANGE':
      return <ChangeRow part={part} />;
    case 'STAY':
      return (
        <Row icon={part.nights > 0 ? 'bed' : 'clock'} firm>
          <p className="font-medium">
            {part.place === null
              ? timeline.stayOnly(durationText(part.minutes))
              : timeline.stay(part.place, durationText(part.minutes))}
          </p>
          {part.nights > 0 ? <p className="text-soft">{timeline.nights(part.nights)}</p> : null}
        </Row>
      );
    case 'WAIT':
      return (
        <Row icon="clock">
          <p>{waitText(part.minutes, part.buffer)}</p>
        </Row>
      );
    case 'WAY_OUT':
      return (
        <Row icon="clock">
          <p>{timeline.wayOut(durationText(part.minutes))}</p>
        </Row>
      );
    default:
      return part satisfies never;
  }
}

const waitText = (minutes: number, buffer: number): string =>
  [
    ...(minutes > buffer ? [tripWords.timeline.wait(durationText(minutes))] : []),
    ...(buffer > 0 ? [tripWords.timeline.beThere(durationText(buffer))] : []),
  ].join(' · ');

const wordStyles = {
  SAFE: 'border-edge',
  TIGHT: 'border-dashed border-ink font-semibold',
  RISKY: 'border-accent bg-accent font-semibold text-on-accent',
  NO_DATA: 'border-dotted border-edge text-soft',
} as const;

function ChangeRow({ part }: { readonly part: Extract<Between, { kind: 'CHANGE' }> }) {
  const { timeline } = tripWords;
  const { risk, needed, available } = part;
  return (
    <Row icon="change" firm>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">
          {part.place === null ? timeline.changeOnly : timeline.change(part.place)}
        </span>
        {risk ? (
          <span className={`border px-1.5 text-xs leading-5 ${wordStyles[risk.word]}`}>
            {timeline.risk[risk.word]}
          </span>
        ) : null}
      </p>
      <Minutes available={available} needed={needed} />
      {risk && risk.probability !== null && risk.word !== 'SAFE' ? (
        <p className="text-soft">{timeline.chance(Math.floor(risk.probability * 100))}</p>
      ) : null}
      {risk?.fog ? <p className="text-soft">{timeline.fog}</p> : null}
    </Row>
  );
}

/** Needed against available, as a bar under the words that say it. */
function Minutes({ available, needed }: { readonly available: number; readonly needed: number | null }) {
  const { timeline } = tripWords;
  return (
    <>
      <p className="text-soft">
        {[
          timeline.available(durationText(available)),
          ...(needed === null ? [] : [timeline.needed(durationText(needed))]),
        ].join(' · ')}
      </p>
      {needed === null ? null : (
        <span aria-hidden="true" className="mt-1 block h-1.5 max-w-48 border border-edge">
          <span
            className={`block h-full ${needed > available ? 'bg-accent' : 'bg-ink'}`}
            style={{ width: `${Math.min(100, Math.round((100 * needed) / Math.max(1, available)))}%` }}
          />
        </span>
      )}
    </>
  );
}

interface RowProps {
  readonly icon: IconName;
  /** Something happens here, in contrast to waiting. */
  readonly firm?: boolean;
  readonly children: ReactNode;
}

function Row({ icon, firm = false, children }: RowProps) {
  return (
    <div className={`${columns} text-sm`}>
      <span />
      <span aria-hidden="true" className="flex justify-center">
        <span className="border-l border-dotted border-edge" />
      </span>
      <div className={`my-2 flex min-w-0 items-start gap-2 px-3 py-2 ${firm ? 'bg-wash' : 'text-soft'}`}>
        <span className="mt-0.5">
          <Icon name={icon} size={18} />
        </span>
        <div className="min-w-0">{children}</div>
      </div>
    </div>
  );
}
