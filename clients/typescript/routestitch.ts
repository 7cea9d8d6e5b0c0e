/**
 * Typed client of the RouteStitch API. Needs `fetch` and nothing else: Node, Deno, Bun, browsers.
 * Written by `npm run golden` from openapi.json; change that instead.
 */

export type KeptRoute = {
  departure?: string | null;
  arrival?: string | null;
  legs: {
    /** "train", "bus", "flight" … */
    mode: string;

    /** Default: every leg but a walk */
    bookable?: boolean;
    departure?: string | null;
    arrival?: string | null;
    [further: string]: unknown;
  }[];
  [further: string]: unknown;
};

/** A `Route` of a search. Kept without the classes that were not chosen and the concessions that do not apply; prices stay as they were. */
export type RouteToKeep = {
  departure?: string | null;
  arrival?: string | null;
  legs: {
    /** "train", "bus", "flight" … */
    mode: string;

    /** Default: every leg but a walk */
    bookable?: boolean;
    departure?: string | null;
    arrival?: string | null;
    [further: string]: unknown;
  }[];
  [further: string]: unknown;
};

export type Problem = {
  type: 'about:blank';
  title: string;
  status: number;
  code:
    | 'INVALID_REQUEST'
    | 'UNAUTHENTICATED'
    | 'FORBIDDEN'
    | 'SIGN_IN_AGAIN'
    | 'NOT_FOUND'
    | 'METHOD_NOT_ALLOWED'
    | 'CONFLICT'
    | 'PAYLOAD_TOO_LARGE'
    | 'UNSUPPORTED_MEDIA_TYPE'
    | 'UNPROCESSABLE'
    | 'PLACE_NOT_FOUND'
    | 'RATE_LIMITED'
    | 'NO_ACTIVE_NETWORK'
    | 'TIMED_OUT'
    | 'OVERLOADED'
    | 'DRAINING'
    | 'UNAVAILABLE'
    | 'FEED_UNREADABLE'
    | 'FEED_REJECTED'
    | 'CONFIGURATION'
    | 'DATABASE'
    | 'INTERNAL';
  detail: string;
  requestId: string;

  /** What is wrong in the request, by field */
  fields?: { path: string; message: string }[];
  facts?: Record<string, unknown>;
};

export type Price = {
  lowMinor: number;

  /** What prices are compared by */
  likelyMinor: number;
  highMinor: number;
  currency: 'INR';
  indicative: true;

  /** Class or vehicle the price stands for: "Sleeper", "Economy" */
  class: string | null;

  /** The one of `fares` that is priced */
  classCode?: string | null;

  /** How it was found: "₹0.55 per km" */
  basis: string;
  source: string;
  asOf: string;

  /** A official … D working assumption */
  certainty: 'A' | 'B' | 'C' | 'D';
};

export type Places = { places: Place[] };

export type Place = {
  /** Stable id: `city:delhi`, `hub:NDLS`, `stop:<network stop id>` */
  id: string;
  kind: 'city' | 'station' | 'airport' | 'bus_stand' | 'metro' | 'stop';
  name: string;

  /** Station or IATA code */
  code: string | null;
  city: string | null;
  state: string | null;
  lat: number;
  lng: number;

  /** One line: "New Delhi (NDLS), Delhi" */
  displayName: string;

  /** Second line: "5 stations, 1 airport" */
  detail: string;

  /** How many of each a city has; null: not a city */
  hubs: { station: number; airport: number; bus_stand: number } | null;

  /** Whether the active timetable calls there */
  served: boolean;

  /** The alias that matched when it is not the name, as "Bombay" */
  matched: string | null;
};

export type PlaceNames = {
  language: 'hi';

  /** By the name that searches and suggestions use */
  names: Record<string, string>;
};

export type SearchResponse = {
  searchId: string;
  origin: Location;
  destination: Location;

  /** What the places to visit were taken for, in order */
  stops?: { place: Location; dwellMinutes: number }[];
  date: string;

  /** Wall-clock time at the origin (at the destination with arriveBy) */
  time: string | null;
  routes: Route[];
  picks: {
    FASTEST: string | null;
    CHEAPEST: string | null;
    BALANCED: string | null;

    /** No change, else the most time to spare at the tightest change */
    SAFEST: string | null;
  };

  /** Candidates that are not offered, each with the reason; the first 100 */
  excluded: RouteExclusion[];

  /** What the traveller should know of this answer */
  notes: SearchNote[];

  /** Nearest searches that have an answer, when this one has none */
  alternatives?: SearchAlternative[];
  generatedAt: string;
  network: {
    id: string;
    name: string;

    /** True: the bundled sample with approximate times */
    sample: boolean;

    /** True: an ended calendar repeated from today */
    rolled: boolean;
    validFrom: string;
    validTo: string;
  };
  cached: boolean;
  partial: boolean;
};

/** What the origin was taken for */
export type Location = {
  id: string;
  name: string;
  city?: string;
  state?: string;
  lat: number;
  lng: number;
  displayName?: string;
};

export type Route = {
  /** Stable for the same legs */
  id: string;
  legs: Leg[];

  /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
  departure: string;

  /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
  arrival: string;
  durationMinutes: number;

  /** Calendar days between departure and arrival, local */
  dayShift: number;

  /** Changes between timetabled rides */
  changes: number;
  modes: ('train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk')[];

  /** Mode of the longest part by distance */
  mainMode: 'train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk';

  /** Whole party; null when a leg has no price */
  price: Price | null;

  /** What concessions surely save; null without a traveller */
  saving?: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** `price` less `saving`: what routes are compared by; null without a traveller or a price */
  effectivePrice?: { lowMinor: number; likelyMinor: number; highMinor: number } | null;
  labels: ('FASTEST' | 'CHEAPEST' | 'BALANCED' | 'SAFEST')[];

  /** Why it is offered, one sentence each */
  reasons: string[];

  /** The same for programs, in the same order */
  why?: RouteReason[];

  /** Shortest time between alighting and the next departure */
  tightestChange: { atLeg: number; minutes: number; place: string } | null;

  /** Least time to spare at a change beyond the way and what boarding needs; null: no change */
  spareMinutes?: number | null;

  /** Chance to make every change */
  risk?: {
    /** Chance that every change is made; null when one is without data */
    probability: number | null;
    word: 'SAFE' | 'TIGHT' | 'RISKY' | 'NO_DATA';

    /** Changes, and of the stays those that a delay may use up */
    changes: {
      /** Leg that one arrives with */
      fromLeg: number;

      /** Leg that may be missed */
      toLeg: number;
      place: string;
      availableMinutes: number;

      /** For the way and for boarding */
      neededMinutes: number;

      /** Chance to make it; null without data */
      probability: number | null;
      word: 'SAFE' | 'TIGHT' | 'RISKY' | 'NO_DATA';
      fog: boolean;

      /** Stay that comes before `toLeg` and is given up first: only a longer delay breaks the plan */
      stayMinutes?: number;
      text: string;
    }[];
  } | null;

  /** What is hard on the traveller in it */
  comfort?: {
    flags: {
      flag:
        | 'NIGHT_DEPARTURE'
        | 'NIGHT_ARRIVAL'
        | 'NIGHT_WAIT'
        | 'NIGHT_CHANGE'
        | 'CHANGE_AT_RISK'
        | 'SLEEP_LOST'
        | 'STATION_CHANGE'
        | 'LONG_WALK'
        | 'BAGGAGE_LIMIT';
      atLeg: number;

      /** How long, where it has a length */
      minutes: number | null;
      penaltyMinutes: number;
      text: string;
    }[];

    /** Minutes that the flags together weigh as much as */
    penaltyMinutes: number;
  } | null;

  /** What the search was told of the party, if anything: a trip that keeps the route finds others by it */
  asked?: {
    /** Ages */
    children?: number[];
    quota?: 'GENERAL' | 'LADIES' | 'SENIOR' | 'TATKAL' | 'CURRENT';

    /** Classes wished for */
    class?: string[];
    traveller?: {
      profession?:
        | 'STUDENT'
        | 'DEFENSE'
        | 'SENIOR_CITIZEN'
        | 'MEDICAL'
        | 'GOVERNMENT'
        | 'CORPORATE'
        | 'OTHER';
      age?: number;
      gender?: 'FEMALE' | 'MALE' | 'TRANSGENDER';

      /** State of residence: "Karnataka" */
      domicileState?: string;

      /** Left out: none */
      disability?: 'ORTHOPAEDIC' | 'VISUAL' | 'INTELLECTUAL' | 'HEARING_AND_SPEECH';

      /** Left out: none */
      patient?:
        | 'CANCER'
        | 'THALASSAEMIA'
        | 'HEART_SURGERY'
        | 'KIDNEY'
        | 'TUBERCULOSIS'
        | 'AIDS'
        | 'OSTOMY'
        | 'HAEMOPHILIA'
        | 'LEPROSY'
        | 'SICKLE_CELL'
        | 'APLASTIC_ANAEMIA';

      /** Left out: none */
      groups?: (
        | 'SC_ST'
        | 'RURAL_GOVERNMENT_SCHOOL'
        | 'RESEARCH_SCHOLAR'
        | 'WAR_WIDOW'
        | 'GALLANTRY'
        | 'PARAMILITARY'
        | 'POLICE_MEDAL'
        | 'PRESS'
        | 'ARTIST'
        | 'SPORTS'
        | 'FARMER'
        | 'YOUTH'
      )[];

      /** Why this journey is made */
      purpose?: 'HOME' | 'EDUCATION' | 'STUDY_TOUR' | 'MAIN_EXAM' | 'RESEARCH' | 'TREATMENT' | 'OTHER';

      /** An escort travels along and pays a ticket of the same class */
      escorted?: boolean;

      /** The Government pays this journey */
      governmentPaid?: boolean;

      /** What is hard on whom; default: default */
      profile?: 'default' | 'solo_woman' | 'senior' | 'with_child' | 'heavy_luggage';
    };
  };
};

