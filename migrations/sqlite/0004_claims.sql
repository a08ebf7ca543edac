-- What a claim looks for: the sandbox that has been ready for longest, found without sorting, among the ready ones only.
DROP INDEX sandboxes_to_claim;
CREATE INDEX sandboxes_to_claim ON sandboxes (provider, template, template_hash, ready_at_ms, id) WHERE state = 'ready';

-- Claims are limited per visitor and per network: a fingerprint is the client's own claim, an address is not.
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
DROP INDEX sessions_by_visitor;
CREATE INDEX sessions_by_claim ON sessions (claimed_at_ms);
