-- Exitpool's statistics and alerts in PostgreSQL (14 or later). Run it before the connector starts and
-- again before every upgrade; it only adds:
--
--     psql -d exitpool -v ON_ERROR_STOP=1 -f deploy/sql/schema.sql
--
-- The tables hold what the topics hold, which names no session and no address, and nothing is derived
-- here that the topics do not have; docs/statistics.md defines every figure. Times are UTC, in columns
-- without a time zone; the views below have them with one. How long rows stay is yours to decide:
-- docs/deployment.md has the statement.

CREATE TABLE IF NOT EXISTS pool_stats_1m (
    scope                        text NOT NULL,
    window_start                 timestamp NOT NULL,
    window_millis                bigint NOT NULL,
    country                      text,
    city                         text,
    servers                      integer NOT NULL,
    missing_servers              text[] NOT NULL,
    incomplete                   boolean NOT NULL,
    covered_millis               bigint NOT NULL,
    starts                       bigint NOT NULL,
    retries                      bigint NOT NULL,
    reject_ratio                 double precision,
    grants_regular               bigint NOT NULL,
    grants_rest_capped           bigint NOT NULL,
    grants_rest_shortened        bigint NOT NULL,
    grants_shared                bigint NOT NULL,
    grants_wanted                bigint NOT NULL,
    grants_adopted               bigint NOT NULL,
    grants_repeated              bigint NOT NULL,
    rejections_exhausted         bigint NOT NULL,
    rejections_exhausted_first   bigint NOT NULL,
    rejections_not_synced        bigint NOT NULL,
    rejections_draining          bigint NOT NULL,
    rejections_stale_epoch       bigint NOT NULL,
    rejections_pool_failed       bigint NOT NULL,
    releases_ended               bigint NOT NULL,
    releases_vanished            bigint NOT NULL,
    releases_reset               bigint NOT NULL,
    releases_expired             bigint NOT NULL,
    releases_operator            bigint NOT NULL,
    releases_passed_on           bigint NOT NULL,
    slots                        bigint NOT NULL,
    places                       bigint NOT NULL,
    sessions_mean                double precision NOT NULL,
    sessions_peak                bigint NOT NULL,
    in_use_mean                  double precision NOT NULL,
    in_use_peak                  bigint NOT NULL,
    resting_mean                 double precision NOT NULL,
    resting_peak                 bigint NOT NULL,
    free_mean                    double precision NOT NULL,
    free_peak                    bigint NOT NULL,
    set_aside_mean               double precision NOT NULL,
    set_aside_peak               bigint NOT NULL,
    turnover_per_hour            double precision,
    session_churn_per_hour       double precision,
    load_minutes                 integer,
    load_arrivals_per_minute     double precision,
    load_mean_hold_seconds       double precision,
    load_rest_seconds            double precision,
    load_erlangs                 double precision,
    load_blocking                double precision,
    load_observed                double precision,
    load_excess                  double precision,
    load_excess_low              double precision,
    load_excess_high             double precision,
    load_target                  double precision,
    load_slots_needed            bigint,
    load_carried_erlangs         double precision,
    hold_count                   bigint,
    hold_sum_millis              bigint,
    hold_p1                      bigint,
    hold_p5                      bigint,
    hold_p50                     bigint,
    hold_p95                     bigint,
    hold_p99                     bigint,
    reuse_gap_times_count        bigint,
    reuse_gap_times_sum_millis   bigint,
    reuse_gap_times_p1           bigint,
    reuse_gap_times_p5           bigint,
    reuse_gap_times_p50          bigint,
    reuse_gap_times_p95          bigint,
    reuse_gap_times_p99          bigint,
    reuse_gap_under1_minute      bigint,
    reuse_gap_under5_minutes     bigint,
    reuse_gap_under60_minutes    bigint,
    lag_count                    bigint,
    lag_sum_millis               bigint,
    lag_p1                       bigint,
    lag_p5                       bigint,
    lag_p50                      bigint,
    lag_p95                      bigint,
    lag_p99                      bigint,
    slot_use_grants              bigint NOT NULL,
    slot_use_distinct_slots      bigint NOT NULL,
    slot_use_most_grants         bigint NOT NULL,
    slot_use_sum_squares         bigint NOT NULL,
    slot_use_sum_g_log_g         bigint NOT NULL,
    slot_use_coverage            double precision,
    slot_use_max_share           double precision,
    slot_use_entropy_bits        double precision,
    slot_use_evenness            double precision,
    slot_use_effective_slots     double precision,
    crowd_session_millis         bigint NOT NULL,
    crowd_alone_millis           bigint NOT NULL,
    crowd_crowd_millis           bigint NOT NULL,
    crowd_per_address            double precision,
    crowd_alone_share            double precision,
    ptr_updates                  bigint NOT NULL,
    ignored_duplicates           bigint NOT NULL,
    ignored_stale_epochs         bigint NOT NULL,
    ignored_unknown_ends         bigint NOT NULL,
    ignored_adoption_conflicts   bigint NOT NULL,
    ignored_incomplete_snapshots bigint NOT NULL,
    ignored_skewed_clocks        bigint NOT NULL,
    ignored_dead_letters         bigint NOT NULL,
    lost_decisions               bigint NOT NULL,
    PRIMARY KEY (scope, window_start)
);