export type Leg = {
  index: number;
  mode: 'train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk';
  from: {
    name: string;
    code: string | null;
    city: string | null;

    /** Stop of the active network; null for an address or a city */
    stopId: string | null;
    lat: number;
    lng: number;

    /** IANA time zone */
    zone: string;
  };
  to: {
    name: string;
    code: string | null;
    city: string | null;

    /** Stop of the active network; null for an address or a city */
    stopId: string | null;
    lat: number;
    lng: number;

    /** IANA time zone */
    zone: string;
  };

  /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
  departure: string;

  /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
  arrival: string;
  durationMinutes: number;
  distanceKm: number;

  /** null for walk, auto and taxi */
  line: {
    id: string;

    /** Display name: "12952 Mumbai Rajdhani" */
    name: string;
    number: string | null;
    operator: string | null;
    headsign: string | null;
    color: string | null;
  } | null;

  /** The timetabled run and the day it starts at its origin */
  run: { id: string; serviceDate: string } | null;
  intermediateStops: number;

  /** Headway when the line runs by frequency */
  everyMinutes: number | null;

  /** Minutes to be there before departure (check-in, finding the platform); part of the wait */
  bufferMinutes: number;

  /** null when nothing is known; walking costs nothing */
  price: Price | null;

  /** Every class offered; `price` is one of them */
  fares?: LegFare[];

  /** What the traveller saves, or why not; null without a traveller and for ways by road */
  concession?: {
    outcomes: ConcessionOutcome[];

    /** `ruleId` of the one that is counted: one concession a person */
    best: string | null;
    saving: { lowMinor: number; likelyMinor: number; highMinor: number };

    /** Price of the leg for the party with the saving taken off */
    effective: { lowMinor: number; likelyMinor: number; highMinor: number };
  } | null;

  /** The feed has no time at one of the ends: it was estimated by the distance */
  estimatedTimes?: true;

  /** Whether a ticket or ride is booked for this leg */
  bookable: boolean;

  /** Stay at a place to visit that ends with this leg, as the search asked for it */
  stayMinutes?: number;
};

export type LegFare = {
  lowMinor: number;
  likelyMinor: number;
  highMinor: number;

  /** "SL", "ECONOMY", "TOKEN" */
  classCode: string;

  /** Class or vehicle in words: "Sleeper (SL)" */
  class: string;

  /** Paying persons, or vehicles */
  units: number;

  /** Sums exactly to the likely price */
  breakdown: {
    code:
      | 'BASE'
      | 'FLEXI'
      | 'RESERVATION'
      | 'SUPERFAST'
      | 'QUOTA'
      | 'PEAK'
      | 'DISCOUNT'
      | 'PICKUP'
      | 'LUGGAGE'
      | 'TAX'
      | 'CATERING'
      | 'AIRPORT'
      | 'ROUNDING';
    text: string;
    likelyMinor: number;
  }[];
  notes: {
    code:
      | 'MINIMUM_DISTANCE'
      | 'FARE_MAY_RISE'
      | 'CATERING_OPTIONAL'
      | 'ONLINE_FEE'
      | 'PARTY_SPLIT'
      | 'VEHICLES'
      | 'CHILDREN'
      | 'NIGHT_TARIFF'
      | 'PEAK_DAY'
      | 'HOLIDAY_FARE'
      | 'FARE_CAPPED'
      | 'THROUGH_FARE'
      | 'FEED_FARE'
      | 'QUOTA_NOT_SOLD';
    text: string;
  }[];
  basis: string;
  source: string;
  asOf: string;

  /** Of the least certain table used */
  certainty: 'A' | 'B' | 'C' | 'D';
};

export type ConcessionOutcome = {
  ruleId: string;
  title: string;

  /** POSSIBLE: if the facts in `asks` and the `condition` hold. NOTE: for information, no saving */
  status: 'APPLIES' | 'POSSIBLE' | 'REFUSED' | 'NOTE';

  /** Why a rule for this traveller did not apply */
  reason: {
    code:
      | 'WITHDRAWN'
      | 'NOT_YET'
      | 'TATKAL'
      | 'GOVERNMENT_PAID'
      | 'TRAIN'
      | 'CLASS'
      | 'SERVICE'
      | 'OUTSIDE_STATE'
      | 'DOMICILE'
      | 'PURPOSE'
      | 'BETTER_ONE';
    text: string;
  } | null;
  asks: ('age' | 'gender' | 'domicileState' | 'purpose')[];

  /** What RouteStitch cannot check */
  condition: string | null;

  /** Of the base fare; null when the size is not recorded or there is none */
  percent: { low: number; high: number } | null;

  /** What it saves, or would save when POSSIBLE; 0 when refused */
  saving: { lowMinor: number; likelyMinor: number; highMinor: number };

  /** Whether an escort has the same; UNSTATED: some concession, of unknown size */
  escort: 'SAME' | 'UNSTATED' | null;
  withdrawnSince: string | null;

  /** To carry */
  documents: string | null;
  whereToBuy: string | null;
  validFrom: string;
  validTo: string | null;
  source: string;
  asOf: string;
  certainty: 'A' | 'B' | 'C' | 'D';
};

export type RouteReason = {
  code:
    | 'FASTEST'
    | 'CHEAPEST'
    | 'BALANCED'
    | 'SAFEST'
    | 'FASTEST_OF_MODE'
    | 'CHEAPEST_OF_MODE'
    | 'FEWEST_CHANGES'
    | 'OTHER_DEPARTURE';

  /** Of the journey (FASTEST, FASTEST_OF_MODE), less than the cheapest (BALANCED), to spare at the tightest change (SAFEST), from the nearest departure offered (OTHER_DEPARTURE) */
  minutes: number | null;

  /** Likely price in minor units, savings taken off (CHEAPEST, CHEAPEST_OF_MODE), less than the fastest (BALANCED) */
  minor: number | null;

  /** On the way (SAFEST, FEWEST_CHANGES) */
  changes: number | null;

  /** Minutes that what is hard on this traveller weighs as much as (`comfort`); added to the time (BALANCED) */
  hardMinutes?: number | null;
};

export type Traveller = {
  profession?: 'STUDENT' | 'DEFENSE' | 'SENIOR_CITIZEN' | 'MEDICAL' | 'GOVERNMENT' | 'CORPORATE' | 'OTHER';
  age?: number;
  gender?: 'FEMALE' | 'MALE' | 'TRANSGENDER';

  /** State of residence: "Karnataka" */
  domicileState?: string;

  /** Left out: none */
  disability?: 'ORTHOPAEDIC' | 'VISUAL' | 'INTELLECTUAL' | 'HEARING_AND_SPEECH';

  /** Left out: none */
  patient?:
    | 'CANCER'
    | 'THALASSAEMIA'
    | 'HEART_SURGERY'
    | 'KIDNEY'
    | 'TUBERCULOSIS'
    | 'AIDS'
    | 'OSTOMY'
    | 'HAEMOPHILIA'
    | 'LEPROSY'
    | 'SICKLE_CELL'
    | 'APLASTIC_ANAEMIA';

  /** Left out: none */
  groups?: (
    | 'SC_ST'
    | 'RURAL_GOVERNMENT_SCHOOL'
    | 'RESEARCH_SCHOLAR'
    | 'WAR_WIDOW'
    | 'GALLANTRY'
    | 'PARAMILITARY'
    | 'POLICE_MEDAL'
    | 'PRESS'
    | 'ARTIST'
    | 'SPORTS'
    | 'FARMER'
    | 'YOUTH'
  )[];

  /** Why this journey is made */
  purpose?: 'HOME' | 'EDUCATION' | 'STUDY_TOUR' | 'MAIN_EXAM' | 'RESEARCH' | 'TREATMENT' | 'OTHER';

  /** An escort travels along and pays a ticket of the same class */
  escorted?: boolean;

  /** The Government pays this journey */
  governmentPaid?: boolean;
};

export type RouteExclusion = {
  id: string;
  mainMode: 'train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk';
  departure: string;
  arrival: string;

  /** Likely price in minor units, savings taken off */
  priceMinor: number | null;
  code:
    | 'DUPLICATE'
    | 'DOMINATED'
    | 'NOT_WORTH_IT'
    | 'LOOP'
    | 'EARLY_START'
    | 'SMALL_GAIN'
    | 'SILLY'
    | 'LONG_CHAIN'
    | 'OTHER_MODE_BETTER'
    | 'SAME_RUNS'
    | 'SAME_AGAIN'
    | 'NO_ROOM';

  /** The route it was left out for; null: for no single one */
  because: string | null;

  /** Longer than that one */
  minutes: number | null;

  /** Dearer than that one, in minor units */
  minor: number | null;

  /** More changes than that one */
  changes: number | null;
};

export type SearchNote = {
  code:
    | 'PLACE_READ_AS'
    | 'PLACE_AMBIGUOUS'
    | 'SAMPLE_TIMETABLE'
    | 'ROLLED_TIMETABLE'
    | 'ESTIMATED_TIMES'
    | 'PRICES_INDICATIVE'
    | 'STOPS_ONE_BY_ONE'
    | 'PLACE_UNREACHABLE'
    | 'OUTSIDE_TIMETABLE'
    | 'NO_ROUTE'
    | 'BOOKING_OPENS'
    | 'TATKAL_OPENS'
    | 'CLASS_NOT_OFFERED'
    | 'QUOTA_NOT_SOLD';
  text: string;

  /** The moment it is about (BOOKING_OPENS, TATKAL_OPENS: of AC classes) */
  at?: string;

  /** The moment for classes without AC (TATKAL_OPENS) */
  otherAt?: string;

  /** Trains it is about (BOOKING_OPENS, TATKAL_OPENS) */
  lines?: string[];
};

export type SearchAlternative = {
  kind: 'DATE' | 'MODES' | 'STOPS' | 'ORIGIN' | 'DESTINATION';
  text: string;
  date?: string;
  modes?: ('train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry')[];

  /** Index of `stops` to leave out */
  dropStop?: number;

  /** In place of the origin or the destination */
  place?: Location;
};

export type SearchRequest = {
  /** A text, resolved to the best place, or a location object */
  origin: string | Location;

  /** A text, resolved to the best place, or a location object */
  destination: string | Location;

  /** Places to visit on the way, in order */
  stops?: {
    /** A text, resolved to the best place, or a location object */
    place: string | Location;
    dwellMinutes?: number;
  }[];

  /** Default: today at the origin */
  date?: string;

  /** Default: any time of the day (from now, when the date is today) */
  time?: string;
  arriveBy?: boolean;

  /** Everyone, children included */
  passengers?: number;

  /** Ages of those among the `passengers` who are children. By rail they pay by age: below 5 nothing, 5 to 11 half without a berth of their own; elsewhere as grown-ups */
  children?: number[];

  /** How rail berths are bought; default: GENERAL. LADIES and SENIOR cost the same */
  quota?: 'GENERAL' | 'LADIES' | 'SENIOR' | 'TATKAL' | 'CURRENT';

  /** Classes wished for, the one wanted most first: on each leg the first of them that it has is priced, else the one that follows from the preference */
  class?: string[];
  preference?: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  modes?: ('train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry')[];

  /** One of the passengers: what concessions save, and what is uncomfortable */
  traveller?: {
    profession?: 'STUDENT' | 'DEFENSE' | 'SENIOR_CITIZEN' | 'MEDICAL' | 'GOVERNMENT' | 'CORPORATE' | 'OTHER';
    age?: number;
    gender?: 'FEMALE' | 'MALE' | 'TRANSGENDER';

    /** State of residence: "Karnataka" */
    domicileState?: string;

    /** Left out: none */
    disability?: 'ORTHOPAEDIC' | 'VISUAL' | 'INTELLECTUAL' | 'HEARING_AND_SPEECH';

    /** Left out: none */
    patient?:
      | 'CANCER'
      | 'THALASSAEMIA'
      | 'HEART_SURGERY'
      | 'KIDNEY'
      | 'TUBERCULOSIS'
      | 'AIDS'
      | 'OSTOMY'
      | 'HAEMOPHILIA'
      | 'LEPROSY'
      | 'SICKLE_CELL'
      | 'APLASTIC_ANAEMIA';

    /** Left out: none */
    groups?: (
      | 'SC_ST'
      | 'RURAL_GOVERNMENT_SCHOOL'
      | 'RESEARCH_SCHOLAR'
      | 'WAR_WIDOW'
      | 'GALLANTRY'
      | 'PARAMILITARY'
      | 'POLICE_MEDAL'
      | 'PRESS'
      | 'ARTIST'
      | 'SPORTS'
      | 'FARMER'
      | 'YOUTH'
    )[];

    /** Why this journey is made */
    purpose?: 'HOME' | 'EDUCATION' | 'STUDY_TOUR' | 'MAIN_EXAM' | 'RESEARCH' | 'TREATMENT' | 'OTHER';

    /** An escort travels along and pays a ticket of the same class */
    escorted?: boolean;

    /** The Government pays this journey */
    governmentPaid?: boolean;

    /** What is hard on whom; default: default */
    profile?: 'default' | 'solo_woman' | 'senior' | 'with_child' | 'heavy_luggage';
  };
};

