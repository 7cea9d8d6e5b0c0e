/** The figures of the choice. */
export interface ChoiceRules {
  /** Options offered at most. */
  readonly most: number;
  /** A change more must bring so many minutes, or save the party so much. */
  readonly minutesPerChange: number;
  readonly minorPerChange: number;
  /** An option is silly that takes so many times as long, and an hour, as the fastest of its main mode and is not its cheapest. */
  readonly sillyFactor: number;
  /** With so many more changes than another of its main mode, an option must be faster or cheaper than it. */
  readonly chainChanges: number;
  /** Two departures are at about the same time within so many minutes, or this share of a long journey. */
  readonly sameMinutes: number;
  readonly sameShare: number;
  /**
   * Further departures of one main mode before the others have had their turn; beyond, none that is the same again:
   * duration and price within this share.
   */
  readonly furtherOfMode: number;
  readonly sameAgainShare: number;
  /** More than so many minutes to spare at a change make nothing safer. */
  readonly spareEnough: number;
  /** With so many minutes more to spare than all others, what is dominated is the safest all the same. */
  readonly spareGain: number;
  /** Another way to the same trains, buses and flights must save the party so much for every hour that it feels longer. */
  readonly minorPerHour: number;
  /** What saves this share of the price is worth showing, however slow. */
  readonly worthShare: number;
  /** Nobody goes to a station so many minutes before the first train. */
  readonly longestIdle: number;
  /** What another main mode beats and takes so many times as long, and an hour, or is so many times as dear is not shown for the sake of its own. */
  readonly farFactor: number;
  readonly dearFactor: number;
}

/** Minutes beyond the multiple of the fastest that are never silly. */
export const SILLY_MINUTES = 60;