COMMENT ON TABLE pool_stats_1m IS
    'One minute of a server, as exit-pool-stats-1m has it, but for the histograms'' buckets.';
COMMENT ON COLUMN pool_stats_1m.scope IS
    'Whose: a server''s name, fleet, country/CC or city/CC-CITY.';
COMMENT ON COLUMN pool_stats_1m.window_start IS
    'Start of the window, UTC.';
COMMENT ON COLUMN pool_stats_1m.window_millis IS
    'Length of the window in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.country IS
    'Country of the server or group, when it has one.';
COMMENT ON COLUMN pool_stats_1m.city IS
    'City of the server or group, when it has one.';
COMMENT ON COLUMN pool_stats_1m.servers IS
    'How many servers are in it.';
COMMENT ON COLUMN pool_stats_1m.missing_servers IS
    'Known servers of the group whose statistics did not come in time.';
COMMENT ON COLUMN pool_stats_1m.incomplete IS
    'Decisions are missing, or the window was not seen from its beginning.';
COMMENT ON COLUMN pool_stats_1m.covered_millis IS
    'How much of the window statuses cover, in milliseconds; of a group the least of its servers''.';
COMMENT ON COLUMN pool_stats_1m.starts IS
    'First attempts that were granted or found the pool exhausted; adoptions and repetitions do not count.';
COMMENT ON COLUMN pool_stats_1m.retries IS
    'Later attempts, whatever was decided.';
COMMENT ON COLUMN pool_stats_1m.reject_ratio IS
    'Share of the first attempts that found the pool exhausted; null without any.';
COMMENT ON COLUMN pool_stats_1m.grants_regular IS
    'No promise was bent.';
COMMENT ON COLUMN pool_stats_1m.grants_rest_capped IS
    'Too much of the pool rested.';
COMMENT ON COLUMN pool_stats_1m.grants_rest_shortened IS
    'The pool was dry and the slot past the hard floor of its rest.';
COMMENT ON COLUMN pool_stats_1m.grants_shared IS
    'The pool was dry and the slot carries more than cap.';
COMMENT ON COLUMN pool_stats_1m.grants_wanted IS
    'Of all these, those on the slot that the exit server asked for.';
COMMENT ON COLUMN pool_stats_1m.grants_adopted IS
    'The session kept the slot that it held; not among the others.';
COMMENT ON COLUMN pool_stats_1m.grants_repeated IS
    'Told again; not among the others.';
COMMENT ON COLUMN pool_stats_1m.rejections_exhausted IS
    'Nothing eligible, any attempt.';
COMMENT ON COLUMN pool_stats_1m.rejections_exhausted_first IS
    'Of these, the first attempts.';
COMMENT ON COLUMN pool_stats_1m.rejections_not_synced IS
    'The pool waits for a snapshot.';
COMMENT ON COLUMN pool_stats_1m.rejections_draining IS
    'The server takes no new sessions.';