export type PlanB = {
  change: {
    /** Leg that one arrives with */
    fromLeg: number;

    /** Leg that may be missed */
    toLeg: number;
    place: string;
    availableMinutes: number;

    /** For the way and for boarding */
    neededMinutes: number;

    /** Chance to make it; null without data */
    probability: number | null;
    word: 'SAFE' | 'TIGHT' | 'RISKY' | 'NO_DATA';
    fog: boolean;

    /** Stay that comes before `toLeg` and is given up first: only a longer delay breaks the plan */
    stayMinutes?: number;
    text: string;
  };

  /** Chance to need it; null without data */
  brokenProbability: number | null;

  /** The earliest way on; null: none within a day */
  route: Route | null;

  /** Later at the destination than planned */
  extraMinutes: number | null;

  /** For rides that are not paid already; null without prices */
  extra: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** Chance times what it costs at most */
  expectedLossMinor: number | null;
};

export type PlanBRequest = {
  route: Route;

  /** The leg that is missed: `toLeg` of a change at risk */
  toLeg: number;

  /** What the search took the destination for; default: where the last leg ends */
  destination?: Location;
  passengers?: number;

  /** Ages of those among the `passengers` who are children. By rail they pay by age: below 5 nothing, 5 to 11 half without a berth of their own; elsewhere as grown-ups */
  children?: number[];
  modes?: ('train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry')[];
};

export type HandOffs = { handOffs: HandOff[]; disclosure: string };

export type HandOff = {
  /** Id of the platform: "confirmtkt" */
  platform: string;
  name: string;

  /** Always https and of a known host */
  url: string;

  /** Whether the page opens with places and date filled in */
  filledIn: boolean;

  /** What the platform does for this leg */
  kind: 'sells' | 'compares' | 'shows';

  /** Text to copy and paste where the page cannot be filled in */
  copy: string | null;
};

export type HandOffRequest = {
  leg: {
    mode: 'train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk';
    from: {
      name: string;
      code: string | null;
      city: string | null;

      /** Stop of the active network; null for an address or a city */
      stopId: string | null;
      lat: number;
      lng: number;

      /** IANA time zone */
      zone: string;
    };
    to: {
      name: string;
      code: string | null;
      city: string | null;

      /** Stop of the active network; null for an address or a city */
      stopId: string | null;
      lat: number;
      lng: number;

      /** IANA time zone */
      zone: string;
    };

    /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
    departure: string;

    /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
    arrival: string;

    /** null for walk, auto and taxi */
    line: {
      id: string;

      /** Display name: "12952 Mumbai Rajdhani" */
      name: string;
      number: string | null;
      operator: string | null;
      headsign: string | null;
      color: string | null;
    } | null;

    /** The timetabled run and the day it starts at its origin */
    run: { id: string; serviceDate: string } | null;
  };
  passengers?: number;
};

export type Click = {
  /** Keep it to tell the outcome; for a visitor it is the only way to */
  clickId: string;

  /** Path that redirects to the platform: "/out/…", for a day */
  url: string;
};

export type ClickRequest = {
  route: Route;
  legIndex: number;

  /** Id of a platform that the leg is handed to */
  platform: string;
  passengers?: number;

  /** Search that the route is from */
  searchId?: string;

  /** Your trip that the leg belongs to */
  tripId?: string;
};

export type ClickOutcome = {
  clickId: string;
  didBook: boolean;

  /** When it was told */
  markedAt: string;
};

export type BookingPlan = {
  openings: Opening[];
  exposures: Exposure[];

  /** Most that is lost over all legs if the plan breaks now */
  lostMinor: number;
  linkableTickets: { firstLeg: number; secondLeg: number; text: string }[];
};

export type Opening = {
  legIndex: number;

  /** null: can be booked at any time */
  opensAt: string | null;
  open: boolean;

  /** Of the class, when it is known; else of AC classes */
  tatkalAt: string | null;

  /** When the first chart is prepared; null when the start of the train is unknown */
  chartAt: string | null;

  /** 1: buy this leg first */
  order: number;
  reason: 'OPENS_FIRST' | 'SCARCE' | 'PRICE_RISES' | 'ON_THE_DAY' | 'ALWAYS_THERE';

  /** One sentence for the traveller */
  text: string;
};

export type Exposure = {
  legIndex: number;
  paidMinor: number;

  /** Most that is lost by cancelling now */
  lostMinor: number;

  /** False: the platform decides, so all of it may be lost */
  refundKnown: boolean;

  /** When cancelling becomes dearer, and what is lost from then on */
  nextCliff: {
    /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
    at: string;
    lostMinor: number;
  } | null;
  text: string;
};

export type BookingPlanRequest = {
  legs: {
    legIndex: number;
    leg: {
      mode: 'train' | 'bus' | 'flight' | 'metro' | 'tram' | 'ferry' | 'taxi' | 'auto' | 'walk';
      from: {
        name: string;
        code: string | null;
        city: string | null;

        /** Stop of the active network; null for an address or a city */
        stopId: string | null;
        lat: number;
        lng: number;

        /** IANA time zone */
        zone: string;
      };
      to: {
        name: string;
        code: string | null;
        city: string | null;

        /** Stop of the active network; null for an address or a city */
        stopId: string | null;
        lat: number;
        lng: number;

        /** IANA time zone */
        zone: string;
      };

      /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
      departure: string;

      /** ISO 8601 with offset: 2026-12-02T21:05+05:30 */
      arrival: string;

      /** null for walk, auto and taxi */
      line: {
        id: string;

        /** Display name: "12952 Mumbai Rajdhani" */
        name: string;
        number: string | null;
        operator: string | null;
        headsign: string | null;
        color: string | null;
      } | null;

      /** The timetabled run and the day it starts at its origin */
      run: { id: string; serviceDate: string } | null;
    };

    /** SL, 3A … */
    fareClass?: string | null;

    /** When the train leaves its first station */
    trainStartsAt?: string | null;

    /** What was paid for it; null while it is not booked */
    paidMinor?: number | null;
  }[];
  passengers?: number;
};

export type AboutData = {
  tables: RuleTableSummary[];

  /** The active network */
  network: {
    name: string;

    /** Number of its activation */
    version: number | null;

    /** The bundled sample: approximate times */
    sample: boolean;

    /** A calendar in it had ended; its busiest week is repeated */
    rolled: boolean;
    validFrom: string;
    validTo: string;
  };

  /** Timetables of the active network */
  feeds: FeedSource[];
};

export type RuleTableSummary = {
  /** File below data/rules, without .csv */
  name: string;
  title: string;
  rowCount: number;
  certainties: { A: number; B: number; C: number; D: number };

  /** The row verified longest ago */
  verifiedFrom: string;
};

export type FeedSource = {
  /** Names the feed in its network: an import under the same name replaces it */
  name: string;
  publisher: string;

  /** Of the publisher; absent when none is given */
  url?: string;
  version: string;

  /** Whom to name where its data are shown */
  attribution?: string;

  /** The same with addresses, as attributions.txt says it */
  credits?: {
    organization: string;

    /** Empty when none is given */
    url: string;
    roles: ('producer' | 'operator' | 'authority')[];
  }[];

  /** First day for which the publisher vouches */
  validFrom?: string;

  /** Last day for which the publisher vouches */
  validTo?: string;

  /** Last day of its own calendar */
  endsOn?: string;
  importedAt?: string;

  /** Its calendar had ended; its busiest week is repeated */
  rolled?: boolean;

  /** Its calendar had ended and none of its trips is used */
  unused?: boolean;
};

export type RuleTable = {
  /** File below data/rules, without .csv */
  name: string;
  title: string;
  rowCount: number;
  certainties: { A: number; B: number; C: number; D: number };

  /** The row verified longest ago */
  verifiedFrom: string;
  rows: RuleRow[];
};

export type RuleRow = {
  /** Line of the file */
  line: number;

  /** Columns as they stand in the file */
  figures: Record<string, string>;
  source: string;
  validFrom: string;
  validTo: string | null;
  verifiedOn: string;

  /** A official … D working assumption */
  certainty: 'A' | 'B' | 'C' | 'D';
};

export type TripPage = {
  /** In the order asked for */
  trips: TripSummary[];

  /** For the next page; null on the last */
  nextCursor: string | null;
};

export type TripSummary = {
  id: string;
  origin: Location;
  destination: Location;
  stops: TripStop[] | null;
  date: string;
  time: string | null;
  timezone: string;
  passengers: number;
  preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  status: 'PLANNED' | 'PARTIALLY_BOOKED' | 'FULLY_BOOKED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED';

  /** Legs of the selected route that are booked */
  legCount: number;

  /** Departure of the route, else date and time in the zone */
  startsAt: string;

  /** Arrival of the route, else the end of the day in the zone */
  endsAt: string;

  /** By legIndex */
  bookingLegs: BookingLeg[];
  createdAt: string;
  updatedAt: string;
};

export type TripStop = { place: Location; dwellMinutes?: number };

export type BookingLeg = {
  id: string;
  legIndex: number;
  mode: string;
  isBooked: boolean;
  platform: string | null;
  bookingRef: string | null;
  fareClass: string | null;
  bookedAt: string | null;

  /** Minor units */
  cost: number | null;
  currency: string;
  departsAt: string | null;
  remindAt: string | null;
  reminderSent: boolean;
};

