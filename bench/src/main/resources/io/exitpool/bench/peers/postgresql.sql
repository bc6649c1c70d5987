-- The plain PostgreSQL implementation of a pool: one row a slot, one function call an event, one
-- transaction each. What it is made for:
--
-- No column that changes is indexed, and a page has room for its rows' next versions: every update
-- stays on its page (HOT) and touches no index. The rows of a server lie together, so that the
-- search for an eligible slot reads one page. An index on the eligible slots or on the session costs
-- two index entries an event; with 30 slots a server it saves nothing.
CREATE TABLE slot (
    server    integer NOT NULL,
    id        integer NOT NULL,
    address   inet NOT NULL,
    session   uuid,
    rested_at timestamptz NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (server, id)
) WITH (fillfactor = 30);

CREATE TABLE decision (
    number     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    decided_at timestamptz NOT NULL DEFAULT now(),
    server     integer NOT NULL,
    session    uuid NOT NULL,
    kind       "char" NOT NULL,
    slot       integer
);

-- Uniform over what is free, rested and not about to be taken by another transaction: a random
-- order of the eligible rows, the first that can be locked. The lock is taken after the sort, on
-- one row.
CREATE FUNCTION start_session(of_server integer, of_session uuid) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    chosen integer;
BEGIN
    SELECT id INTO chosen FROM slot
     WHERE server = of_server AND session IS NULL AND rested_at <= now()
     ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF FOUND THEN
        UPDATE slot SET session = of_session WHERE server = of_server AND id = chosen;
        INSERT INTO decision (server, session, kind, slot)
        VALUES (of_server, of_session, 'g', chosen);
    ELSE
        INSERT INTO decision (server, session, kind) VALUES (of_server, of_session, 'x');
    END IF;
    RETURN coalesce(chosen, -1);
END $$;

CREATE FUNCTION end_session(of_server integer, of_session uuid, rest_ms integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    freed integer;
BEGIN
    UPDATE slot SET session = NULL, rested_at = now() + rest_ms * interval '1 millisecond'
     WHERE server = of_server AND session = of_session RETURNING id INTO freed;
    IF FOUND THEN
        INSERT INTO decision (server, session, kind, slot)
        VALUES (of_server, of_session, 'r', freed);
    END IF;
    RETURN coalesce(freed, -1);
END $$;
