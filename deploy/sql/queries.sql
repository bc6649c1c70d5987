-- Ready-made questions to the statistics, on the views of schema.sql. Each stands on its own; the
-- comment says what its answer means. Periods end now; change the intervals as you like.
-- Shares and means over several windows are made of the windows' sums. Percentiles of windows cannot
-- be put together, so none is here.

-- name: churn-of-servers
-- How fast addresses change hands, per server, over the last day.
-- turnover: releases per slot and hour; 1 means that each address had one user an hour.
-- hold_minutes: mean time of a session, by Little's law (session-time over new leases), which also
-- counts the sessions that still last. ptr_per_hour: reverse-DNS updates that this causes.
-- lost_ends: share of leases whose end nobody reported (vanished, reset, expired); above a few
-- percent, look at the server's agent.
SELECT server,
       round((sum(ends) / nullif(sum(slots * hours), 0))::numeric, 2) AS turnover,
       round((sum(crowd_session_millis) / nullif(sum(new_leases), 0) / 60000)::numeric, 1)
           AS hold_minutes,
       round((sum(ptr_updates) / sum(hours))::numeric, 1) AS ptr_per_hour,
       round(sum(releases_vanished + releases_reset + releases_expired)
           / nullif(sum(ends), 0), 3) AS lost_ends
FROM server_hours
WHERE starts_at >= now() - interval '1 day'
GROUP BY server
ORDER BY turnover DESC NULLS LAST, server;

-- name: churn-by-hour-of-day
-- When users come and go, over the last week, in the whole fleet: mean starts and ends per hour, for
-- each hour of the day (UTC). Plan restarts and drains for the hours with the fewest starts.
SELECT extract(hour FROM window_start)::int AS hour_utc,
       round(avg(starts), 1) AS starts,
       round(avg(ends), 1) AS ends,
       round(max(sessions_mean)::numeric, 1) AS most_sessions
FROM group_hours
WHERE members = 'fleet' AND starts_at >= now() - interval '7 days'
GROUP BY hour_utc
ORDER BY hour_utc;

-- name: reuse-of-servers
-- How soon addresses come back, per server, over the last day: the share of reuses within 1, 5 and
-- 60 minutes of the last user's end. What a site blocked an address for, the next user inherits: the
-- sooner, the surer. bent: share of new leases for which the rest was cut short or an address shared
-- beyond its cap; above 0 the pool is too small for its min-rest. Fewer reuses than k are told with
-- a later window, so a quiet server has no figures at first.
SELECT server,
       sum(reuse_gap_times_count)::bigint AS reuses,
       round(sum(reuse_gap_under1_minute) / nullif(sum(reuse_gap_times_count), 0), 3) AS within_1m,
       round(sum(reuse_gap_under5_minutes) / nullif(sum(reuse_gap_times_count), 0), 3) AS within_5m,
       round(sum(reuse_gap_under60_minutes) / nullif(sum(reuse_gap_times_count), 0), 3)
           AS within_60m,
       round(sum(grants_rest_capped + grants_rest_shortened + grants_shared)
           / nullif(sum(new_leases), 0), 3) AS bent
FROM server_hours
WHERE starts_at >= now() - interval '1 day'
GROUP BY server
ORDER BY bent DESC NULLS LAST, server;

-- name: reuse-evenness
-- Whether some addresses are used more than others, per server, over the last week. least_evenness:
-- the least even hour; 1 is even, and an hour with few grants per slot is uneven by chance alone,
-- so compare servers of one size. largest_share: most that one address ever had of an hour's
-- grants. hours: how many hours had grants enough to tell (k or more).
SELECT server,
       count(slot_use_evenness) AS hours,
       round(min(slot_use_evenness)::numeric, 3) AS least_evenness,
       round(max(slot_use_max_share)::numeric, 3) AS largest_share
FROM server_hours
WHERE starts_at >= now() - interval '7 days'
GROUP BY server
ORDER BY least_evenness NULLS LAST, server;

-- name: sharing-of-addresses
-- How many users share an address, per server, over the last day. alone: share of session-time that
-- had its address alone. per_address: users on an address as a user meets them in the mean, itself
-- counted; 1 is exclusive. The more, the better for privacy and the worse when one of them is
-- blocked.
SELECT server,
       round(sum(crowd_alone_millis) / nullif(sum(crowd_session_millis), 0), 3) AS alone,
       round(sum(crowd_crowd_millis) / nullif(sum(crowd_session_millis), 0), 2) AS per_address
FROM server_hours
WHERE starts_at >= now() - interval '1 day'
GROUP BY server
ORDER BY per_address DESC NULLS LAST, server;

