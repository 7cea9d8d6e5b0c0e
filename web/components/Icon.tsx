import type { Place } from '../search/shapes.ts';
import type { LegMode } from '../search/shapes.ts';

/** Our own line drawings on a grid of 20. Always beside a word, so hidden from assistive technology. */
const drawings = {
  train:
    'M6 2.8h8a2 2 0 0 1 2 2v7.4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V4.8a2 2 0 0 1 2-2ZM4 9h12M10 2.8V9M7 11.8h.01M13 11.8h.01M7 14.4 5 17.4M13 14.4l2 3',
  bus: 'M5 3h10a1.5 1.5 0 0 1 1.5 1.5V15h-13V4.5A1.5 1.5 0 0 1 5 3ZM3.5 10h13M6.5 12.6h.01M13.5 12.6h.01M6 15v2M14 15v2M8 3v0M7.5 5.4h5',
  flight:
    'M9 8.2V4a1.2 1.2 0 0 1 2.4 0v4.2l6 3.8v1.8l-6-1.7v3.3l1.6 1.2v1.3l-2.8-.8-2.8.8v-1.3L9 15.4v-3.3l-6 1.7V12Z',
  metro: 'M3 15.5 6.2 5l3.8 7 3.8-7L17 15.5M2 15.5h3M15 15.5h3',
  tram: 'M6 5h8a1.5 1.5 0 0 1 1.5 1.5v7A1.5 1.5 0 0 1 14 15H6a1.5 1.5 0 0 1-1.5-1.5v-7A1.5 1.5 0 0 1 6 5ZM4.5 10.5h11M10 5l-2-3h4M7.5 15l-1.5 2.5M12.5 15l1.5 2.5M7.5 12.8h.01M12.5 12.8h.01',
  ferry:
    'M3 11h14l-2.2 4H5.2ZM6 11V7h8v4M10 7V3.5M2 17.5c1.3 0 1.3-.8 2.7-.8s1.3.8 2.6.8 1.4-.8 2.7-.8 1.3.8 2.7.8 1.3-.8 2.6-.8 1.4.8 2.7.8',
  taxi: 'M3 14.5v-3.2l1.6-1L6.2 6h7.6l1.6 4.3 1.6 1v3.2ZM4.6 10.3h10.8M8.3 6V4h3.4v2M6 14.5v1.8M14 14.5v1.8M6.2 12.4h.01M13.8 12.4h.01',
  auto: 'M2.5 14V9.2C2.5 6 5.5 4 9 4h4.2l3.3 5.4 1 .9V14h-1.7M12.3 14H7.2M11 4v5.6h5.6M4.8 9.6H11M5.4 16a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2ZM14.1 16a1.6 1.6 0 1 0 0-3.2 1.6 1.6 0 0 0 0 3.2Z',
  walk: 'M11 4.2a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6ZM7 9.4l3-2.9 1.8.4L13 9.6l2.4 1M10 6.6 9 11l2.6 2.6.8 4M8.8 11.6l-.9 2.6-2.4 3.2',
  city: 'M3 17V8.5h4.5V17M7.5 17V3.5h5V17M12.5 17v-6H17v6M2 17h16M10 6.5v0M10 9.5v0M10 12.5v0M5.2 11v0M5.2 14v0M14.8 13.5v0',
  pin: 'M10 18c3.6-4.2 5.4-7.2 5.4-9.7A5.4 5.4 0 0 0 4.6 8.3C4.6 10.8 6.4 13.8 10 18ZM10 10.2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  swap: 'M3 7h12.5M12 3.5 15.5 7 12 10.5M17 13H4.5M8 9.5 4.5 13 8 16.5',
  search: 'M8.8 14.6a5.8 5.8 0 1 0 0-11.6 5.8 5.8 0 0 0 0 11.6ZM13 13l4.2 4.2',
  tick: 'm4 10.5 4 4 8-9',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  down: 'm4.5 7.5 5.5 5.5 5.5-5.5',
  history: 'M3.4 10a6.6 6.6 0 1 0 2-4.7L3.4 7.2M3.4 3.4v3.8h3.8M10 6.4V10l2.6 1.6',
  alert: 'M10 3 18 16.5H2ZM10 8v4M10 14.2v0',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM10 6v4.2l2.8 1.6',
  night: 'M15.8 12.4A6.6 6.6 0 0 1 7.6 4.2a6.6 6.6 0 1 0 8.2 8.2Z',
  target: 'M10 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM10 2v3M10 15v3M2 10h3M15 10h3M10 10h.01',
  chart: 'M3.5 3v13.5H17M6 12.5h3.5V9H13V6h3.5',
  days: 'M3 5h14v12H3ZM3 8.5h14M7.5 8.5V17M12 8.5V17',
  grip: 'M7 5v0M13 5v0M7 10v0M13 10v0M7 15v0M13 15v0',
  up: 'm4.5 12.5 5.5-5.5 5.5 5.5',
  filter: 'M3 5.5h14M5.5 10h9M8 14.5h4',
  question: 'M7.2 7.4a2.8 2.8 0 1 1 4 2.6c-.8.4-1.2 1-1.2 1.8v.4M10 15.4v0',
  map: 'M3 5l4.5-2 5 2L17 3v12l-4.5 2-5-2L3 17ZM7.5 3v12M12.5 5v12',
  close: 'M4.5 4.5l11 11M15.5 4.5l-11 11',
  ticket:
    'M3 6.5h14v2.2a1.5 1.5 0 0 0 0 2.6v2.2H3v-2.2a1.5 1.5 0 0 0 0-2.6ZM12 6.5v1.2M12 9.4v1.2M12 12.3v1.2',
  bookmark: 'M5.5 3.5h9V17L10 13.2 5.5 17Z',
  copy: 'M7 6.5h8.5V17H7ZM12.5 6.5V3H4v10.5h3',
  share:
    'M15 6.4a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM5 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM15 18a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM7 9l6-3.6M7 11l6 3.6',
  calendar: 'M3.5 5h13v11.5h-13ZM3.5 8.5h13M7 3v3.5M13 3v3.5',
  print: 'M6 7V3h8v4M6 13.5H3.5V7h13v6.5H14M6 11.5h8V17H6Z',
  message: 'M3 4h14v9.5H9L5.5 17v-3.5H3ZM6 7.5h8M6 10h5',
  external: 'M8 4H4v12h12v-4M11 4h5v5M16 4l-7 7',
  bed: 'M2.5 15.5V5M2.5 12.5h15v3M17.5 12.5V10a2 2 0 0 0-2-2H9v4.5M5.8 10.6a1.3 1.3 0 1 0 0-2.6 1.3 1.3 0 0 0 0 2.6Z',
  change: 'M3 6h7l4 8h3M14.5 11.5 17 14l-2.5 2.5M3 14h5',
  bin: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5 6.3 17h7.4l.8-11.5M8.4 8.5v5.5M11.6 8.5v5.5',
  document: 'M5 2.5h7l3.5 3.5v11.5H5ZM12 2.5V6h3.5M7.5 10h5M7.5 13h5',
  person: 'M10 9.6a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM3.8 17c.4-3.4 2.9-5 6.2-5s5.8 1.6 6.2 5',
  cloud: 'M5.8 15.5a3.3 3.3 0 0 1-.2-6.6 4.6 4.6 0 0 1 8.9.9 2.9 2.9 0 0 1 .1 5.7ZM3 3l14 14',
} as const;
export type IconName = keyof typeof drawings;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="shrink-0"
    >
      <path d={drawings[name]} />
    </svg>
  );
}

export const modeIcons = {
  train: 'train',
  bus: 'bus',
  flight: 'flight',
  metro: 'metro',
  tram: 'tram',
  ferry: 'ferry',
  taxi: 'taxi',
  auto: 'auto',
  walk: 'walk',
} as const satisfies Record<LegMode, IconName>;

export const placeIcons = {
  city: 'city',
  station: 'train',
  airport: 'flight',
  bus_stand: 'bus',
  metro: 'metro',
  stop: 'pin',
} as const satisfies Record<Place['kind'], IconName>;
