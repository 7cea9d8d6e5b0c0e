/** Compiled by the program's own TypeScript, strictly, and run as it was compiled. */
import {
  AppError,
  asUser,
  type BookingLeg,
  checkRateLimit,
  close,
  connect,
  createTrip,
  ensureUser,
  type ErrorCode,
  getTrip,
  getUserTrips,
  markLegBooked,
  type Trip,
  type TripInput,
} from 'routestitch/data';

await connect({ databaseUrl: process.env['DATABASE_URL'] ?? '' });
await ensureUser({ id: 'chitra', email: 'chitra@example.org' });
const noida = { id: '1', name: 'Noida', lat: 28.5355, lng: 77.391 };
const input: TripInput = {
  origin: noida,
  destination: { ...noida, id: '2', name: 'Agra', lat: 27.18 },
  date: '2026-12-15',
  selectedRoute: { legs: [{ mode: 'bus' }] },
};
const trip: Trip = await createTrip('chitra', input);
const leg: BookingLeg = await markLegBooked('chitra', trip.id, 0, { cost: 45_000, platform: 'redBus' });
// @ts-expect-error A cost is a whole number of minor units
await markLegBooked('chitra', trip.id, 0, { cost: '450' }).catch(() => undefined);
const { trips, nextCursor }: { trips: readonly { id: string }[]; nextCursor: string | null } =
  await getUserTrips('chitra', { limit: 1 });
const owners: { userId: string }[] = await asUser('chitra', ({ prisma }) =>
  prisma.trip.findMany({ select: { userId: true } }),
);
let code: ErrorCode | undefined;
try {
  await getTrip('chitra', 'cmx3ro32o0002sicry28agkzl');
} catch (error) {
  if (error instanceof AppError) code = error.code;
}
const { allowed, resetTime } = await checkRateLimit('203.0.113.9', 5, 60_000);
await close();
process.stdout.write(
  JSON.stringify({
    booked: leg.isBooked,
    trips: trips.length,
    nextCursor,
    owners,
    code,
    allowed: allowed && resetTime.getTime() > 0,
  }),
);