export type Trip = {
  id: string;
  origin: Location;
  destination: Location;
  stops: TripStop[] | null;
  date: string;
  time: string | null;
  timezone: string;
  passengers: number;
  preference: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  status: 'PLANNED' | 'PARTIALLY_BOOKED' | 'FULLY_BOOKED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED';

  /** Legs of the selected route that are booked */
  legCount: number;

  /** Departure of the route, else date and time in the zone */
  startsAt: string;

  /** Arrival of the route, else the end of the day in the zone */
  endsAt: string;

  /** By legIndex */
  bookingLegs: BookingLeg[];
  createdAt: string;
  updatedAt: string;
  totals: TripTotals;
  selectedRoute: KeptRoute | null;

  /** Set while the trip lies in the archive */
  archivedAt: string | null;
};

export type TripTotals = {
  currency: 'INR';

  /** All legs by their indicative prices; null when one has none */
  estimate: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** Recorded costs of booked legs, in rupees */
  paidMinor: number;

  /** What those legs were estimated at */
  paidEstimate: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** Estimate of the legs without a recorded cost; null when one has no price */
  open: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** `paidMinor` and `open`; null without `open` or with `otherPaid` */
  expected: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

  /** Recorded costs in other currencies, which are not converted */
  otherPaid: { currency: string; minor: number }[];

  /** Legs with neither a cost nor a price */
  unpricedLegs: number[];
};

export type TripInput = {
  origin: Location;
  destination: Location;
  stops?:
    | (
        | TripStop
        | {
            id: string;
            name: string;
            city?: string;
            state?: string;
            lat: number;
            lng: number;
            displayName?: string;
            dwellMinutes?: number;
          }
      )[]
    | null;

  /** Wall-clock date at the origin */
  date: string;
  time?: string | null;
  timezone?: string;
  passengers?: number;
  preference?: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  selectedRoute?: RouteToKeep | null;
};

export type TripChanges = {
  origin?: Location;
  destination?: Location;
  stops?:
    | (
        | TripStop
        | {
            id: string;
            name: string;
            city?: string;
            state?: string;
            lat: number;
            lng: number;
            displayName?: string;
            dwellMinutes?: number;
          }
      )[]
    | null;

  /** Wall-clock date at the origin */
  date?: string;
  time?: string | null;
  timezone?: string;
  passengers?: number;
  preference?: 'FASTEST' | 'CHEAPEST' | 'BALANCED';
  selectedRoute?: RouteToKeep | null;
};

export type BookingDetails = {
  /** "IRCTC", "RedBus" … */
  platform?: string | null;

  /** PNR, ticket number … */
  bookingRef?: string | null;

  /** Paid, in minor units (paise) */
  cost?: number | null;
  currency?: string;

  /** Class it is booked in: "3A", "Economy" … */
  fareClass?: string | null;

  /** Needed only while the trip has no selected route */
  mode?: string;
};

export type BookedLegs = { count: number; legs: BookingLeg[] };

export type BatchBooking = {
  /** "IRCTC", "RedBus" … */
  platform?: string;

  /** PNR, ticket number … */
  bookingRef?: string;

  /** Default: every leg */
  legIndexes?: number[];
};

export type ReplanOptions = {
  /** Nearest departure first; none: no other ride leaves the rest of the trip valid */
  options: {
    /** The whole route with it, to be selected as it is */
    route: KeptRoute;

    /** What of `route` takes the leg’s place */
    legIndexes: number[];
    line: string | null;
    departure: string;
    arrival: string;

    /** More (less, when negative) for this part; null when a price is unknown */
    priceDifference: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

    /** Legs of the present route by road that begin at another time then */
    movedLegs: number[];

    /** Booked legs of the present route to take back first */
    bookedLegsLost: number[];
  }[];
};

export type ReplanQuestion = {
  /** Than the ride of the leg leaves now */
  direction: 'earlier' | 'later';
  limit?: number;
};

export type ArchivePage = {
  /** Latest date first */
  trips: ArchivedTrip[];

  /** For the next page; null on the last */
  nextCursor: string | null;
};

export type ArchivedTrip = {
  id: string;
  origin: Location;
  destination: Location;
  date: string;
  time: string | null;
  passengers: number;
  status: string;
  archivedAt: string;
};

export type SavedRoutePage = {
  /** Latest first */
  savedRoutes: SavedRouteSummary[];

  /** For the next page; null on the last */
  nextCursor: string | null;
};

export type SavedRouteSummary = {
  id: string;
  name: string | null;
  origin: Location;
  destination: Location;
  stops: TripStop[] | null;
  timesUsed: number;
  lastUsedAt: string | null;
  createdAt: string;
  updatedAt: string;
};

export type SavedRoute = {
  id: string;
  name: string | null;
  origin: Location;
  destination: Location;
  stops: TripStop[] | null;
  timesUsed: number;
  lastUsedAt: string | null;
  createdAt: string;
  updatedAt: string;
  route: KeptRoute;
};

export type SavedRouteInput = {
  /** "Weekend escape to Goa" */
  name?: string | null;
  origin: Location;
  destination: Location;
  stops?:
    | (
        | TripStop
        | {
            id: string;
            name: string;
            city?: string;
            state?: string;
            lat: number;
            lng: number;
            displayName?: string;
            dwellMinutes?: number;
          }
      )[]
    | null;
  route: RouteToKeep;
};

export type SavedRouteChanges = {
  /** null: no name */
  name: string | null;
};

export type NewShare = {
  id: string;
  showName: boolean;
  expiresAt: string | null;
  createdAt: string;

  /** Path of the link. Told once, since only its hash is kept: a replayed answer has null */
  url: string | null;
};

export type Share = { id: string; showName: boolean; expiresAt: string | null; createdAt: string };

export type ShareInput = {
  /** Whether the page says your name */
  showName?: boolean;

  /** Default: until it is revoked */
  expiresAt?: string | null;
};

export type Shares = {
  /** Latest first */
  shares: Share[];
};

export type NewCalendar = {
  id: string;

  /** null: of all trips */
  tripId: string | null;
  createdAt: string;

  /** Path of the link. Told once, since only its hash is kept: a replayed answer has null */
  url: string | null;
};

export type Calendar = {
  id: string;

  /** null: of all trips */
  tripId: string | null;
  createdAt: string;
};

export type Calendars = {
  /** Latest first */
  calendars: Calendar[];
};

export type SharedTrip = {
  /** Name of the traveller, if they chose to say it */
  sharedBy: string | null;
  date: string;
  time: string | null;
  timezone: string;
  passengers: number;
  status: 'PLANNED' | 'PARTIALLY_BOOKED' | 'FULLY_BOOKED' | 'IN_PROGRESS' | 'COMPLETED' | 'CANCELLED';
  origin: string;
  destination: string;
  stops: { name: string; dwellMinutes: number }[];
  departure: string | null;
  arrival: string | null;
  legs: {
    mode: string;
    line: string | null;
    from: {
      name: string;
      code: string | null;

      /** IANA time zone */
      zone: string;
    } | null;
    to: {
      name: string;
      code: string | null;

      /** IANA time zone */
      zone: string;
    } | null;
    departure: string | null;
    arrival: string | null;

    /** Indicative, of the whole party, when the route was found */
    price: { lowMinor: number; likelyMinor: number; highMinor: number } | null;

    /** null: not booked with anybody */
    booked: boolean | null;
  }[];
  updatedAt: string;
};

export type Sessions = {
  /** Last seen first */
  sessions: Session[];
};

export type Session = {
  /** Of a session in the list */
  id: string;

  /** When it was signed in */
  createdAt: string;

  /** To some minutes */
  lastSeenAt: string;

  /** When it ends unless it is used again */
  expiresAt: string;

  /** Browser and system in words */
  userAgent: string | null;

  /** The session of this request */
  current: boolean;
};

export type SessionsEnded = {
  /** How many other sessions were ended */
  ended: number;
};

export type Profile = {
  id: string;
  email: string;
  name: string | null;
  phone: string | null;
  profession:
    | 'STUDENT'
    | 'DEFENSE'
    | 'SENIOR_CITIZEN'
    | 'MEDICAL'
    | 'GOVERNMENT'
    | 'CORPORATE'
    | 'OTHER'
    | null;

  /** What concessions and comfort may ask; {} when unknown */
  traveller: {
    birthYear?: number;
    gender?: 'FEMALE' | 'MALE' | 'TRANSGENDER';

    /** State of residence: "Karnataka" */
    domicileState?: string;

    /** Left out: none */
    disability?: 'ORTHOPAEDIC' | 'VISUAL' | 'INTELLECTUAL' | 'HEARING_AND_SPEECH';

    /** Left out: none */
    patient?:
      | 'CANCER'
      | 'THALASSAEMIA'
      | 'HEART_SURGERY'
      | 'KIDNEY'
      | 'TUBERCULOSIS'
      | 'AIDS'
      | 'OSTOMY'
      | 'HAEMOPHILIA'
      | 'LEPROSY'
      | 'SICKLE_CELL'
      | 'APLASTIC_ANAEMIA';
    groups?: (
      | 'SC_ST'
      | 'RURAL_GOVERNMENT_SCHOOL'
      | 'RESEARCH_SCHOLAR'
      | 'WAR_WIDOW'
      | 'GALLANTRY'
      | 'PARAMILITARY'
      | 'POLICE_MEDAL'
      | 'PRESS'
      | 'ARTIST'
      | 'SPORTS'
      | 'FARMER'
      | 'YOUTH'
    )[];

    /** What is hard on this traveller */
    profile?: 'default' | 'solo_woman' | 'senior' | 'with_child' | 'heavy_luggage';
    [further: string]: unknown;
  };
  notifications: Notifications;

  /** Whether searches and clicks may be kept under your name */
  analytics: {
    consent: boolean;

    /** Of the text that is agreed to now */
    version: number;
    since: string | null;
  };
  createdAt: string;
};

export type Notifications = {
  /** Whether any reminder is mailed */
  emailReminders: boolean;

  /** Of what */
  kinds: ('BOOKING_OPENS' | 'TATKAL_OPENS' | 'NOT_BOOKED' | 'LEAVE')[];

  /** NOT_BOOKED: so many days before the leg leaves, in the morning */
  daysBefore: number;

  /** LEAVE: so many minutes before it is time to leave home */
  leaveMinutes: number;

  /** No mail from here, HH:MM in `timezone` */
  quietFrom: string;

  /** … to here; the same: at any hour */
  quietTo: string;
  timezone: string;

  /** Of mails */
  language: 'en' | 'hi';
};

