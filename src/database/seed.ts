/** The document's test data: two users and one trip. Running it again changes nothing. */
import { connect } from './connect.ts';
import type { Database } from './connect.ts';

const noida = { id: '1', name: 'Noida', city: 'Noida', state: 'Uttar Pradesh', lat: 28.5355, lng: 77.391 };
const bangalore = {
  id: '2',
  name: 'Bangalore',
  city: 'Bangalore',
  state: 'Karnataka',
  lat: 12.9716,
  lng: 77.5946,
};

/** Fixed, so that the trip is the same one at every run. */
const seedTripId = 'cseed0000trip0noida0blr000';

/**
 * @param target a database as rs_service, or the owner's URL of a migrated database.
 * @returns the ids of what is there now.
 */
export async function seed(
  target: string | Database,
): Promise<{ studentId: string; professionalId: string; tripId: string }> {
  if (typeof target !== 'string') return writeSeed(target);
  const service = await connect({ ownerUrl: target, role: 'rs_service', max: 2 });
  try {
    return await writeSeed(service);
  } finally {
    await service.close();
  }
}

async function writeSeed({
  prisma,
}: Database): Promise<{ studentId: string; professionalId: string; tripId: string }> {
  const student = await prisma.user.upsert({
    where: { email: 'student@test.com' },
    create: { email: 'student@test.com', name: 'Test Student', profession: 'STUDENT' },
    update: {},
  });
  const professional = await prisma.user.upsert({
    where: { email: 'pro@test.com' },
    create: { email: 'pro@test.com', name: 'Test Professional', profession: 'CORPORATE' },
    update: {},
  });
  const trip = await prisma.trip.upsert({
    where: { id: seedTripId },
    create: {
      id: seedTripId,
      userId: student.id,
      origin: noida,
      destination: bangalore,
      date: new Date('2026-03-15'),
      time: '08:00',
      passengers: 1,
      preference: 'BALANCED',
      status: 'PLANNED',
    },
    update: {},
  });
  return { studentId: student.id, professionalId: professional.id, tripId: trip.id };
}