COMMENT ON COLUMN pool_stats_1m.rejections_stale_epoch IS
    'A later life of the agent spoke.';
COMMENT ON COLUMN pool_stats_1m.rejections_pool_failed IS
    'The pool''s books do not add up.';
COMMENT ON COLUMN pool_stats_1m.releases_ended IS
    'The agent said so.';
COMMENT ON COLUMN pool_stats_1m.releases_vanished IS
    'A snapshot did not name the session.';
COMMENT ON COLUMN pool_stats_1m.releases_reset IS
    'A new epoch did not take it over.';
COMMENT ON COLUMN pool_stats_1m.releases_expired IS
    'The server was silent for lease-ttl.';
COMMENT ON COLUMN pool_stats_1m.releases_operator IS
    'An operator released the slot.';
COMMENT ON COLUMN pool_stats_1m.releases_passed_on IS
    'The tunnel goes on under a new id.';
COMMENT ON COLUMN pool_stats_1m.slots IS
    'Slots of the pool at the window''s last status.';
COMMENT ON COLUMN pool_stats_1m.places IS
    'Sessions that the slots which are not set aside may carry, at the same time.';
COMMENT ON COLUMN pool_stats_1m.sessions_mean IS
    'Leases. Mean over time, to a thousandth.';
COMMENT ON COLUMN pool_stats_1m.sessions_peak IS
    'Leases. Highest level; of a group the sum of its servers'' peaks.';
COMMENT ON COLUMN pool_stats_1m.in_use_mean IS
    'Slots that carry sessions, set aside or not. Mean over time, to a thousandth.';
COMMENT ON COLUMN pool_stats_1m.in_use_peak IS
    'Slots that carry sessions, set aside or not. Highest level; of a group the sum of its servers'' peaks.';
COMMENT ON COLUMN pool_stats_1m.resting_mean IS
    'Slots that are empty and rest. Mean over time, to a thousandth.';
COMMENT ON COLUMN pool_stats_1m.resting_peak IS
    'Slots that are empty and rest. Highest level; of a group the sum of its servers'' peaks.';
COMMENT ON COLUMN pool_stats_1m.free_mean IS
    'Slots that are empty, rested and not set aside. Mean over time, to a thousandth.';
COMMENT ON COLUMN pool_stats_1m.free_peak IS
    'Slots that are empty, rested and not set aside. Highest level; of a group the sum of its servers'' peaks.';
COMMENT ON COLUMN pool_stats_1m.set_aside_mean IS
    'Slots that must not be granted. Mean over time, to a thousandth.';
COMMENT ON COLUMN pool_stats_1m.set_aside_peak IS
    'Slots that must not be granted. Highest level; of a group the sum of its servers'' peaks.';
COMMENT ON COLUMN pool_stats_1m.turnover_per_hour IS
    'Releases per slot and hour; null without slots.';
COMMENT ON COLUMN pool_stats_1m.session_churn_per_hour IS
    '(new leases + releases) / 2 per session and hour; null without sessions.';
COMMENT ON COLUMN pool_stats_1m.load_minutes IS
    'Minutes that the estimate rests on, 1 to 60.';
COMMENT ON COLUMN pool_stats_1m.load_arrivals_per_minute IS
    'First attempts a minute.';
COMMENT ON COLUMN pool_stats_1m.load_mean_hold_seconds IS
    'Mean time of a session in seconds, by Little''s law.';
COMMENT ON COLUMN pool_stats_1m.load_rest_seconds IS
    'Rest that a session causes in the mean, in place-seconds.';
COMMENT ON COLUMN pool_stats_1m.load_erlangs IS
    'Offered load in places: arrivals x (hold + rest).';
COMMENT ON COLUMN pool_stats_1m.load_blocking IS
    'Erlang B for the load and the places.';
COMMENT ON COLUMN pool_stats_1m.load_observed IS
    'Share of first attempts that found the pool exhausted.';
COMMENT ON COLUMN pool_stats_1m.load_excess IS
    'observed - blocking: above 0 beyond chance means a leak, a burst or a wrong capacity.';
COMMENT ON COLUMN pool_stats_1m.load_excess_low IS
    'Lower end of the excess'' 99 % interval.';
