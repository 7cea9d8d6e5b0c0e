import { formatRupees } from '../../units/money.ts';
import {
  asEpochMinute,
  type EpochMinute,
  epochMinuteOf,
  formatInstant,
  formatShortDate,
} from '../../units/time.ts';
import type { Exposure } from './contract.ts';
import type { LegToBook } from './openings.ts';
import { railRefunds } from './windows.ts';

/** A leg that is paid for. */
export interface PaidLeg extends LegToBook {
  /** Whole party, minor units. */
  readonly paidMinor: number;
  readonly passengers: number;
}

interface Slab {
  /** Cancelled before this instant … */
  readonly until: EpochMinute;
  /** … so much is lost. */
  readonly lostMinor: number;
}

/**
 * What would be lost of each paid leg by cancelling it now, and when that grows. Only rail has public rules; of
 * other legs all may be lost, and it is said so. Reservation and online fees count as part of what was paid.
 */
export function exposures(legs: readonly PaidLeg[], now: EpochMinute): Exposure[] {
  return legs.map((leg) => {
    const slabs = slabsOf(leg);
    if (slabs === null) return unknownRefund(leg);
    const current = slabs.findIndex(({ until }) => now < until);
    const lostMinor = current < 0 ? leg.paidMinor : slabs[current]!.lostMinor;
    const cliff = slabs.slice(current).find((slab) => slab.lostMinor > lostMinor);
    const before = cliff && slabs[slabs.indexOf(cliff) - 1];
    const nextCliff =
      current < 0 || !cliff || !before
        ? null
        : { at: formatInstant(before.until, leg.leg.from.zone), lostMinor: cliff.lostMinor };
    return {
      legIndex: leg.legIndex,
      paidMinor: leg.paidMinor,
      lostMinor,
      refundKnown: true,
      nextCliff,
      text: say(leg.paidMinor, lostMinor, nextCliff),
    };
  });
}

const unknownRefund = ({ legIndex, paidMinor }: PaidLeg): Exposure => ({
  legIndex,
  paidMinor,
  lostMinor: paidMinor,
  refundKnown: false,
  nextCliff: null,
  text: 'What comes back is decided by the platform; count with nothing.',
});

/** In the order of time; after the last all is lost. */
function slabsOf(leg: PaidLeg): Slab[] | null {
  if (leg.leg.mode !== 'train') return null;
  const departure = epochMinuteOf(Date.parse(leg.leg.departure));
  const rules = railRefunds(leg.leg.line?.name ?? '', leg.fareClass, leg.leg.departure.slice(0, 10));
  const slabs: Slab[] = [];
  for (const rule of rules) {
    const until = asEpochMinute(departure - rule.from_hours * 60);
    // Of a class that is not known the dearest flat charge counts: they come first.
    if (slabs.some((slab) => slab.until === until)) continue;
    const kept = (leg.paidMinor * (100 - rule.refund_percent)) / 100 + rule.flat_minor * leg.passengers;
    slabs.push({ until, lostMinor: Math.min(leg.paidMinor, Math.ceil(kept)) });
  }
  return slabs.length === 0 ? null : slabs;
}

const rupees = (minor: number): string => formatRupees(Math.round(minor / 100) * 100);

function say(paid: number, lost: number, cliff: Exposure['nextCliff']): string {
  const now = `Cancelling now loses ${lost === paid ? 'all of it' : rupees(lost)}`;
  if (cliff === null) return `${now}.`;
  return `${now}; from ${formatShortDate(cliff.at.slice(0, 10))}, ${cliff.at.slice(11, 16)}, ${rupees(cliff.lostMinor)}.`;
}
