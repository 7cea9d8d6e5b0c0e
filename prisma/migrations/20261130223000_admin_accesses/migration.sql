-- What an administrator changed or took out, and what stays of it when the account is erased. Nothing writes to the
-- log yet, so the columns need no more than their defaults.
ALTER TABLE admin_accesses
  ADD COLUMN kind TEXT NOT NULL DEFAULT 'EXPORT' CONSTRAINT admin_accesses_kind_chk CHECK (kind IN ('CHANGE', 'EXPORT')),
  ADD COLUMN details JSONB NOT NULL DEFAULT '{}'
    CONSTRAINT admin_accesses_details_chk CHECK (jsonb_typeof(details) = 'object' AND pg_column_size(details) <= 4096 AND is_shallow(details)),
  ADD COLUMN request_id TEXT CONSTRAINT admin_accesses_request_id_chk CHECK (length(request_id) BETWEEN 1 AND 64);

-- The log of a year must not go with whoever it is about: an administrator could erase it with the account.
ALTER TABLE hold.erased_users ADD COLUMN admin_accesses JSONB NOT NULL DEFAULT '[]'
  CONSTRAINT erased_users_admin_accesses_chk CHECK (jsonb_typeof(admin_accesses) = 'array');
