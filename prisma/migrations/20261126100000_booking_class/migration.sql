-- The class a leg is booked in, as the traveller says it: "3A", "Economy". New columns only: a process of the version
-- before goes on.

-- AlterTable
ALTER TABLE "booking_legs" ADD COLUMN "fare_class" TEXT;

-- By hand from here on.

ALTER TABLE booking_legs ADD CONSTRAINT booking_legs_class_chk CHECK (length(fare_class) <= 40);
ALTER TABLE archive.booking_legs
  ADD COLUMN fare_class text,
  ADD CONSTRAINT booking_legs_class_chk CHECK (length(fare_class) <= 40);

GRANT UPDATE (fare_class) ON booking_legs TO rs_app;
