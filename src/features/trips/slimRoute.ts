type SlimmableLeg = Record<string, unknown>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A route as a trip keeps it. Every price stays as it was found, with its class, basis and date; what goes is what was
 * offered beside it: of `fares` all but the class that `price` stands for, and of `concession` the rules that do not
 * apply. A route of nine stages takes 70 KB as a search answers it, and 40 KB so.
 */
export const slimRoute = <Leg extends SlimmableLeg, Route extends { legs: Leg[] }>(
  route: Route & { legs: Leg[] },
): Route => ({ ...route, legs: route.legs.map((leg) => slimLeg(leg)) });

function slimLeg<Leg extends SlimmableLeg>(leg: Leg): Leg {
  const slim: SlimmableLeg = {};
  const { price, fares, concession } = leg;
  if (Array.isArray(fares)) {
    const chosen = isRecord(price) ? price['classCode'] : null;
    slim['fares'] = fares.filter((fare) => isRecord(fare) && fare['classCode'] === chosen);
  }
  if (isRecord(concession) && Array.isArray(concession['outcomes'])) {
    const { outcomes, best } = concession;
    slim['concession'] = { ...concession, outcomes: outcomes.filter((outcome) => isOfUse(outcome, best)) };
  }
  return { ...leg, ...slim };
}

const isOfUse = (outcome: unknown, best: unknown): boolean =>
  isRecord(outcome) &&
  (outcome['status'] === 'APPLIES' || outcome['status'] === 'POSSIBLE' || outcome['ruleId'] === best);
