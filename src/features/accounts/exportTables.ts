/** Every table that says something about a user; tests compare the list with the database's catalogue. */
export interface PersonalTable {
  readonly name: string;
  /** Column that says whose a row is; `email`: by address. */
  readonly owner: 'id' | 'user_id' | 'identifier';
  /** Secrets, not given out even to whom they belong: who has them is signed in, or reads the trip. */
  readonly secrets: readonly string[];
  /** When a row was made; null: not stored. */
  readonly made: string | null;
}

export const personalTables = [
  { name: 'users', owner: 'id', secrets: [], made: 'created_at' },
  { name: 'user_settings', owner: 'user_id', secrets: [], made: null },
  { name: 'consents', owner: 'user_id', secrets: [], made: 'given_at' },
  {
    name: 'accounts',
    owner: 'user_id',
    secrets: ['refresh_token', 'access_token', 'id_token', 'session_state'],
    made: null,
  },
  { name: 'sessions', owner: 'user_id', secrets: ['session_token'], made: 'created_at' },
  { name: 'verification_tokens', owner: 'identifier', secrets: ['token'], made: null },
  { name: 'trips', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'booking_legs', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'archive.trips', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'archive.booking_legs', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'saved_routes', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'shared_links', owner: 'user_id', secrets: ['token_hash'], made: 'created_at' },
  { name: 'reminders', owner: 'user_id', secrets: ['claim_id'], made: 'created_at' },
  // The answers may say what has changed since in the other tables; the secrets in them were told once and not kept.
  { name: 'idempotency_keys', owner: 'user_id', secrets: ['request_hash'], made: 'created_at' },
  { name: 'search_queries', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'booking_clicks', owner: 'user_id', secrets: [], made: 'created_at' },
  { name: 'admin_accesses', owner: 'user_id', secrets: [], made: 'at' },
] as const satisfies readonly PersonalTable[];