COMMENT ON COLUMN pool_stats_1m.load_excess_high IS
    'Upper end of the excess'' 99 % interval.';
COMMENT ON COLUMN pool_stats_1m.load_target IS
    'Share of starts that may be rejected.';
COMMENT ON COLUMN pool_stats_1m.load_slots_needed IS
    'Slots that the load needs for the target, beside those set aside.';
COMMENT ON COLUMN pool_stats_1m.load_carried_erlangs IS
    'Load that the places carry at the target.';
COMMENT ON COLUMN pool_stats_1m.hold_count IS
    'How long sessions that ended had their slot; null for fewer than k. How many times.';
COMMENT ON COLUMN pool_stats_1m.hold_sum_millis IS
    'How long sessions that ended had their slot; null for fewer than k. Their exact sum in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.hold_p1 IS
    'How long sessions that ended had their slot; null for fewer than k. 1st percentile in milliseconds, within 1/64 of it; so are the others.';
COMMENT ON COLUMN pool_stats_1m.hold_p5 IS
    'How long sessions that ended had their slot; null for fewer than k. 5th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.hold_p50 IS
    'How long sessions that ended had their slot; null for fewer than k. Median in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.hold_p95 IS
    'How long sessions that ended had their slot; null for fewer than k. 95th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.hold_p99 IS
    'How long sessions that ended had their slot; null for fewer than k. 99th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_count IS
    'The gaps. How many times.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_sum_millis IS
    'The gaps. Their exact sum in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_p1 IS
    'The gaps. 1st percentile in milliseconds, within 1/64 of it; so are the others.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_p5 IS
    'The gaps. 5th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_p50 IS
    'The gaps. Median in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_p95 IS
    'The gaps. 95th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_times_p99 IS
    'The gaps. 99th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_under1_minute IS
    'Gaps below a minute, exactly.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_under5_minutes IS
    'Gaps below 5 minutes, exactly.';
COMMENT ON COLUMN pool_stats_1m.reuse_gap_under60_minutes IS
    'Gaps below an hour, exactly.';
COMMENT ON COLUMN pool_stats_1m.lag_count IS
    'How long events waited to be decided; null for fewer than k. How many times.';
COMMENT ON COLUMN pool_stats_1m.lag_sum_millis IS
    'How long events waited to be decided; null for fewer than k. Their exact sum in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.lag_p1 IS
    'How long events waited to be decided; null for fewer than k. 1st percentile in milliseconds, within 1/64 of it; so are the others.';
COMMENT ON COLUMN pool_stats_1m.lag_p5 IS
    'How long events waited to be decided; null for fewer than k. 5th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.lag_p50 IS
    'How long events waited to be decided; null for fewer than k. Median in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.lag_p95 IS
    'How long events waited to be decided; null for fewer than k. 95th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.lag_p99 IS
    'How long events waited to be decided; null for fewer than k. 99th percentile in milliseconds.';
COMMENT ON COLUMN pool_stats_1m.slot_use_grants IS
    'Sum of g.';
COMMENT ON COLUMN pool_stats_1m.slot_use_distinct_slots IS
    'Slots that were granted.';
COMMENT ON COLUMN pool_stats_1m.slot_use_most_grants IS
    'Largest g.';
COMMENT ON COLUMN pool_stats_1m.slot_use_sum_squares IS
    'Sum of g^2.';
COMMENT ON COLUMN pool_stats_1m.slot_use_sum_g_log_g IS
    'Sum of g log2 g, in 2^-20.';
COMMENT ON COLUMN pool_stats_1m.slot_use_coverage IS
    'Distinct slots over slots.';
COMMENT ON COLUMN pool_stats_1m.slot_use_max_share IS
    'Largest g over the sum.';
COMMENT ON COLUMN pool_stats_1m.slot_use_entropy_bits IS
    'Shannon entropy H of g over the sum, in bits.';
COMMENT ON COLUMN pool_stats_1m.slot_use_evenness IS
    'H over log2 of the slots; null for a single slot.';
COMMENT ON COLUMN pool_stats_1m.slot_use_effective_slots IS
    '(sum of g)^2 over the sum of g^2.';