export type ProfileChange = {
  name?: string | null;
  phone?: string | null;
  profession?:
    | 'STUDENT'
    | 'DEFENSE'
    | 'SENIOR_CITIZEN'
    | 'MEDICAL'
    | 'GOVERNMENT'
    | 'CORPORATE'
    | 'OTHER'
    | null;
  traveller?: StoredTraveller;
  notifications?: {
    /** Whether any reminder is mailed */
    emailReminders?: boolean;

    /** Of what */
    kinds?: ('BOOKING_OPENS' | 'TATKAL_OPENS' | 'NOT_BOOKED' | 'LEAVE')[];

    /** NOT_BOOKED: so many days before the leg leaves, in the morning */
    daysBefore?: number;

    /** LEAVE: so many minutes before it is time to leave home */
    leaveMinutes?: number;

    /** No mail from here, HH:MM in `timezone` */
    quietFrom?: string;

    /** … to here; the same: at any hour */
    quietTo?: string;
    timezone?: string;

    /** Of mails */
    language?: 'en' | 'hi';
  };

  /** false: also takes your name off the searches and clicks that are kept */
  analyticsConsent?: boolean;
};

/** Replaces what is stored */
export type StoredTraveller = {
  birthYear?: number;
  gender?: 'FEMALE' | 'MALE' | 'TRANSGENDER';

  /** State of residence: "Karnataka" */
  domicileState?: string;

  /** Left out: none */
  disability?: 'ORTHOPAEDIC' | 'VISUAL' | 'INTELLECTUAL' | 'HEARING_AND_SPEECH';

  /** Left out: none */
  patient?:
    | 'CANCER'
    | 'THALASSAEMIA'
    | 'HEART_SURGERY'
    | 'KIDNEY'
    | 'TUBERCULOSIS'
    | 'AIDS'
    | 'OSTOMY'
    | 'HAEMOPHILIA'
    | 'LEPROSY'
    | 'SICKLE_CELL'
    | 'APLASTIC_ANAEMIA';
  groups?: (
    | 'SC_ST'
    | 'RURAL_GOVERNMENT_SCHOOL'
    | 'RESEARCH_SCHOLAR'
    | 'WAR_WIDOW'
    | 'GALLANTRY'
    | 'PARAMILITARY'
    | 'POLICE_MEDAL'
    | 'PRESS'
    | 'ARTIST'
    | 'SPORTS'
    | 'FARMER'
    | 'YOUTH'
  )[];

  /** What is hard on this traveller */
  profile?: 'default' | 'solo_woman' | 'senior' | 'with_child' | 'heavy_luggage';
};

export type DataExport = {
  format: 'routestitch-export/1';
  exportedAt: string;

  /** Rows about you by table, as they are stored, without secrets */
  tables: Record<string, Record<string, unknown>[]>;
};

export type ErasureRequest = {
  /** Your e-mail address, unless you signed in within the last ten minutes */
  confirm?: string;
};

export type Funnel = {
  period: Period;

  /** Searches of the period, and what became of them */
  searches: {
    searches: number;

    /** Those that found a route */
    withRoutes: number;

    /** Those from which somebody went to a platform, until a day after the period */
    clicked: number;

    /** Those of them that were told as booked */
    booked: number;
  };

  /** Clicks of the period */
  clicks: {
    total: number;

    /** From a search; the others are from saved trips, or older */
    ofSearches: number;

    /** Those whose outcome was told */
    answered: number;
    booked: number;
  };
  days: FunnelDay[];
};

export type Period = { since: string; until: string; zone: string };

export type FunnelDay = {
  date: string;
  searches: number;

  /** Those that found a route */
  withRoutes: number;

  /** Those from which somebody went to a platform, until a day after the period */
  clicked: number;

  /** Those of them that were told as booked */
  booked: number;
};

export type Corridors = {
  period: Period;
  minVisits: number;

  /** Most searched first */
  corridors: Corridor[];

  /** All that is not listed: too few visits, beyond the limit, or no known city */
  others: {
    corridors: number;
    searches: number;

    /** Those that found a route */
    withRoutes: number;

    /** Those from which somebody went to a platform, until a day after the period */
    clicked: number;

    /** Those of them that were told as booked */
    booked: number;
  };
};

export type Corridor = {
  from: {
    id: string;

    /** Its name in the timetable of now; its id where there is none */
    name: string;
  };
  to: {
    id: string;

    /** Its name in the timetable of now; its id where there is none */
    name: string;
  };
  searches: number;

  /** Users, networks of a day, and hours of which nothing else is known */
  visits: number;

  /** Searches that found a route */
  withRoutes: number;

  /** Routes, in all */
  routesFound: number;

  /** Searches from which somebody went to a platform; null: fewer than 5, but not none */
  clicked: number | null;

  /** Those told as booked; null: fewer than 5, but not none */
  booked: number | null;

  /** `booked` of `searches`; null where `booked` is */
  conversion: number | null;
};

export type PlatformsFigures = {
  period: Period;

  /** Most clicks first */
  platforms: PlatformFigures[];
};

export type PlatformFigures = {
  platform: string;
  currency: string;
  clicks: number;

  /** Clicks whose outcome was told */
  answered: number;
  booked: number;

  /** `booked` of `clicks` */
  conversion: number | null;

  /** Clicks whose commission is known */
  commissionKnownOf: number;

  /** Of the clicks told as booked, minor units; null: known of none */
  expectedCommissionMinor: number | null;
};

export type StoredNetworks = {
  /** The active one first, then the newest */
  networks: StoredNetwork[];
};

export type StoredNetwork = {
  id: string;
  name: string;
  isActive: boolean;

  /** Number of its latest activation; null when it was never active */
  version: number | null;

  /** The bundled sample: approximate times */
  sample: boolean;

  /** The calendar had ended; its busiest week is repeated */
  rolled: boolean;

  /** Calendars that end too soon are to be rolled */
  rollCalendar: boolean;
  validFrom: string;
  validTo: string;

  /** SHA-256 of the image, hex */
  imageHash: string;
  imageBytes: number;

  /** 0 when the image is no longer kept */
  storedBytes: number;
  stats: {
    stops: number;
    lines: number;
    runs: number;
    stopTimes: number;
    links: number;
    activeDays: number;

    /** Trips that the feeds named */
    runsRead: number;

    /** Those of them that could not be used */
    runsDropped: number;

    /** How many notices there were, listed or not */
    notices: { ERROR: number; WARNING: number; INFO: number };
    importMs: number;
  };
  feeds: {
    /** Names the feed in its network: an import under the same name replaces it */
    name: string;
    publisher: string;

    /** Of the publisher; absent when none is given */
    url?: string;
    version: string;

    /** Whom to name where its data are shown */
    attribution?: string;

    /** The same with addresses, as attributions.txt says it */
    credits?: {
      organization: string;

      /** Empty when none is given */
      url: string;
      roles: ('producer' | 'operator' | 'authority')[];
    }[];

    /** First day for which the publisher vouches */
    validFrom?: string;

    /** Last day for which the publisher vouches */
    validTo?: string;

    /** Last day of its own calendar */
    endsOn?: string;
    importedAt?: string;

    /** Its calendar had ended; its busiest week is repeated */
    rolled?: boolean;

    /** Its calendar had ended and none of its trips is used */
    unused?: boolean;

    /** File name or address it came from */
    source: string;

    /** SHA-256 of the kept archive; of the data files, for the sample */
    hash?: string;

    /** Stands before its ids in the network; empty for the first feed */
    prefix?: string;

    /** Trips whose ride filled their frequency block; timed by distance */
    retimed?: number;
  }[];
  createdAt: string;
  activatedAt: string | null;
};

export type NoticePage = { notices: NetworkNotice[]; nextCursor: string | null };

export type NetworkNotice = {
  severity: 'ERROR' | 'WARNING' | 'INFO';
  code: string;
  feed: string;
  file: string | null;

  /** Line in the file; the header is line 1 */
  row: number | null;
  column: string | null;
  value: string | null;
  message: string;
};

export type AdminAccessPage = {
  /** Latest first */
  accesses: AdminAccess[];
  nextCursor: string | null;
};

export type AdminAccess = {
  id: string;
  at: string;
  email: string;
  kind: 'CHANGE' | 'EXPORT';

  /** Without the query */
  path: string;

  /** What was changed, or asked for */
  details: Record<string, unknown>;

  /** As in the answer and in the log */
  requestId: string | null;
};

export type OperatorHealth = {
  at: string;
  routeCache: {
    rows: number;

    /** Of them; the clean-up deletes them */
    expired: number;

    /** With indexes */
    bytes: number;
    oldestAt: string | null;
    newestAt: string | null;

    /** Searches that are being computed */
    leases: number;

    /** Searches of this process since its start, by where their answer came from */
    process: Record<string, number>;
  };
  geocodeCache: {
    rows: number;

    /** Of them; the clean-up deletes them */
    expired: number;

    /** With indexes */
    bytes: number;
    oldestAt: string | null;
    newestAt: string | null;
  };
  limits: {
    /** null: of other programs */
    rule: string | null;

    /** Whom it counts: ip4, ip6-64, ip6-48, user, mailbox */
    kind: string | null;
    max: number | null;
    keys: number;

    /** In a window that has not ended */
    active: number | null;

    /** Those of them that are refused */
    full: number | null;
  }[];
  database: {
    version: string;
    startedAt: string;
    sizeBytes: number;
    connections: number;
    maxConnections: number;
    cacheHitShare: number | null;
    longestTransactionSeconds: number | null;
    waitingForLocks: number;
    deadlocks: number;
  };

  /** Connections of this process */
  pools: {
    name: string;
    max: number;
    open: number;
    idle: number;

    /** Requests that wait for a connection */
    waiting: number;

    /** How long one holds a connection, running mean */
    heldMs: number;

    /** The server could not be reached at the last attempt */
    away: boolean;

    /** Since the start */
    refused: { queue: number; away: number; late: number };
  }[];

  /** Rows of this process on their way to the database */
  analytics: {
    name: string;
    waiting: number;
    written: number;

    /** Lost: no room, or no database */
    dropped: number;

    /** Not accepted by the database */
    refused: number;
  }[];
};

export type NetworkDetail = {
  network: StoredNetwork;

  /** Errors first */
  notices: NoticeCode[];
};

export type NoticeCode = {
  severity: 'ERROR' | 'WARNING' | 'INFO';
  code: string;

  /** Kept of it, at most 1000 a feed */
  count: number;
};

export type Rollback = {
  /** Id of the network that is active now: a rollback sent twice is done once */
  from: string;

  /** Even a timetable without service soon, or with many lost trips */
  force?: boolean;
};

export type Activation = {
  /** Even a timetable without service soon, or with many lost trips */
  force?: boolean;
};

export type Reminders = {
  /** Whether this server can send any */
  mail: boolean;

  /** Of trips to come and under way, by `dueAt` */
  reminders: Reminder[];
};