-- name: capacity-of-servers
-- Which server needs addresses, by its busiest hour of the last week. needed: slots for that hour's
-- load at the server's own target, those set aside besides. spare: what may be taken away; below 0
-- it is what to add. blocking: share of starts that a pool of this size rejects by chance at that
-- load; beside it the target.
SELECT DISTINCT ON (server)
       server,
       starts_at AS busiest_hour,
       round(load_erlangs::numeric, 2) AS erlangs,
       slots,
       load_slots_needed + set_aside_peak AS needed,
       slots - load_slots_needed - set_aside_peak AS spare,
       round(load_blocking::numeric, 5) AS blocking,
       load_target AS target
FROM server_hours
WHERE starts_at >= now() - interval '7 days' AND load_erlangs IS NOT NULL
ORDER BY server, load_erlangs DESC, starts_at;

-- name: capacity-of-places
-- The same of countries and cities: where to rent the next addresses. A group's need is the sum of
-- its servers', each on its own, because a session stays on its server; so spare above 0 beside a
-- server that lacks addresses means: move them, do not rent. missing: servers whose statistics
-- were absent from that hour and are in no sum.
SELECT DISTINCT ON (members)
       members,
       starts_at AS busiest_hour,
       servers,
       cardinality(missing_servers) AS missing,
       round(load_erlangs::numeric, 2) AS erlangs,
       slots,
       slots - load_slots_needed - set_aside_peak AS spare
FROM group_hours
WHERE starts_at >= now() - interval '7 days' AND load_erlangs IS NOT NULL
ORDER BY members, load_erlangs DESC, starts_at;

-- name: capacity-trend
-- When a server will be full if it goes on like this: a straight line through the daily peaks of the
-- last 30 days. per_day: erlangs that come on top each day. days_left: until the load is what the
-- slots carry at the target; 0 when it is already, null when it does not grow. Fewer than 7 days, or
-- a campaign among them, are no trend.
WITH daily AS (
    SELECT server,
           date_trunc('day', window_start) AS day,
           max(load_erlangs) AS erlangs,
           (array_agg(load_carried_erlangs ORDER BY window_start DESC))[1] AS carried
    FROM server_hours
    WHERE starts_at >= now() - interval '30 days' AND load_erlangs IS NOT NULL
    GROUP BY server, day
),
line AS (
    SELECT server,
           count(*) AS days,
           regr_slope(erlangs, extract(epoch FROM day) / 86400) AS per_day,
           (array_agg(erlangs ORDER BY day DESC))[1] AS erlangs,
           (array_agg(carried ORDER BY day DESC))[1] AS carried
    FROM daily
    GROUP BY server
)
SELECT server,
       days,
       round(erlangs::numeric, 2) AS erlangs,
       round(carried::numeric, 2) AS carried,
       round(per_day::numeric, 3) AS per_day,
       CASE
           WHEN erlangs >= carried THEN 0
           WHEN per_day > 0 THEN ceil((carried - erlangs) / per_day)
       END AS days_left
FROM line
ORDER BY days_left NULLS LAST, server;

-- name: rejections-beyond-load
-- Hours of the last week in which starts were rejected, and whether the load explains it.
-- unexplained: the whole 99 % interval of the excess is above 0, that is a leak, a burst or a wrong
-- capacity rather than too few addresses; one such hour is no proof, several in a row are.
SELECT server,
       starts_at,
       starts,
       rejections_exhausted_first AS rejected,
       round(reject_ratio::numeric, 4) AS reject_ratio,
       round(load_blocking::numeric, 4) AS explained,
       load_excess_low > 0 AS unexplained
FROM server_hours
WHERE starts_at >= now() - interval '7 days' AND rejections_exhausted_first > 0
ORDER BY starts_at DESC, server;

-- name: trust-in-the-figures
-- What the answers above leave out, per server, over the last week. missing_hours: hours without a
-- row between its first and its last one. incomplete_hours: their counts are lower bounds. covered:
-- share of the time that statuses cover; means are over that share alone.
SELECT server,
       (round(extract(epoch FROM max(window_start) - min(window_start)) / 3600) + 1
           - count(*))::int AS missing_hours,
       count(*) FILTER (WHERE incomplete) AS incomplete_hours,
       round(sum(covered_millis) / sum(window_millis), 3) AS covered
FROM server_hours
WHERE starts_at >= now() - interval '7 days'
GROUP BY server
ORDER BY missing_hours DESC, incomplete_hours DESC, server;

-- name: alerts-of-the-month
-- What went wrong most, over the last 30 days: how often each alert opened, how long it lasted in
-- all and at the longest, and how many last still. Many short ones ask for a closer look at the
-- threshold; few long ones at who is called.
SELECT server,
       kind,
       count(*) AS times,
       round(sum(extract(epoch FROM coalesce(resolved, now()) - opened)) / 60) AS minutes,
       round(max(extract(epoch FROM coalesce(resolved, now()) - opened)) / 60) AS longest,
       count(*) FILTER (WHERE resolved IS NULL) AS open
FROM alert_history
WHERE opened >= now() - interval '30 days'
GROUP BY server, kind
ORDER BY minutes DESC, server, kind;
