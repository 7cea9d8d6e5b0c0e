-- Names of stops in other languages, kept with their network; a nullable column only: a process of the version before
-- goes on, and networks that it stores simply have none.

-- AlterTable
ALTER TABLE "networks" ADD COLUMN     "stop_names" BYTEA;

-- By hand from here on.

ALTER TABLE networks
  ADD CONSTRAINT networks_stop_names_chk CHECK (length(stop_names) > 0),
  ALTER COLUMN stop_names SET STORAGE EXTERNAL; -- compressed already