export type Reminder = {
  id: string;
  tripId: string;
  legIndex: number;
  kind: 'BOOKING_OPENS' | 'TATKAL_OPENS' | 'NOT_BOOKED' | 'LEAVE';
  dueAt: string;

  /** What it is about: the opening, the begin of the day of travel, the departure */
  eventAt: string;

  /** SKIPPED: not needed any more when it was due; MISSED: it could not be sent while of use */
  state: 'WAITING' | 'SENT' | 'FAILED' | 'SKIPPED' | 'MISSED';
  sentAt: string | null;
};

export type MagicLinkSent = {
  /** Where the link is found; terminal: no mail server is set */
  by: 'mail' | 'terminal';

  /** How long the link works */
  minutes: number;
};

export type MagicLinkRequest = {
  /** One address in plain letters */
  email: string;

  /** Page to go to then: a path of this server */
  returnTo?: string;
};

export type SignedIn = { user: { id: string; email: string; admin: boolean } | null };

export interface RouteStitchOptions {
  /** Where the server is: `https://routes.example.org`; empty in a page that it serves. */
  readonly baseUrl: string;
  /** A session for programs, as `rs.session=…`; a browser sends its own. */
  readonly cookie?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of the global one. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export interface Call {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WriteCall extends Call {
  /** The same key within 24 hours gets the first answer again: a write repeated with it is done once. */
  readonly idempotencyKey?: string;
}

/** The server refused; `code` is stable. Without a problem in the answer (a proxy's page) it is `UNKNOWN`. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: Problem['code'] | 'UNKNOWN';
  readonly problem: Problem | null;
  /** Seconds to wait before the next try; null when the server does not say. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: Problem | null, retryAfter: number | null) {
    super(problem ? `${problem.title}: ${problem.detail}` : `The server answered ${status}`);
    this.status = status;
    this.code = problem?.code ?? 'UNKNOWN';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
interface Asked {
  readonly body?: unknown;
  readonly query?: Query;
  readonly call: WriteCall;
}

/** One method for each operation. Throws {@link ProblemError}, and what `fetch` throws when nobody answers. */
export class RouteStitch {
  readonly #options: RouteStitchOptions;

  constructor(options: RouteStitchOptions) {
    this.#options = options;
  }

  /**
   * Whether the process runs
   *
   * `GET /livez`
   */
  getLivez(call: Call = {}): Promise<{ status: 'ok' }> {
    return this.#ask('GET', `/livez`, 'json', { call }) as Promise<{ status: 'ok' }>;
  }

  /**
   * Whether requests can be answered: the database is there and a timetable is active
   *
   * `GET /readyz`
   */
  getReadyz(call: Call = {}): Promise<{ status: 'ready' }> {
    return this.#ask('GET', `/readyz`, 'json', { call }) as Promise<{ status: 'ready' }>;
  }

  /**
   * What an operator watches, for Prometheus. Open on a server that only its own machine reaches; else with `Authorization: Bearer METRICS_TOKEN`.
   *
   * `GET /metrics`
   */
  getMetrics(call: Call = {}): Promise<string> {
    return this.#ask('GET', `/metrics`, 'text', { call }) as Promise<string>;
  }

  /**
   * Places that a text may mean. Cities, stations, airports, bus stands and stops by name, code, old, local and Hindi names; at most eight, best first.
   *
   * `GET /api/v1/places`
   */
  suggestPlaces(query: { q: string }, call: Call = {}): Promise<Places> {
    return this.#ask('GET', `/api/v1/places`, 'json', { query, call }) as Promise<Places>;
  }

  /**
   * Names of places in another language. Of every place of the active network that has one: what is not in it keeps its name.
   *
   * `GET /api/v1/places/names`
   */
  getPlacesNames(
    query: {
      /** hi: Hindi */
      language: 'hi';
    },
    call: Call = {},
  ): Promise<PlaceNames> {
    return this.#ask('GET', `/api/v1/places/names`, 'json', { query, call }) as Promise<PlaceNames>;
  }

  /**
   * Search journeys from door to door. Trains, buses, flights and metros with the ways to and from them. Prices are indicative ranges for the whole party.
   *
   * `POST /api/v1/search`
   */
  search(body: SearchRequest, call: Call = {}): Promise<SearchResponse> {
    return this.#ask('POST', `/api/v1/search`, 'json', { body, call }) as Promise<SearchResponse>;
  }

  /**
   * The same search as a link to share
   *
   * `GET /api/v1/search`
   */
  searchByLink(
    query: {
      origin: string;
      destination: string;

      /** Wall-clock date at the origin */
      date?: string;

      /** Wall-clock time at the origin (at the destination with arriveBy) */
      time?: string;
      arriveBy?: '0' | '1' | 'true' | 'false';
      passengers?: string;

      /** Age of a child among the passengers: 7 */
      child?: string | string[];

      /** GENERAL, LADIES, SENIOR, TATKAL, CURRENT */
      quota?: string;

      /** Classes wished for: 3A,AC_SLEEPER */
      class?: string;
      preference?: string;

      /** train,bus,flight,metro,tram,ferry */
      modes?: string;

      /** Place to visit and minutes to stay: Jaipur:240 */
      stop?: string | string[];
      profession?: string;

      /** default, solo_woman, senior, with_child, heavy_luggage */
      profile?: string;

      /** Of the traveller */
      age?: string;

      /** FEMALE, MALE, TRANSGENDER */
      gender?: string;

      /** Where the traveller resides: Karnataka */
      state?: string;
    },
    call: Call = {},
  ): Promise<SearchResponse> {
    return this.#ask('GET', `/api/v1/search`, 'json', { query, call }) as Promise<SearchResponse>;
  }

  /**
   * What is left when a change breaks, and what it costs. The earliest way on after a missed ride, found by a fresh search from where it was missed.
   *
   * `POST /api/v1/plan-b`
   */
  planB(body: PlanBRequest, call: Call = {}): Promise<PlanB> {
    return this.#ask('POST', `/api/v1/plan-b`, 'json', { body, call }) as Promise<PlanB>;
  }

  /**
   * Where a leg can be booked. Two to four platforms, the best known link first. RouteStitch sells no tickets.
   *
   * `POST /api/v1/hand-offs`
   */
  handOffs(body: HandOffRequest, call: Call = {}): Promise<HandOffs> {
    return this.#ask('POST', `/api/v1/hand-offs`, 'json', { body, call }) as Promise<HandOffs>;
  }

  /**
   * Go to a platform for a leg. With the search that the route is from, it is noted there as the one that was opened. A signed-in user may name the trip.
   *
   * `POST /api/v1/clicks`
   */
  createClick(body: ClickRequest, call: Call = {}): Promise<Click> {
    return this.#ask('POST', `/api/v1/clicks`, 'json', { body, call }) as Promise<Click>;
  }

  /**
   * The redirect of a click
   *
   * `GET /out/{clickId}`
   */
  followClick(clickId: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/out/${segment(clickId)}`, 'location', { call }) as Promise<string>;
  }

  /**
   * Whether a click led to a booking. Of your own click, or of one made without signing in, whose id you have, for 90 days. May be told again.
   *
   * `POST /api/v1/clicks/{clickId}/outcome`
   */
  recordOutcome(clickId: string, body: { didBook: boolean }, call: Call = {}): Promise<ClickOutcome> {
    return this.#ask('POST', `/api/v1/clicks/${segment(clickId)}/outcome`, 'json', {
      body,
      call,
    }) as Promise<ClickOutcome>;
  }

  /**
   * When and in which order to buy, and what would be lost now
   *
   * `POST /api/v1/booking-plan`
   */
  bookingPlan(body: BookingPlanRequest, call: Call = {}): Promise<BookingPlan> {
    return this.#ask('POST', `/api/v1/booking-plan`, 'json', { body, call }) as Promise<BookingPlan>;
  }

  /**
   * The tables behind every figure, and the timetables in use
   *
   * `GET /api/v1/data`
   */
  getData(call: Call = {}): Promise<AboutData> {
    return this.#ask('GET', `/api/v1/data`, 'json', { call }) as Promise<AboutData>;
  }

  /**
   * One table, row by row, with source, dates and certainty
   *
   * `GET /api/v1/data/{table}`
   */
  getDataTable(table: string, call: Call = {}): Promise<RuleTable> {
    return this.#ask('GET', `/api/v1/data/${segment(table)}`, 'json', { call }) as Promise<RuleTable>;
  }

  /**
   * Your trips. By date, page by page, without their routes. The archive is left out.
   *
   * `GET /api/v1/trips`
   */
  getTrips(
    query: {
      limit?: number;

      /** `nextCursor` of the page before */
      cursor?: string;

      /** One or several of PLANNED, PARTIALLY_BOOKED, FULLY_BOOKED, IN_PROGRESS, COMPLETED, CANCELLED, by commas */
      status?: string | string[];

      /** One of latest, soonest; default: latest. A cursor goes on in the order of its page */
      order?: string;
    } = {},
    call: Call = {},
  ): Promise<TripPage> {
    return this.#ask('GET', `/api/v1/trips`, 'json', { query, call }) as Promise<TripPage>;
  }

  /**
   * Save a trip. With the route as the search answered it, its prices are kept as they were found.
   *
   * `POST /api/v1/trips`
   */
  createTrip(body: TripInput, call: WriteCall = {}): Promise<Trip> {
    return this.#ask('POST', `/api/v1/trips`, 'json', { body, call }) as Promise<Trip>;
  }

  /**
   * One trip with its route, bookings and totals. From the archive too.
   *
   * `GET /api/v1/trips/{id}`
   */
  getTrip(id: string, call: Call = {}): Promise<Trip> {
    return this.#ask('GET', `/api/v1/trips/${segment(id)}`, 'json', { call }) as Promise<Trip>;
  }

  /**
   * Change a trip. What is not named stays. A route that no longer fits goes; CONFLICT when a booking would.
   *
   * `PATCH /api/v1/trips/{id}`
   */
  changeTrip(id: string, body: TripChanges, call: WriteCall = {}): Promise<Trip> {
    return this.#ask('PATCH', `/api/v1/trips/${segment(id)}`, 'json', { body, call }) as Promise<Trip>;
  }

  /**
   * Delete a trip with its bookings, shares and calendars
   *
   * `DELETE /api/v1/trips/{id}`
   */
  deleteTrip(id: string, call: WriteCall = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/trips/${segment(id)}`, 'none', { call }) as Promise<void>;
  }

  /**
   * Choose a route, as a replan or a search offered it. Bookings of the same rides go along; CONFLICT when one would be lost: take it back first.
   *
   * `PUT /api/v1/trips/{id}/route`
   */
  selectRoute(id: string, body: RouteToKeep, call: WriteCall = {}): Promise<Trip> {
    return this.#ask('PUT', `/api/v1/trips/${segment(id)}/route`, 'json', { body, call }) as Promise<Trip>;
  }

  /**
   * Set a trip aside; its bookings stay recorded
   *
   * `POST /api/v1/trips/{id}/cancel`
   */
  cancelTrip(id: string, call: WriteCall = {}): Promise<Trip> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/cancel`, 'json', { call }) as Promise<Trip>;
  }

  /**
   * Take a cancellation back
   *
   * `POST /api/v1/trips/{id}/uncancel`
   */
  uncancelTrip(id: string, call: WriteCall = {}): Promise<Trip> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/uncancel`, 'json', { call }) as Promise<Trip>;
  }

  /**
   * Record that a leg is booked. Again: new details over old ones; those left out stay, null empties.
   *
   * `PUT /api/v1/trips/{id}/legs/{legIndex}/booking`
   */
  bookLeg(id: string, legIndex: number, body: BookingDetails, call: WriteCall = {}): Promise<BookingLeg> {
    return this.#ask('PUT', `/api/v1/trips/${segment(id)}/legs/${segment(legIndex)}/booking`, 'json', {
      body,
      call,
    }) as Promise<BookingLeg>;
  }

  /**
   * Take the booking of a leg back, with all that was recorded of it
   *
   * `DELETE /api/v1/trips/{id}/legs/{legIndex}/booking`
   */
  unbookLeg(id: string, legIndex: number, call: WriteCall = {}): Promise<BookingLeg> {
    return this.#ask('DELETE', `/api/v1/trips/${segment(id)}/legs/${segment(legIndex)}/booking`, 'json', {
      call,
    }) as Promise<BookingLeg>;
  }

  /**
   * Record several legs as booked, or all of them. All or none.
   *
   * `POST /api/v1/trips/{id}/legs/booking`
   */
  bookLegs(id: string, body: BatchBooking, call: WriteCall = {}): Promise<BookedLegs> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/legs/booking`, 'json', {
      body,
      call,
    }) as Promise<BookedLegs>;
  }

  /**
   * Earlier or later rides for one leg that leave the rest of the trip valid. Changes nothing: choose one with `PUT /trips/{id}/route`.
   *
   * `POST /api/v1/trips/{id}/legs/{legIndex}/replan`
   */
  replanLeg(id: string, legIndex: number, body: ReplanQuestion, call: Call = {}): Promise<ReplanOptions> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/legs/${segment(legIndex)}/replan`, 'json', {
      body,
      call,
    }) as Promise<ReplanOptions>;
  }

  /**
   * Your archive. Completed trips of more than half a year ago, latest date first; `GET /trips/{id}` reads one.
   *
   * `GET /api/v1/archived-trips`
   */
  getArchivedTrips(
    query: {
      limit?: number;

      /** `nextCursor` of the page before */
      cursor?: string;
    } = {},
    call: Call = {},
  ): Promise<ArchivePage> {
    return this.#ask('GET', `/api/v1/archived-trips`, 'json', { query, call }) as Promise<ArchivePage>;
  }

  /**
   * Take a trip back from the archive
   *
   * `POST /api/v1/archived-trips/{id}/restore`
   */
  restoreArchivedTrip(id: string, call: WriteCall = {}): Promise<void> {
    return this.#ask('POST', `/api/v1/archived-trips/${segment(id)}/restore`, 'none', {
      call,
    }) as Promise<void>;
  }

  /**
   * Your saved routes. Latest first, page by page, without the routes themselves.
   *
   * `GET /api/v1/saved-routes`
   */
  getSavedRoutes(
    query: {
      limit?: number;

      /** `nextCursor` of the page before */
      cursor?: string;
    } = {},
    call: Call = {},
  ): Promise<SavedRoutePage> {
    return this.#ask('GET', `/api/v1/saved-routes`, 'json', { query, call }) as Promise<SavedRoutePage>;
  }

  /**
   * Save a route for another time
   *
   * `POST /api/v1/saved-routes`
   */
  createSavedRoute(body: SavedRouteInput, call: WriteCall = {}): Promise<SavedRoute> {
    return this.#ask('POST', `/api/v1/saved-routes`, 'json', { body, call }) as Promise<SavedRoute>;
  }

  /**
   * One saved route
   *
   * `GET /api/v1/saved-routes/{id}`
   */
  getSavedRoute(id: string, call: Call = {}): Promise<SavedRoute> {
    return this.#ask('GET', `/api/v1/saved-routes/${segment(id)}`, 'json', { call }) as Promise<SavedRoute>;
  }

  /**
   * Give a saved route another name
   *
   * `PATCH /api/v1/saved-routes/{id}`
   */
  changeSavedRoute(id: string, body: SavedRouteChanges, call: WriteCall = {}): Promise<SavedRouteSummary> {
    return this.#ask('PATCH', `/api/v1/saved-routes/${segment(id)}`, 'json', {
      body,
      call,
    }) as Promise<SavedRouteSummary>;
  }

  /**
   * Delete a saved route
   *
   * `DELETE /api/v1/saved-routes/{id}`
   */
  deleteSavedRoute(id: string, call: WriteCall = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/saved-routes/${segment(id)}`, 'none', { call }) as Promise<void>;
  }

  /**
   * Take a saved route up again. Counts the use.
   *
   * `POST /api/v1/saved-routes/{id}/use`
   */
  useSavedRoute(id: string, call: WriteCall = {}): Promise<SavedRoute> {
    return this.#ask('POST', `/api/v1/saved-routes/${segment(id)}/use`, 'json', {
      call,
    }) as Promise<SavedRoute>;
  }

  /**
   * Make a link that shows a trip to whoever has it. Without booking references and costs, and without your name unless you choose. It ends when it expires, is revoked, or the trip is deleted or archived. A replay does not tell the link again.
   *
   * `POST /api/v1/trips/{id}/share`
   */
  shareTrip(id: string, body: ShareInput, call: WriteCall = {}): Promise<NewShare> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/share`, 'json', {
      body,
      call,
    }) as Promise<NewShare>;
  }

  /**
   * The links that show a trip
   *
   * `GET /api/v1/trips/{id}/share`
   */
  getTripShares(id: string, call: Call = {}): Promise<Shares> {
    return this.#ask('GET', `/api/v1/trips/${segment(id)}/share`, 'json', { call }) as Promise<Shares>;
  }

  /**
   * Revoke a link
   *
   * `DELETE /api/v1/trips/{id}/share/{shareId}`
   */
  deleteTripShare(id: string, shareId: string, call: WriteCall = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/trips/${segment(id)}/share/${segment(shareId)}`, 'none', {
      call,
    }) as Promise<void>;
  }

  /**
   * Make a secret address that a calendar program subscribes to, of one trip. Without booking references. A replay does not tell the address again.
   *
   * `POST /api/v1/trips/{id}/calendar`
   */
  createTripCalendar(id: string, call: WriteCall = {}): Promise<NewCalendar> {
    return this.#ask('POST', `/api/v1/trips/${segment(id)}/calendar`, 'json', {
      call,
    }) as Promise<NewCalendar>;
  }

  /**
   * The same of all trips, those to come included
   *
   * `POST /api/v1/calendars`
   */
  createCalendar(call: WriteCall = {}): Promise<NewCalendar> {
    return this.#ask('POST', `/api/v1/calendars`, 'json', { call }) as Promise<NewCalendar>;
  }

  /**
   * Your calendars
   *
   * `GET /api/v1/calendars`
   */
  getCalendars(call: Call = {}): Promise<Calendars> {
    return this.#ask('GET', `/api/v1/calendars`, 'json', { call }) as Promise<Calendars>;
  }

  /**
   * Revoke a calendar
   *
   * `DELETE /api/v1/calendars/{calendarId}`
   */
  deleteCalendar(calendarId: string, call: WriteCall = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/calendars/${segment(calendarId)}`, 'none', { call }) as Promise<void>;
  }

  /**
   * The trip that a link shows
   *
   * `GET /api/v1/shared/{token}`
   */
  getSharedTrip(token: string, call: Call = {}): Promise<SharedTrip> {
    return this.#ask('GET', `/api/v1/shared/${segment(token)}`, 'json', { call }) as Promise<SharedTrip>;
  }

  /**
   * The same as a page
   *
   * `GET /shared/{token}`
   */
  getSharedPage(token: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/shared/${segment(token)}`, 'text', { call }) as Promise<string>;
  }

  /**
   * The calendar under a secret address
   *
   * `GET /calendar/{file}`
   */
  getCalendar(file: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/calendar/${segment(file)}`, 'text', { call }) as Promise<string>;
  }

  /**
   * A trip as a calendar file, with its booking references
   *
   * `GET /api/v1/trips/{id}/calendar.ics`
   */
  getTripCalendar(id: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/api/v1/trips/${segment(id)}/calendar.ics`, 'text', { call }) as Promise<string>;
  }

  /**
   * A trip as a page to print
   *
   * `GET /api/v1/trips/{id}/print`
   */
  getTripPrint(id: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/api/v1/trips/${segment(id)}/print`, 'text', { call }) as Promise<string>;
  }

  /**
   * A trip as plain text that fits into three SMS
   *
   * `GET /api/v1/trips/{id}/text`
   */
  getTripText(id: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/api/v1/trips/${segment(id)}/text`, 'text', { call }) as Promise<string>;
  }

  /**
   * Where the user is signed in. Answers `UNAUTHENTICATED` to a visitor.
   *
   * `GET /api/v1/me/sessions`
   */
  getSessions(call: Call = {}): Promise<Sessions> {
    return this.#ask('GET', `/api/v1/me/sessions`, 'json', { call }) as Promise<Sessions>;
  }

  /**
   * End all other sessions of the user
   *
   * `DELETE /api/v1/me/sessions`
   */
  deleteOtherSessions(call: Call = {}): Promise<SessionsEnded> {
    return this.#ask('DELETE', `/api/v1/me/sessions`, 'json', { call }) as Promise<SessionsEnded>;
  }

  /**
   * End one session of the user. Answers `NOT_FOUND` when the user has no such session. This one may be ended too.
   *
   * `DELETE /api/v1/me/sessions/{id}`
   */
  deleteSession(id: string, call: Call = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/me/sessions/${segment(id)}`, 'none', { call }) as Promise<void>;
  }

  /**
   * What you told of yourself
   *
   * `GET /api/v1/me`
   */
  getMe(call: Call = {}): Promise<Profile> {
    return this.#ask('GET', `/api/v1/me`, 'json', { call }) as Promise<Profile>;
  }

  /**
   * Change the profile, the notifications, the consent. What is left out stays; null empties. A consent is withdrawn as it was given.
   *
   * `PATCH /api/v1/me`
   */
  changeMe(body: ProfileChange, call: Call = {}): Promise<Profile> {
    return this.#ask('PATCH', `/api/v1/me`, 'json', { body, call }) as Promise<Profile>;
  }

  /**
   * Erase the account and everything of it. At once and for good; all sessions end. Answers `FORBIDDEN` unless you signed in within ten minutes or `confirm` is your e-mail address.
   *
   * `DELETE /api/v1/me`
   */
  deleteMe(body: ErasureRequest, call: Call = {}): Promise<void> {
    return this.#ask('DELETE', `/api/v1/me`, 'none', { body, call }) as Promise<void>;
  }

  /**
   * Everything that is stored about you. Without secrets (hashes of tokens): they are no use to you and of use to a thief.
   *
   * `GET /api/v1/me/export`
   */
  getMeExport(call: Call = {}): Promise<DataExport> {
    return this.#ask('GET', `/api/v1/me/export`, 'json', { call }) as Promise<DataExport>;
  }

  /**
   * Searches by day, and what became of them
   *
   * `GET /api/v1/admin/funnel`
   */
  getFunnel(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;
    } = {},
    call: Call = {},
  ): Promise<Funnel> {
    return this.#ask('GET', `/api/v1/admin/funnel`, 'json', { query, call }) as Promise<Funnel>;
  }

  /**
   * Searches by day, and what became of them, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/funnel.csv`
   */
  getFunnelCsv(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;
    } = {},
    call: Call = {},
  ): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/funnel.csv`, 'text', { query, call }) as Promise<string>;
  }

  /**
   * From where to where people search. Corridors of few visits are counted together, and few clicks are not told: nobody is found in them.
   *
   * `GET /api/v1/admin/corridors`
   */
  getCorridors(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;

      /** Corridors with fewer visits are counted among the others */
      minVisits?: number;
      limit?: number;
    } = {},
    call: Call = {},
  ): Promise<Corridors> {
    return this.#ask('GET', `/api/v1/admin/corridors`, 'json', { query, call }) as Promise<Corridors>;
  }

  /**
   * From where to where people search, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/corridors.csv`
   */
  getCorridorsCsv(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;

      /** Corridors with fewer visits are counted among the others */
      minVisits?: number;
      limit?: number;
    } = {},
    call: Call = {},
  ): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/corridors.csv`, 'text', { query, call }) as Promise<string>;
  }

  /**
   * Clicks by platform, and how many led to a booking
   *
   * `GET /api/v1/admin/platforms`
   */
  getPlatforms(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;
    } = {},
    call: Call = {},
  ): Promise<PlatformsFigures> {
    return this.#ask('GET', `/api/v1/admin/platforms`, 'json', { query, call }) as Promise<PlatformsFigures>;
  }

  /**
   * Clicks by platform, and how many led to a booking, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/platforms.csv`
   */
  getPlatformsCsv(
    query: {
      /** First day; default: the 30th before and with `until` */
      since?: string;

      /** Last day; default: today */
      until?: string;

      /** Zone of the days */
      zone?: string;
    } = {},
    call: Call = {},
  ): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/platforms.csv`, 'text', { query, call }) as Promise<string>;
  }

  /**
   * The stored timetables
   *
   * `GET /api/v1/admin/networks`
   */
  getNetworks(call: Call = {}): Promise<StoredNetworks> {
    return this.#ask('GET', `/api/v1/admin/networks`, 'json', { call }) as Promise<StoredNetworks>;
  }

  /**
   * The stored timetables, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/networks.csv`
   */
  getNetworksCsv(call: Call = {}): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/networks.csv`, 'text', { call }) as Promise<string>;
  }

  /**
   * What was found in the feeds of a timetable
   *
   * `GET /api/v1/admin/networks/{id}/notices`
   */
  getNotices(
    id: string,
    query: {
      severity?: 'ERROR' | 'WARNING' | 'INFO';
      code?: string;
      feed?: string;

      /** As stops.txt */
      file?: string;

      /** `nextCursor` of the page before */
      cursor?: string;
      limit?: number;
    } = {},
    call: Call = {},
  ): Promise<NoticePage> {
    return this.#ask('GET', `/api/v1/admin/networks/${segment(id)}/notices`, 'json', {
      query,
      call,
    }) as Promise<NoticePage>;
  }

  /**
   * What was found in the feeds of a timetable, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/networks/{id}/notices.csv`
   */
  getNoticesCsv(
    id: string,
    query: {
      severity?: 'ERROR' | 'WARNING' | 'INFO';
      code?: string;
      feed?: string;

      /** As stops.txt */
      file?: string;

      /** `nextCursor` of the page before */
      cursor?: string;
    } = {},
    call: Call = {},
  ): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/networks/${segment(id)}/notices.csv`, 'text', {
      query,
      call,
    }) as Promise<string>;
  }

  /**
   * What administrators changed and took out
   *
   * `GET /api/v1/admin/accesses`
   */
  getAccesses(
    query: {
      kind?: 'CHANGE' | 'EXPORT';

      /** `nextCursor` of the page before */
      cursor?: string;
      limit?: number;
    } = {},
    call: Call = {},
  ): Promise<AdminAccessPage> {
    return this.#ask('GET', `/api/v1/admin/accesses`, 'json', { query, call }) as Promise<AdminAccessPage>;
  }

  /**
   * What administrators changed and took out, as CSV. RFC 4180 in UTF-8 with a head; a text that a spreadsheet would take for a formula has an apostrophe before its sign. Of pages up to 10000 rows; `Link: rel="next"` leads to the rest. The export is noted.
   *
   * `GET /api/v1/admin/accesses.csv`
   */
  getAccessesCsv(
    query: {
      kind?: 'CHANGE' | 'EXPORT';

      /** `nextCursor` of the page before */
      cursor?: string;
    } = {},
    call: Call = {},
  ): Promise<string> {
    return this.#ask('GET', `/api/v1/admin/accesses.csv`, 'text', { query, call }) as Promise<string>;
  }

  /**
   * How caches, limits and database are
   *
   * `GET /api/v1/admin/health`
   */
  getHealth(call: Call = {}): Promise<OperatorHealth> {
    return this.#ask('GET', `/api/v1/admin/health`, 'json', { call }) as Promise<OperatorHealth>;
  }

  /**
   * One timetable, and what kinds of notices it has
   *
   * `GET /api/v1/admin/networks/{id}`
   */
  getNetwork(id: string, call: Call = {}): Promise<NetworkDetail> {
    return this.#ask('GET', `/api/v1/admin/networks/${segment(id)}`, 'json', {
      call,
    }) as Promise<NetworkDetail>;
  }

  /**
   * Go back to the timetable that was active before. Answers `CONFLICT` when `from` is not active (any more), or none was active before. A rollback of a rollback comes back.
   *
   * `POST /api/v1/admin/networks/rollback`
   */
  rollBackNetwork(body: Rollback, call: Call = {}): Promise<StoredNetwork> {
    return this.#ask('POST', `/api/v1/admin/networks/rollback`, 'json', {
      body,
      call,
    }) as Promise<StoredNetwork>;
  }

  /**
   * Search on another timetable. Every process takes it up within a second. Refused as `FEED_REJECTED` when it has no service soon or lost many trips, unless forced. Repeated, it changes nothing more.
   *
   * `POST /api/v1/admin/networks/{id}/activate`
   */
  activateNetwork(id: string, body: Activation, call: Call = {}): Promise<StoredNetwork> {
    return this.#ask('POST', `/api/v1/admin/networks/${segment(id)}/activate`, 'json', {
      body,
      call,
    }) as Promise<StoredNetwork>;
  }

  /**
   * What you will be reminded of by mail, and were. Of trips that have not ended. What you are reminded of, and when not, is in `notifications` of your profile.
   *
   * `GET /api/v1/me/reminders`
   */
  getMeReminders(call: Call = {}): Promise<Reminders> {
    return this.#ask('GET', `/api/v1/me/reminders`, 'json', { call }) as Promise<Reminders>;
  }

  /**
   * The page behind the link that stops reminders. Changes nothing: what looks through mail follows links.
   *
   * `GET /unsubscribe/{stopToken}`
   */
  getUnsubscribe(stopToken: string, call: Call = {}): Promise<string> {
    return this.#ask('GET', `/unsubscribe/${segment(stopToken)}`, 'text', { call }) as Promise<string>;
  }

  /**
   * Stop reminders by mail. Of the button of the page, and of mail programs (RFC 8058). Without signing in; again changes nothing.
   *
   * `POST /unsubscribe/{stopToken}`
   */
  createUnsubscribe(stopToken: string, call: Call = {}): Promise<string> {
    return this.#ask('POST', `/unsubscribe/${segment(stopToken)}`, 'text', { call }) as Promise<string>;
  }

  /**
   * Ask for a link that signs in. Always the same answer, whether the address has an account or not. Answers `INVALID_REQUEST`, `RATE_LIMITED` and, on a server that cannot send mail, `UNAVAILABLE`.
   *
   * `POST /auth/magic-link`
   */
  requestSignInLink(body: MagicLinkRequest, call: Call = {}): Promise<MagicLinkSent> {
    return this.#ask('POST', `/auth/magic-link`, 'json', { body, call }) as Promise<MagicLinkSent>;
  }

  /**
   * Who is signed in
   *
   * `GET /auth/session`
   */
  getSession(call: Call = {}): Promise<SignedIn> {
    return this.#ask('GET', `/auth/session`, 'json', { call }) as Promise<SignedIn>;
  }

  /**
   * Sign out
   *
   * `POST /auth/signout`
   */
  signOut(call: Call = {}): Promise<void> {
    return this.#ask('POST', `/auth/signout`, 'none', { call }) as Promise<void>;
  }

  async #ask(
    method: string,
    path: string,
    kind: 'json' | 'text' | 'none' | 'location',
    asked: Asked,
  ): Promise<unknown> {
    const { baseUrl, cookie, fetch = globalThis.fetch } = this.#options;
    const { body, query, call } = asked;
    const headers: Record<string, string> = { ...this.#options.headers, ...call.headers };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (call.idempotencyKey !== undefined) headers['idempotency-key'] = call.idempotencyKey;
    if (cookie !== undefined) {
      headers['cookie'] = cookie;
      // With a cookie the server asks who writes.
      headers['origin'] = new URL(baseUrl).origin;
    }
    const init: RequestInit = { method, headers, redirect: kind === 'location' ? 'manual' : 'follow' };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (call.signal) init.signal = call.signal;
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}${path}${queryText(query)}`, init);
    if (response.status >= 400) throw await problemError(response);
    if (kind === 'json') return response.json();
    if (kind === 'text') return response.text();
    await response.body?.cancel();
    return kind === 'location' ? (response.headers.get('location') ?? '') : undefined;
  }
}

const segment = (value: string | number): string => encodeURIComponent(value);

function queryText(query: Query = {}): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined) text.append(name, String(one));
  return text.size > 0 ? `?${text}` : '';
}

async function problemError(response: Response): Promise<ProblemError> {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  const problem = isProblem ? ((await response.json()) as Problem) : null;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ProblemError(response.status, problem, Number.isFinite(wait) ? wait : null);
}