COMMENT ON COLUMN pool_stats_1m.crowd_session_millis IS
    'Sessions x milliseconds.';
COMMENT ON COLUMN pool_stats_1m.crowd_alone_millis IS
    'Of these, those of sessions that had their address alone.';
COMMENT ON COLUMN pool_stats_1m.crowd_crowd_millis IS
    'Squared slot loads x milliseconds.';
COMMENT ON COLUMN pool_stats_1m.crowd_per_address IS
    'Sessions on an address as a session sees it in the mean, itself counted.';
COMMENT ON COLUMN pool_stats_1m.crowd_alone_share IS
    'Share of session-time alone on an address.';
COMMENT ON COLUMN pool_stats_1m.ptr_updates IS
    'Addresses that changed hands: a reverse-DNS update each.';
COMMENT ON COLUMN pool_stats_1m.ignored_duplicates IS
    'Events whose seq was not above the last one of their epoch.';
COMMENT ON COLUMN pool_stats_1m.ignored_stale_epochs IS
    'Events of an epoch below the current one.';
COMMENT ON COLUMN pool_stats_1m.ignored_unknown_ends IS
    'Ends of sessions that have no lease.';
COMMENT ON COLUMN pool_stats_1m.ignored_adoption_conflicts IS
    'Sessions that held a slot which is another''s now.';
COMMENT ON COLUMN pool_stats_1m.ignored_incomplete_snapshots IS
    'Snapshots dropped because a part was missing or out of order.';
COMMENT ON COLUMN pool_stats_1m.ignored_skewed_clocks IS
    'Events whose agent''s clock differed from the broker''s by more than 5 minutes.';
COMMENT ON COLUMN pool_stats_1m.ignored_dead_letters IS
    'Records of the server that could be decoded and were refused.';
COMMENT ON COLUMN pool_stats_1m.lost_decisions IS
    'Decisions that were deleted before they were read.';

CREATE TABLE IF NOT EXISTS pool_stats_1h (LIKE pool_stats_1m INCLUDING ALL);
COMMENT ON TABLE pool_stats_1h IS
    'One hour of a server, as exit-pool-stats-1h has it, but for the histograms'' buckets.';

CREATE TABLE IF NOT EXISTS fleet_stats_1m (LIKE pool_stats_1m INCLUDING ALL);
COMMENT ON TABLE fleet_stats_1m IS
    'One minute of the fleet, a country or a city, as exit-fleet-stats-1m has it.';

CREATE TABLE IF NOT EXISTS fleet_stats_1h (LIKE pool_stats_1m INCLUDING ALL);
COMMENT ON TABLE fleet_stats_1h IS
    'One hour of the fleet, a country or a city, as exit-fleet-stats-1h has it.';

CREATE TABLE IF NOT EXISTS pool_alerts (
    server          text NOT NULL,
    kind            text NOT NULL,
    episode         bigint NOT NULL,
    state           text NOT NULL,
    revision        integer NOT NULL,
    opened_at       timestamp NOT NULL,
    resolved_at     timestamp,
    duration_millis bigint,
    value           double precision NOT NULL,
    threshold       double precision NOT NULL,
    peak            double precision NOT NULL,
    unit            text NOT NULL,
    summary         text NOT NULL,
    cause           text,
    advice          text NOT NULL,
    caused_by       text,
    affected        text[] NOT NULL,
    country         text,
    city            text,
    PRIMARY KEY (server, kind, episode)
);

COMMENT ON TABLE pool_alerts IS
    'Alerts, open and resolved: one row for each time that one opened.';
COMMENT ON COLUMN pool_alerts.server IS
    'The exit server.';
COMMENT ON COLUMN pool_alerts.kind IS
    'What it is about; docs/operations.md has a section for each.';
COMMENT ON COLUMN pool_alerts.episode IS
    'Tells this alert from earlier ones of the same key; it grows. The time at which it opened, in milliseconds since 1970.';
COMMENT ON COLUMN pool_alerts.state IS
    'Whether it lasts.';
COMMENT ON COLUMN pool_alerts.revision IS
    '0 for the first OPEN; one more when the same episode is told again because its cause became known. No reason to call anybody again.';
