/** Tells when a process has more to do than it gets done, before everybody waits. */

/** How often the event loop is looked at. */
const LOOK_MS = 20;
/** Weight of the latest look: half of what it says is half a second old. */
const LATEST = 0.03;
/**
 * A request needs several turns of the loop: later than the first for half a second together it would take a second or
 * more; at the second nobody is let in. Below that a machine that is busy with something else is no reason.
 */
const LATE_MS = 150;
const TOO_LATE_MS = 600;
/**
 * With fewer under way a late loop is a slow start or a pause, not a flood, and refusing them would spare nobody
 * anything: at 100 requests a second and 150 ms each there are 15.
 */
const FEW_UNDER_WAY = 20;
/** More is a flood, whatever the loop says. */
const MOST_UNDER_WAY = 1000;

export interface LoadGateOptions {
  readonly lateMs?: number;
  readonly tooLateMs?: number;
  readonly fewUnderWay?: number;
  readonly mostUnderWay?: number;
}

/**
 * The event loop's own lateness is the measure: it is the time that every request waits, several times over, and the
 * first thing to grow when more comes than is done. The share that is refused grows with it, so it settles where the rest
 * is answered in time.
 */
export class LoadGate {
  readonly #late: number;
  readonly #tooLate: number;
  readonly #few: number;
  readonly #most: number;
  #latenessMs = 0;
  #underWay = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LoadGateOptions = {}) {
    this.#late = options.lateMs ?? LATE_MS;
    this.#tooLate = options.tooLateMs ?? TOO_LATE_MS;
    this.#few = options.fewUnderWay ?? FEW_UNDER_WAY;
    this.#most = options.mostUnderWay ?? MOST_UNDER_WAY;
  }

  /** Begins to look. */
  open(): this {
    let due = performance.now() + LOOK_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      // A look that was missed counts as often as it was due.
      for (let late = now - due; late >= 0; late -= LOOK_MS)
        this.#latenessMs += LATEST * (now - due - this.#latenessMs);
      if (now < due) this.#latenessMs -= LATEST * this.#latenessMs;
      due = now + LOOK_MS;
    }, LOOK_MS);
    this.#timer.unref();
    return this;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  get latenessMs(): number {
    return this.#latenessMs;
  }

  /** Why one more request is refused; null: it is let in, and `left` is called when it is done. */
  enter(): 'loop' | 'under way' | null {
    if (this.#underWay >= this.#most) return 'under way';
    const share = (this.#latenessMs - this.#late) / (this.#tooLate - this.#late);
    if (share > 0 && this.#underWay >= this.#few && Math.random() < share) return 'loop';
    this.#underWay++;
    return null;
  }

  left(): void {
    this.#underWay--;
  }
}
