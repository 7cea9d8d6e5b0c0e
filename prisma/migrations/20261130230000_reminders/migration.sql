-- Reminders by mail. New tables, and columns with defaults: a process of the version before goes on.

-- CreateEnum
CREATE TYPE "ReminderKind" AS ENUM ('BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED', 'LEAVE');

-- CreateEnum
CREATE TYPE "ReminderState" AS ENUM ('WAITING', 'CLAIMED', 'HANDING', 'SENT', 'FAILED', 'SKIPPED', 'MISSED');

-- AlterTable
ALTER TABLE "trips" ADD COLUMN     "reminders_planned_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "user_settings" ADD COLUMN     "days_before" SMALLINT NOT NULL DEFAULT 3,
ADD COLUMN     "language" TEXT NOT NULL DEFAULT 'en',
ADD COLUMN     "leave_minutes" SMALLINT NOT NULL DEFAULT 60,
ADD COLUMN     "reminder_kinds" "ReminderKind"[] NOT NULL DEFAULT ARRAY['BOOKING_OPENS', 'TATKAL_OPENS', 'NOT_BOOKED', 'LEAVE']::"ReminderKind"[];

-- CreateTable
CREATE TABLE "reminders" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "trip_id" TEXT NOT NULL,
    "kind" "ReminderKind" NOT NULL,
    "leg_key" TEXT NOT NULL,
    "event_at" TIMESTAMPTZ(3) NOT NULL,
    "leg_index" SMALLINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "use_until" TIMESTAMPTZ(3) NOT NULL,
    "state" "ReminderState" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "claim_id" TEXT,
    "claimed_until" TIMESTAMPTZ(3),
    "handing_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "answer" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reminders_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reminders_user_id_due_at_idx" ON "reminders"("user_id", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "reminders_trip_id_kind_leg_key_event_at_key" ON "reminders"("trip_id", "kind", "leg_key", "event_at");

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_user_id_trip_id_fkey" FOREIGN KEY ("user_id", "trip_id") REFERENCES "trips"("user_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand from here on.

ALTER TABLE archive.trips ADD COLUMN reminders_planned_at timestamptz(3);

ALTER TABLE user_settings ADD CONSTRAINT user_settings_reminders_chk
  CHECK (cardinality(reminder_kinds) <= 4 AND days_before BETWEEN 1 AND 60 AND leave_minutes BETWEEN 15 AND 720) NOT VALID;
ALTER TABLE user_settings ADD CONSTRAINT user_settings_language_chk CHECK (language IN ('en', 'hi')) NOT VALID;
ALTER TABLE reminders
  ADD CONSTRAINT reminders_leg_chk CHECK (leg_index BETWEEN 0 AND 63 AND length(leg_key) BETWEEN 1 AND 64),
  ADD CONSTRAINT reminders_use_chk CHECK (use_until >= due_at),
  ADD CONSTRAINT reminders_attempts_chk CHECK (attempts >= 0),
  ADD CONSTRAINT reminders_claim_chk CHECK ((state IN ('CLAIMED', 'HANDING')) <= (claim_id IS NOT NULL AND claimed_until IS NOT NULL)),
  ADD CONSTRAINT reminders_sent_chk CHECK ((state = 'SENT') = (sent_at IS NOT NULL)),
  ADD CONSTRAINT reminders_answer_chk CHECK (answer ~ '^[0-9]{3}( [0-9]\.[0-9]{1,3}\.[0-9]{1,3})?$');

-- What is due, what a process has in hand, and what it sent without marking the leg.
CREATE INDEX reminders_due_idx ON reminders (due_at, id) WHERE state = 'WAITING';
CREATE INDEX reminders_in_hand_idx ON reminders (claimed_until) WHERE state IN ('CLAIMED', 'HANDING');
CREATE INDEX reminders_unsettled_idx ON reminders (sent_at) WHERE state = 'SENT' AND settled_at IS NULL;
CREATE INDEX reminders_done_idx ON reminders (due_at) WHERE state <> 'WAITING';

-- The reminders have taken the place of the legs' own time; nothing ever searched by it.
DROP INDEX booking_legs_reminder_due_idx;

-- Other wishes make other reminders.
CREATE FUNCTION reminder_wishes_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.trips SET reminders_planned_at = NULL
  WHERE user_id = NEW.user_id AND ends_at > now() AND reminders_planned_at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER reminder_wishes_changed AFTER INSERT OR UPDATE ON user_settings
  FOR EACH ROW EXECUTE FUNCTION reminder_wishes_changed();

GRANT UPDATE (reminders_planned_at) ON trips TO rs_app;
GRANT UPDATE (reminder_kinds, days_before, leave_minutes, language) ON user_settings TO rs_app;
GRANT SELECT ON reminders TO rs_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON reminders TO rs_service;

ALTER TABLE reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON reminders USING (user_id = (SELECT app_user_id())) WITH CHECK (user_id = (SELECT app_user_id()));
CREATE POLICY service ON reminders TO rs_service USING (true) WITH CHECK (true);

SELECT open_to_backup('public.reminders');
