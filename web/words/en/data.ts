/** English words of the page about the data. */
import type { Price } from '../../search/shapes.ts';
import { count } from './site.ts';

export const words = {
  intro:
    'Every time comes from one of these timetables, every price and rule from a line of one of these tables. Each line says where it is from, since when it holds and how sure it is.',
  sure: 'How sure',
  certainties: {
    A: 'Official and agreed by several sources',
    B: 'One source, or an older one',
    C: 'General knowledge of travellers, not official',
    D: 'Our working assumption, until somebody knows better',
  } satisfies Record<Price['certainty'], string>,

  timetables: 'Timetables',
  inUse: (name: string, version: number) => `“${name}”, version ${version}, is in use`,
  unnumbered: (name: string) => `“${name}” is in use`,
  days: (from: string, to: string) => `It answers for journeys from ${from} to ${to}.`,
  sample: 'Sample',
  sampleText:
    'This is the sample that comes with RouteStitch. Train numbers, names and stations are real; times and running days are approximate and not kept up to date. Do not travel by them. Who runs this site imports real timetables.',
  rolled: 'Repeated calendar',
  rolledText: (day: string) =>
    `Its own calendar ended on ${day}. Its busiest week is repeated from today on: trains may run on other days, or not any more.`,
  rolledSome: 'Its own calendar has ended. Its busiest week is repeated from today on.',
  unused: 'Not used',
  unusedText: (day: string) => `Its calendar ended on ${day}; none of its trips is offered.`,
  by: (publisher: string) => `by ${publisher}`,
  version: 'Version',
  imported: 'Imported',
  vouched: 'The publisher vouches for',
  between: (from: string, to: string) => `${from} to ${to}`,
  since: (from: string) => `from ${from}`,
  until: (to: string) => `until ${to}`,
  attribution: 'Data by',
  roles: { producer: 'data', operator: 'operation', authority: 'authority' },

  tables: 'Fares, rules and figures',
  tablesText: (tables: number, rows: number) =>
    `${count(tables, 'table', 'tables')} with ${count(rows, 'line', 'lines')}, as they lie in data/rules of the project. Open one to read it.`,
  rows: (n: number) => count(n, 'line', 'lines'),
  checked: (day: string) => `oldest check ${day}`,
  line: (n: number) => `line ${n}`,
  validSince: (day: string) => `since ${day}`,
  validBetween: (from: string, to: string) => `${from} to ${to}`,
  ended: 'ended',
  verified: (day: string) => `checked ${day}`,
  source: 'Source',
  /** Tells a table of figures apart for those who hear it. */
  figures: (title: string, source: string) => `${title}, by ${source}`,
  raw: 'The same for programs',

  groups: {
    rail: 'Rail',
    air: 'Air',
    road: 'Buses, autos and taxis',
    metro: 'Metro',
    booking: 'Concessions and booking',
    time: 'Time and connections',
    other: 'Other',
  },
  /** By table; one that is not here is called as the server calls it. */
  titles: {
    access: 'How far from each end stations, airports and stops are looked for',
    'air-ceilings': 'Highest base fares by air',
    'air-fares': 'Model of air fares by distance',
    'booking-windows': 'When booking, Tatkal and charts happen',
    buffers: 'Minutes before departures and after arrivals',
    'bus-surcharges': 'Surcharges of buses on busy days',
    'change-minimum': 'Least minutes before a departure',
    comfort: 'What is hard on travellers, and how hard',
    concessions: 'Concessions in force and withdrawn',
    'flight-lead-times': 'How air fares grow towards the day',
    fog: 'Fog of winter',
    'hill-roads': 'Roads to towns in the hills',
    holidays: 'Holidays that change fares',
    meters: 'Meters and app estimates of autos and taxis',
    'metro-discounts': 'Discounts of the metros',
    'metro-fares': 'Metro fares by distance',
    'metro-pairs': 'Metro fares between two stations',
    platforms: 'Platforms that sell tickets, and the form of their links',
    'rail-children': 'Fares of children by rail',
    'rail-classes': 'Fees and tax by class of rail',
    'rail-fares': 'Fare tables by kind of train and class',
    'rail-points': 'Points of the rail fare tables',
    'rail-quotas': 'Tatkal',
    'rail-refunds': 'What comes back of a rail ticket',
    'rail-revisions': 'Revisions of rail fares',
    'rail-trains': 'Kinds of trains',
    'road-fares': 'Bus fares by operator and kind',
    'station-changes': 'Ways between the stations of a city',
    'train-delays': 'How late trains are',
    vehicles: 'Passengers a vehicle takes',
  },
};
export type DataWords = typeof words;
