/** A user's 20 latest trips with their legs, as one would write it by hand. */
export const RAW_LIST = `
  SELECT t.id, t.origin, t.destination, t.stops, t.date, t."time", t.timezone, t.passengers, t.preference, t.status,
    t.leg_count, t.starts_at, t.ends_at, t.created_at, t.updated_at,
    (SELECT json_agg(json_build_object('id', b.id, 'legIndex', b.leg_index, 'mode', b.mode, 'isBooked', b.is_booked,
       'platform', b.platform, 'bookingRef', b.booking_ref, 'bookedAt', b.booked_at, 'cost', b.cost_minor,
       'currency', b.currency, 'departsAt', b.departs_at, 'remindAt', b.remind_at, 'reminderSent', b.reminder_sent)
       ORDER BY b.leg_index) FROM booking_legs b WHERE b.user_id = $1 AND b.trip_id = t.id) AS legs
  FROM trips t WHERE t.user_id = $1 ORDER BY t.date DESC, t.id LIMIT 20`;