COMMENT ON COLUMN pool_alerts.opened_at IS
    'When it opened, UTC.';
COMMENT ON COLUMN pool_alerts.resolved_at IS
    'When it resolved, UTC.';
COMMENT ON COLUMN pool_alerts.duration_millis IS
    'How long it lasted, once resolved.';
COMMENT ON COLUMN pool_alerts.value IS
    'What opened it, in its unit.';
COMMENT ON COLUMN pool_alerts.threshold IS
    'What it is held against, in the same unit.';
COMMENT ON COLUMN pool_alerts.peak IS
    'The worst value so far.';
COMMENT ON COLUMN pool_alerts.unit IS
    'Unit of value, threshold and peak, in words.';
COMMENT ON COLUMN pool_alerts.summary IS
    'What happens, in a sentence.';
COMMENT ON COLUMN pool_alerts.cause IS
    'Why, as far as it is known, in a sentence.';
COMMENT ON COLUMN pool_alerts.advice IS
    'What to do first, in a sentence.';
COMMENT ON COLUMN pool_alerts.caused_by IS
    'The server whose silence explains it.';
COMMENT ON COLUMN pool_alerts.affected IS
    'Other servers'' alerts of the same storm, as SERVER/KIND; they are not told on their own.';
COMMENT ON COLUMN pool_alerts.country IS
    'Country of the server, when it has one.';
COMMENT ON COLUMN pool_alerts.city IS
    'City of the server, when it has one.';

-- Views for people and dashboards: times with a time zone, and the two sums that most questions need.
-- new_leases: sessions that got a slot anew. ends: leases that ended, but those passed on.

CREATE OR REPLACE VIEW server_minutes AS
SELECT window_start AT TIME ZONE 'UTC' AS starts_at,
       scope AS server,
       grants_regular + grants_rest_capped + grants_rest_shortened + grants_shared AS new_leases,
       releases_ended + releases_vanished + releases_reset + releases_expired + releases_operator
           AS ends,
       window_millis / 3600000.0 AS hours,
       s.*
FROM pool_stats_1m s;
COMMENT ON VIEW server_minutes IS
    'Minutes of servers.';

CREATE OR REPLACE VIEW server_hours AS
SELECT window_start AT TIME ZONE 'UTC' AS starts_at,
       scope AS server,
       grants_regular + grants_rest_capped + grants_rest_shortened + grants_shared AS new_leases,
       releases_ended + releases_vanished + releases_reset + releases_expired + releases_operator
           AS ends,
       window_millis / 3600000.0 AS hours,
       s.*
FROM pool_stats_1h s;
COMMENT ON VIEW server_hours IS
    'Hours of servers.';

CREATE OR REPLACE VIEW group_minutes AS
SELECT window_start AT TIME ZONE 'UTC' AS starts_at,
       scope AS members,
       grants_regular + grants_rest_capped + grants_rest_shortened + grants_shared AS new_leases,
       releases_ended + releases_vanished + releases_reset + releases_expired + releases_operator
           AS ends,
       window_millis / 3600000.0 AS hours,
       s.*
FROM fleet_stats_1m s;
COMMENT ON VIEW group_minutes IS
    'Minutes of the fleet, countries and cities.';

CREATE OR REPLACE VIEW group_hours AS
SELECT window_start AT TIME ZONE 'UTC' AS starts_at,
       scope AS members,
       grants_regular + grants_rest_capped + grants_rest_shortened + grants_shared AS new_leases,
       releases_ended + releases_vanished + releases_reset + releases_expired + releases_operator
           AS ends,
       window_millis / 3600000.0 AS hours,
       s.*
FROM fleet_stats_1h s;
COMMENT ON VIEW group_hours IS
    'Hours of the fleet, countries and cities.';

CREATE OR REPLACE VIEW alert_history AS
SELECT opened_at AT TIME ZONE 'UTC' AS opened,
       resolved_at AT TIME ZONE 'UTC' AS resolved,
       a.*
FROM pool_alerts a;
COMMENT ON VIEW alert_history IS
    'Alerts with their times; resolved is null while one lasts.';
